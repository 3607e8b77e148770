/** `plimsoll explore`: every crash, choice and sequence of operations of a small instance. */
import { WrongUse } from '../command/exit.ts';
import {
  type BoundOptions,
  boundOptions,
  onlyOption,
  reportOptions,
  type ScheduleOptions,
  scheduleOptions,
  writeTestOption,
} from '../command/options.ts';
import { proofFiles } from '../command/proof-files.ts';
import { Session, type SessionOptions } from '../command/session.ts';
import type { AddVerb } from '../command/verb.ts';

export interface ExploreOptions extends SessionOptions, BoundOptions, ScheduleOptions {
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
  for (const option of [
    ...boundOptions(),
    ...scheduleOptions(),
    ...reportOptions(),
    writeTestOption(),
  ])
    command.addOption(option);
  command.action(async (file: string | undefined, options: ExploreOptions) => {
    refuseIdle(options);
    const session = new Session(options);
    const files = proofFiles(file, options.all ?? false, process.cwd());
    const { exploreLayers } = await import('./explore-layers.ts');
    await exploreLayers(files, options, session);
    finish(session.endSelected(options.only));
  });
};

/** Options that say nothing without clients are a mistake. */
function refuseIdle({ clients, unlocked, reduction, together }: ScheduleOptions): void {
  if (clients !== undefined) return;
  const given = unlocked
    ? '--unlocked'
    : reduction === false
      ? '--no-reduction'
      : together && '--together';
  if (given) throw new WrongUse(`${given} says how operations overlap; give --clients 2 as well`);
}
