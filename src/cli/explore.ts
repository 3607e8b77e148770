/** `plimsoll explore`: every crash, choice and sequence of operations of a small instance. */
import { boundOptions, onlyOption, reportOptions, writeTestOption } from './options.ts';
import type { AddVerb } from './verb.ts';

export const addExplore: AddVerb = (program, finish) => {
  void finish;
  const command = program
    .command('explore')
    .description('try every crash, choice and sequence of operations of a small instance')
    .argument('[file]', 'a proof file, or the folder of one')
    .option('--all', 'the shipped layers, and every proof.ts of this project')
    .addOption(onlyOption());
  for (const option of [...boundOptions(), ...reportOptions(), writeTestOption()])
    command.addOption(option);
};
