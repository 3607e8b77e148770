/** `plimsoll kleene`: whether an equation of Kleene algebra with tests holds. */
import { WrongUse } from '../command/exit.ts';
import type { AddVerb } from '../command/verb.ts';
import { addKleeneCheck } from './kleene-check.ts';
import { formatOption, givenOption, timeoutOption, typeOption } from './kleene-options.ts';
import { addKleeneLaws, addKleeneTheorems } from './kleene-theorems.ts';

export interface KleeneOptions {
  readonly given: readonly string[];
  readonly type: readonly string[];
  readonly file?: string;
  readonly certificate?: string;
  readonly timeout: number;
  readonly format: 'text' | 'json';
}

const notation = `
Write p q or p.q for p and then q, p + q or p | q for a choice, p* for any number of times, [b]
for a test, with ! & | inside, 0 and 1. p; q drops the value that p answers with.

Example:
  plimsoll kleene '(p | q)* = p* (q p*)*'
  plimsoll kleene '[full] p* <= p* [full]' --given '[full] p <= p [full]'

Exit: 0 it holds · 1 it does not, and a word or a model shows it · 2 undecided within the limits ·
3 wrong use.`;

export const addKleene: AddVerb = (program, finish) => {
  const kleene = program
    .command('kleene')
    .description('decide an equation of Kleene algebra with tests')
    .argument('[equation]', "'E = F', or 'E <= F' for inclusion")
    .option('--file <file>', 'read the equation from a file; - reads it from the standard input')
    .addOption(givenOption())
    .addOption(typeOption())
    .option('--certificate <file>', 'write what shows the answer, for kleene check')
    .addOption(timeoutOption('how long it may take to read, answer, check and write the answer'))
    .addOption(formatOption())
    .addHelpText('after', notation)
    .action(async (equation: string | undefined, options: KleeneOptions) => {
      if ((equation === undefined) === (options.file === undefined))
        throw new WrongUse(
          equation === undefined
            ? "an equation is missing; write 'E = F' or 'E <= F', or name a --file that holds it"
            : 'the equation is given twice; leave out --file or the argument',
        );
      const { answerEquation } = await import('./kleene-answer.ts');
      finish(answerEquation(equation, options));
    });
  addKleeneCheck(kleene, finish);
  addKleeneTheorems(kleene, finish);
  addKleeneLaws(kleene, finish);
};
