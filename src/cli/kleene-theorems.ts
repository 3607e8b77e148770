/** `plimsoll kleene theorems`: what is proved of recoveries and layers, and how, line by line. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { type Ended, WrongUse } from './exit.ts';
import type { TheoremsOptions } from './show-theorems.ts';

const about = `
Every theorem that is shown has been derived in the kernel just before; none rests on a decision.

Example:
  plimsoll kleene theorems
  plimsoll kleene theorems composition
  plimsoll kleene theorems composition --html composition.html

Exit: 0 they are theorems · 3 wrong use.`;

export function addKleeneTheorems(kleene: Command, finish: (exit: Ended) => void): void {
  kleene
    .helpCommand(false)
    .command('theorems')
    .description('show the theorems that a stack of layers rests on, step by step')
    .helpOption('--help', 'print this help')
    .argument('[name]', 'one of them, with its derivation; all of them if absent')
    .addOption(
      new Option('--format <format>', 'text for people, json for one event a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--html <file>', 'also draw both sides and every line on a page')
    .addHelpText('after', about)
    .action(async (name: string | undefined, options: TheoremsOptions) => {
      const { showTheorems } = await import('./show-theorems.ts');
      finish(showTheorems(name, { ...options, ...ofTheVerb(kleene) }));
    });
}

/** What the verb has options for it takes, wherever they stand; most say nothing of theorems. */
function ofTheVerb(kleene: Command): Partial<TheoremsOptions> {
  const given = (name: string) => kleene.getOptionValueSource(name) === 'cli';
  const wrong = ['given', 'type', 'timeout'].find(given);
  if (wrong) throw new WrongUse(`--${wrong} is for equations; leave it out before theorems`);
  return given('format') ? { format: kleene.opts().format } : {};
}
