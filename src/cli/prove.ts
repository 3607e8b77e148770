/** `plimsoll prove`: shows that layers keep their promises, for every size and content. */

import { type Exit, WrongUse } from './exit.ts';
import { loadLayer } from './load.ts';
import {
  onlyOption,
  reportOptions,
  type SolverOptions,
  solverOptions,
  writeTestOption,
} from './options.ts';
import { nothing, proofFiles } from './proof-files.ts';
import { refusedAsEvents } from './refused.ts';
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
    finish(await proveFiles(files, options, session));
  });
};

/** Proves the layers of some files, and ends the session. */
export async function proveFiles(
  files: readonly string[],
  options: ProveOptions,
  session: Session,
): Promise<Exit> {
  await provePart(files, options, session);
  if (session.verdicts === 0) throw new WrongUse(nothing(options.only));
  return session.end();
}

/** Proves the layers of each file: a file outside the subset does not keep others from it. */
export async function provePart(
  files: readonly string[],
  options: ProveOptions,
  session: Session,
): Promise<void> {
  const { prove } = await import('../refine/prove.ts');
  for (const file of files)
    await refusedAsEvents('prove', file, session, () =>
      prove({
        files: [file],
        ...(options.only === undefined ? {} : { only: options.only }),
        solver: options.solver,
        cache: options.cache ? session.cacheFolder : false,
        jobs: options.jobs,
        seeds: options.seeds,
        root: session.root,
        loadLayer,
        report: session,
      }),
    );
}
