/** `plimsoll explore`: every crash, choice and sequence of operations of a small instance. */
import {
  type BoundOptions,
  boundOptions,
  onlyOption,
  reportOptions,
  writeTestOption,
} from './options.ts';
import { proofFiles } from './proof-files.ts';
import { Session, type SessionOptions } from './session.ts';
import type { AddVerb } from './verb.ts';

export interface ExploreOptions extends SessionOptions, BoundOptions {
  readonly all?: boolean;
  readonly only?: string;
  /** False after `--no-symmetry`. */
  readonly symmetry?: boolean;
}

export const addExplore: AddVerb = (program, finish) => {
  const command = program
    .command('explore')
    .description('try every crash, choice and sequence of operations of a small instance')
    .argument('[file]', 'a proof file, or the folder of one')
    .option('--all', 'the shipped layers, and every proof.ts of this project')
    .addOption(onlyOption())
    .option('--no-symmetry', 'try every content of blocks, also those declared interchangeable');
  for (const option of [...boundOptions(), ...reportOptions(), writeTestOption()])
    command.addOption(option);
  command.action(async (file: string | undefined, options: ExploreOptions) => {
    const session = new Session(options);
    const files = proofFiles(file, options.all ?? false, process.cwd());
    const { exploreLayers } = await import('./explore-layers.ts');
    await exploreLayers(files, options, session);
    finish(session.endSelected(options.only));
  });
};
