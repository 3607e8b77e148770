/** Mistakes in the published design, and whether they are found layer by layer and composed. */
import {
  type EverywhereOutcome,
  exploreEverywhere,
  type Layer,
} from '../../../src/explore/index.ts';
import { compose } from '../../../src/refine/compose.ts';
import {
  contents,
  instanceOf,
  loggedDisks,
  onOneDisk,
  onTwoDisks,
  plainDisks,
  type Size,
  transactional,
} from './instance.ts';
import { type LogMutant, log, standsFor } from './log.ts';
import { FailingPair, type LastingPair, type TransactionalDisk } from './machines.ts';
import { contentOf, type ReplicationMutant, replication } from './replication.ts';

export interface Mutant {
  readonly name: string;
  readonly replication?: ReplicationMutant;
  readonly log?: LogMutant;
  /** The upper layer recovers on what a crash has left of the lower one. */
  readonly upperFirst?: boolean;
}

export const mutants: readonly Mutant[] = [
  { name: 'no recovery of replication', replication: 'no recovery' },
  {
    name: 'recovery of replication skips the last block',
    replication: 'recovery skips the last block',
  },
  { name: 'no recovery of the log', log: 'no recovery' },
  { name: 'log never cleared after commit', log: 'never cleared after commit' },
  {
    name: 'recovery of the log drops a committed log',
    log: 'recovery drops a committed log',
  },
  { name: 'commit without the committed header', log: 'commit without the committed header' },
  { name: 'header cleared before applying', log: 'header cleared before applying' },
  { name: 'header written after descriptor and value', log: 'header written last' },
  { name: 'recoveries in the wrong order', upperFirst: true },
];

type Pair = typeof LastingPair;

/** Replication on every disk of four blocks. */
export function replicated(mutant: Mutant = { name: '' }, Pair: Pair = FailingPair) {
  const layer = replication(Pair, mutant.replication);
  return exploreEverywhere(instanceOf(layer as Layer, 4, 4, contents(2)), {
    starts: onTwoDisks(Pair, plainDisks(4, 2)),
    stands: layer.abstraction,
  });
}

/** The log on one disk. */
export function logged(size: Size, mutant: Mutant = { name: '' }) {
  const layer = log(size.log, mutant.log);
  return exploreEverywhere(transactional(layer as Layer, size), {
    starts: onOneDisk(loggedDisks(size)),
    stands: layer.abstraction,
  });
}

/** Both layers at once, on two disks. */
export function composed(size: Size, mutant: Mutant = { name: '' }, Pair: Pair = FailingPair) {
  const stack = compose(replication(Pair, mutant.replication), log(size.log, mutant.log), {
    recover: mutant.upperFirst ? 'upper first' : 'lower first',
  });
  return exploreEverywhere(transactional(stack as Layer, size), {
    starts: onTwoDisks(Pair, loggedDisks(size)),
    stands: (promised: TransactionalDisk, pair: LastingPair) => {
      const blocks = contentOf(pair);
      return blocks !== undefined && standsFor(promised, blocks, size.log);
    },
  });
}

/** The layer that is refuted when they are looked at one by one; empty if none is. */
export async function layerByLayer(size: Size, mutant: Mutant) {
  // The composition of proved layers recovers in the right order only.
  if (mutant.upperFirst) return { refuted: 'cannot be written' };
  const [name, outcome] = mutant.replication
    ? (['replication', await replicated(mutant)] as const)
    : (['logging', await logged(size, mutant)] as const);
  return { refuted: isBroken(outcome) ? name : '', outcome };
}

/** Whether it is refuted; that not everything was tried is an error. */
export function isBroken(outcome: EverywhereOutcome): boolean {
  if (outcome.kind === 'unknown') throw new Error(outcome.because);
  return outcome.kind === 'broken';
}
