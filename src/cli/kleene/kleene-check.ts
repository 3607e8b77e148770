/** `plimsoll kleene check`: whether a certificate shows what it says, without any search. */
import type { Command } from 'commander';
import { type Ended, WrongUse } from '../command/exit.ts';
import type { KleeneOptions } from './kleene.ts';
import { formatOption, givenOption, timeoutOption, typeOption } from './kleene-options.ts';

export interface CheckOptions {
  readonly given: readonly string[];
  readonly type: readonly string[];
  readonly timeout: number;
  readonly format: 'text' | 'json';
}

const notes = `
A certificate says itself what equation it is for, given which hypotheses. With an equation it has
to be for that one, with the same hypotheses and sorts.

Example:
  plimsoll kleene '(p | q)* = p* (q p*)*' --certificate denesting.jsonl
  plimsoll kleene check denesting.jsonl

Exit: 0 the equation holds, and the certificate shows it · 1 it does not hold, and the certificate
shows that · 2 undecided within the limits · 3 the certificate cannot be read, or shows nothing.`;

export function addKleeneCheck(kleene: Command, finish: (exit: Ended) => void): void {
  kleene
    .command('check')
    .description('check the certificate of an answer; nothing is searched for')
    .argument('<file>', 'a certificate; - reads it from the standard input')
    .argument('[equation]', 'what it has to be the certificate of')
    .addOption(givenOption())
    .addOption(typeOption())
    .addOption(timeoutOption('how long the check may take'))
    .addOption(formatOption())
    .addHelpText('after', notes)
    .action(async (file: string, equation: string | undefined, _: unknown, command: Command) => {
      // The verb above reads the options that both have, wherever they stand.
      const options = command.optsWithGlobals<CheckOptions & KleeneOptions>();
      const other = options.file !== undefined ? '--file' : '--certificate';
      if (options.file !== undefined || options.certificate !== undefined)
        throw new WrongUse(`kleene check has no ${other}; see: plimsoll kleene check --help`);
      const { checkCertificate } = await import('./kleene-recheck.ts');
      finish(checkCertificate(file, equation, options));
    });
}
