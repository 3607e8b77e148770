/** `plimsoll kleene theorems`: what is proved of recoveries and layers, and how, line by line. */
import type { Command } from 'commander';
import { type Ended, WrongUse } from '../command/exit.ts';
import { formatOption } from './kleene-options.ts';
import type { TheoremsOptions } from './show-theorems.ts';

const about = `
Every theorem that is shown has been derived in the kernel just before; none rests on a decision.

Example:
  plimsoll kleene theorems
  plimsoll kleene theorems composition
  plimsoll kleene theorems composition --html composition.html
  plimsoll kleene theorems composition --without 'crash in recovery'

Exit: 0 they are theorems · 1 without the hypothesis it is none · 2 no machine is found ·
3 wrong use.`;

const aboutLaws = `
theorem: proved in the kernel; refuted: finite relations violate it; tested: it cannot be said in
the algebra, and holds of finite relations that were tried, which proves it of no others.

Exit: 0 all are what they are announced as · 1 one is not.`;

export function addKleeneTheorems(kleene: Command, finish: (exit: Ended) => void): void {
  kleene
    .helpCommand(false)
    .command('theorems')
    .description('show the theorems that a stack of layers rests on, step by step')
    .helpOption('--help', 'print this help')
    .argument('[name]', 'one of them, with its derivation; all of them if absent')
    .addOption(formatOption())
    .option('--html <file>', 'also draw both sides and every line on a page')
    .option('--without <hypothesis>', 'show a machine that violates it without this hypothesis')
    .addHelpText('after', about)
    .action(async (name: string | undefined, options: TheoremsOptions) => {
      const { showTheorems } = await import('./show-theorems.ts');
      finish(showTheorems(name, { ...options, ...ofTheVerb(kleene) }));
    });
}

export function addKleeneLaws(kleene: Command, finish: (exit: Ended) => void): void {
  kleene
    .command('laws')
    .description('show what is known of the laws of relations that Argosy names')
    .helpOption('--help', 'print this help')
    .addOption(formatOption())
    .addHelpText('after', aboutLaws)
    .action(async (options: TheoremsOptions) => {
      const { showLaws } = await import('./show-laws.ts');
      finish(showLaws({ ...options, ...ofTheVerb(kleene) }.format));
    });
}

/** What the verb has options for it takes, wherever they stand; most say nothing of theorems. */
function ofTheVerb(kleene: Command): Partial<TheoremsOptions> {
  const given = (name: string) => kleene.getOptionValueSource(name) === 'cli';
  const wrong = ['given', 'type', 'timeout', 'file', 'certificate'].find(given);
  if (wrong) throw new WrongUse(`--${wrong} is for equations; leave it out before theorems`);
  return given('format') ? { format: kleene.opts().format } : {};
}
