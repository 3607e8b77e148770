/** What went wrong, for the person who has to mend it, and the exit that says whose turn it is. */
import { paintFor } from '../report/colour.ts';
import { frame, placeText } from '../report/frame.ts';
import type { Problem } from '../symbolic/refusal.ts';
import { type Exit, WrongUse } from './exit.ts';
import { readSource } from './terminal.ts';

export interface Failure {
  readonly exit: Exit;
  readonly text: string;
}

const paint = paintFor(process.stderr, process.env);

/** Classes are told by name: the one who throws need not have been imported. */
export function explain(error: unknown, folder: string): Failure {
  if (!(error instanceof Error)) return { exit: 2, text: complaint(String(error)) };
  if (error instanceof WrongUse) return { exit: 3, text: complaint(error.message) };
  if (error.name === 'BadSource' && 'problems' in error)
    return { exit: 3, text: problems(error.problems as readonly Problem[], folder) };
  if (error.name === 'HostError' && 'kind' in error)
    return { exit: 3, text: complaint(`${error.message}${option(error.kind)}`) };
  // Nothing was decided, and it is our fault.
  return { exit: 2, text: complaint(`internal error: ${error.stack ?? error.message}`) };
}

/** The option that does what the message of a host proposes. */
function option(kind: unknown): string {
  if (kind === 'exists') return ': --create with --overwrite';
  return kind === 'cut-short' || kind === 'checksum' ? ': --without 0 or --without 1' : '';
}

export function complaint(text: string): string {
  return `${paint('red', 'error')}: ${text}\n`;
}

function problems(found: readonly Problem[], folder: string): string {
  const shown = found.slice(0, 10).map(({ at, message }) => {
    if (!at) return complaint(message);
    const source = readSource(at.file);
    const head = `${complaint(message)}  ${placeText(at, folder)}\n`;
    return source === undefined ? head : `${head}${frame(source, at)}\n`;
  });
  const more = found.length > 10 ? [`and ${found.length - 10} more\n`] : [];
  return [...shown, ...more].join('\n');
}
