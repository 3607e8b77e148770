/** Texts that `plimsoll kleene` reads from files: too long for a command line, or certificates. */
import { readFileSync, statSync } from 'node:fs';
import { WrongUse } from '../command/exit.ts';

const most = 2 ** 28;

/** The text of a file, or of the standard input if it is called `-`. */
export function readText(file: string, what: string): string {
  try {
    if (file !== '-' && statSync(file).size > most) throw new Error('it is larger than 256 MB');
    const bytes = readFileSync(file === '-' ? 0 : file);
    if (bytes.length > most) throw new Error('it is larger than 256 MB');
    return bytes.toString('utf8');
  } catch (error) {
    const why = (error as Error).message.replace(/^\w+: /, '');
    const named = file === '-' ? 'the standard input' : file;
    throw new WrongUse(`${named} cannot be read: ${why}; name a file that holds ${what}`);
  }
}
