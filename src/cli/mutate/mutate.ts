/** `plimsoll mutate`: makes mistakes in the code of a layer, and says who notices them. */
import { Option } from 'commander';
import { type MistakeKind, mistakeKinds } from '../../mutate/kinds.ts';
import {
  onlyOption,
  type PoolOptions,
  poolOptions,
  printOptions,
  type ReportOptions,
} from '../command/options.ts';
import { proofFiles } from '../command/proof-files.ts';
import { Session } from '../command/session.ts';
import type { AddVerb } from '../command/verb.ts';

export interface MutateOptions extends ReportOptions, PoolOptions {
  readonly all?: boolean;
  readonly only?: string;
  /** The mistakes of one kind; all of them if absent. */
  readonly kind?: MistakeKind;
  /** False after `--no-resume`. */
  readonly resume: boolean;
}

export const addMutate: AddVerb = (program, finish) => {
  const command = program
    .command('mutate')
    .description('make mistakes in the code of a layer, and see whether prove and explore notice')
    .argument('[file]', 'a proof file, or the folder of one')
    .option('--all', 'the shipped layers, and every proof.ts of this project')
    .option('--no-resume', 'try again what an earlier run has tried')
    .addOption(onlyOption())
    .addOption(new Option('--kind <kind>', 'mistakes of this kind').choices(mistakeKinds));
  for (const option of [...poolOptions(), ...printOptions()]) command.addOption(option);
  command.action(async (file: string | undefined, options: MutateOptions) => {
    const session = new Session(options);
    const files = proofFiles(file, options.all ?? false, process.cwd());
    const { mutateLayers } = await import('./mutate-layers.ts');
    finish(await mutateLayers(files, options, session));
  });
};
