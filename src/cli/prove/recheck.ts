/** `plimsoll recheck`: decides proofs once more, from their certificates. */
import {
  certificatesOption,
  onlyOption,
  type ReportOptions,
  reportOptions,
  type SolverOptions,
  solverOptions,
} from '../command/options.ts';
import { chosenProofs } from '../command/proof-files.ts';
import { Session } from '../command/session.ts';
import type { AddVerb } from '../command/verb.ts';

export interface RecheckOptions
  extends ReportOptions,
    Pick<SolverOptions, 'solver' | 'jobs' | 'timeout'> {
  readonly all?: boolean;
  readonly only?: string;
  readonly certificates?: string;
  readonly queries?: string;
}

/** Those of the options about solvers that mean something without a search. */
const used = new Set(['--solver', '--jobs', '--timeout']);

export const addRecheck: AddVerb = (program, finish) => {
  const command = program
    .command('recheck')
    .description('check proofs again from their certificates, without quantifiers')
    .argument('[files...]', 'proof files, or the folders of some')
    .option('--all', 'the shipped layers, and every proof.ts of this project')
    .addOption(onlyOption())
    .addOption(certificatesOption())
    .option('--queries <folder>', 'also write each question as SMT-LIB, for any solver');
  const solving = solverOptions().filter(({ long }) => used.has(long ?? ''));
  for (const option of [...solving, ...reportOptions()]) command.addOption(option);
  command.action(async (given: string[], options: RecheckOptions) => {
    const session = new Session(options);
    const files = chosenProofs(given, options.all ?? false, process.cwd());
    const { recheckLayers } = await import('./recheck-layers.ts');
    await recheckLayers(files, options, session);
    finish(session.endSelected(options.only));
  });
};
