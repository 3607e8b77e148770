/** `plimsoll kleene`: whether an equation of Kleene algebra with tests holds. */
import { Option } from 'commander';
import { addKleeneLaws, addKleeneTheorems } from './kleene-theorems.ts';
import { whole } from './options.ts';
import type { AddVerb } from './verb.ts';

export interface KleeneOptions {
  readonly given: readonly string[];
  readonly type: readonly string[];
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

const collect = (one: string, others: readonly string[]): string[] => [...others, one];

export const addKleene: AddVerb = (program, finish) => {
  const kleene = program
    .command('kleene')
    .description('decide an equation of Kleene algebra with tests')
    .argument('<equation>', "'E = F', or 'E <= F' for inclusion")
    .addOption(
      new Option('--given <hypothesis>', 'an equation that is assumed; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--type <declaration>', "'p : From -> To!Value' or '[b] : Sort'; may be repeated")
        .argParser(collect)
        .default([], 'all of one sort'),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long it may take')
        .argParser(whole(1, 86_400))
        .default(10),
    )
    .addOption(
      new Option('--format <format>', 'text for people, json for one event a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addHelpText('after', notation)
    .action(async (equation: string, options: KleeneOptions) => {
      const { answerEquation } = await import('./kleene-answer.ts');
      finish(answerEquation(equation, options));
    });
  addKleeneTheorems(kleene, finish);
  addKleeneLaws(kleene, finish);
};
