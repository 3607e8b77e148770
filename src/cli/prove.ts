/** `plimsoll prove`: shows that layers keep their promises, for every size and content. */
import {
  onlyOption,
  reportOptions,
  type SolverOptions,
  solverOptions,
  writeTestOption,
} from './options.ts';
import { proofFiles } from './proof-files.ts';
import { Session, type SessionOptions } from './session.ts';
import type { AddVerb } from './verb.ts';

export interface ProveOptions extends SessionOptions, SolverOptions {
  readonly all?: boolean;
  readonly only?: string;
}

export const addProve: AddVerb = (program, finish) => {
  const command = program
    .command('prove')
    .description('prove that a layer keeps its promise, for every size and content')
    .argument('[file]', 'a proof file, or the folder of one')
    .option('--all', 'the shipped layers, and every proof.ts of this project')
    .addOption(onlyOption());
  for (const option of [...solverOptions(), ...reportOptions(), writeTestOption()])
    command.addOption(option);
  command.action(async (file: string | undefined, options: ProveOptions) => {
    const files = proofFiles(file, options.all ?? false, process.cwd());
    const session = new Session(options);
    const { proveLayers } = await import('./prove-layers.ts');
    await proveLayers(files, options, session);
    finish(session.endSelected(options.only));
  });
};
