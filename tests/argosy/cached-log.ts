/**
 * A log on a replicated disk on two disks with volatile caches, as a transition system.
 *
 * Power may go between any two steps, in either recovery too. The log holds one transaction, which
 * writes the same value into both blocks of data. The model is small, so that its variants can be
 * explored to the end, and its counts compared with those of other explorers.
 */
import { flag, integer, list, oneOf, record, transitions } from '../../src/explore/index.ts';

/** What is left out of the program, or of what may go wrong. */
export type Omission =
  | 'flush before commit'
  | 'flush after commit'
  | 'flush before clearing the log'
  | 'flush in recovery of the log'
  | 'recovery of replication'
  | 'crashes in recovery';

/** A flush, or a write of the value, of a constant, or of what another block holds. */
type Action = 'flush' | { readonly write: number; readonly value: 'given' | boolean | number };

/** One step of a program. */
interface Step {
  readonly disk: number;
  readonly action: Action;
}

/** Its contents now, and those that a crash may leave. */
interface Block {
  current: boolean;
  mayBeOn: boolean;
  mayBeOff: boolean;
}

interface Model {
  readonly disks: Block[][];
  phase: 'idle' | 'transaction' | 'replication' | 'log' | 'check';
  step: number;
  value: boolean;
}

const committed = 0;
const log = [1, 2] as const;
const data = [3, 4] as const;
const blocks = 5;
/** Blocks with two possible contents, on both disks; more are an error. */
const mostCached = 6;

export function cachedLog(...omitted: readonly Omission[]) {
  const without = (what: Omission) => omitted.includes(what);
  const flushUnless = (what: Omission) => (without(what) ? [] : (['flush'] as const));
  const clear = [{ write: committed, value: false }, 'flush'] as const;
  const transaction = onBoth(
    { write: log[0], value: 'given' },
    { write: log[1], value: 'given' },
    ...flushUnless('flush before commit'),
    { write: committed, value: true },
    ...flushUnless('flush after commit'),
    { write: data[0], value: 'given' },
    { write: data[1], value: 'given' },
    ...flushUnless('flush before clearing the log'),
    ...clear,
  );
  const replay = onBoth(
    { write: data[0], value: log[0] },
    { write: data[1], value: log[1] },
    ...flushUnless('flush in recovery of the log'),
    ...clear,
  );

  return transitions({
    state: {
      disks: list(2, list(blocks, record({ current: flag, mayBeOn: flag, mayBeOff: flag }))),
      phase: oneOf('idle', 'transaction', 'replication', 'log', 'check'),
      step: integer(0, transaction.length),
      /** What the transaction under way writes, and what the last one wrote. */
      value: flag,
      committed: flag,
    },
    start: [(s) => s.disks.forEach(flush)],
    steps: {
      begin: {
        when: (s) => s.phase === 'idle',
        does(s) {
          s.value = !s.committed;
          enter(s, 'transaction');
        },
      },
      transact: {
        when: (s) => s.phase === 'transaction',
        does(s) {
          const next = transaction[s.step];
          if (next) act(s, next);
          else {
            s.committed = s.value;
            enter(s, 'idle');
          }
        },
      },
      replicate: {
        when: (s) => s.phase === 'replication',
        does(s) {
          const block = s.disks[0]![s.step];
          if (block && !without('recovery of replication')) {
            put(s, 1, s.step, block.current);
            s.step++;
            return;
          }
          s.disks.forEach(flush);
          enter(s, 'log');
        },
      },
      replay: {
        when: (s) => s.phase === 'log',
        does(s) {
          const begun = s.step > 0 || s.disks[0]![committed]!.current;
          const next = begun ? replay[s.step] : undefined;
          if (next) act(s, next);
          else enter(s, 'check');
        },
      },
      restart: {
        when: (s) => s.phase === 'check',
        does(s) {
          s.committed = s.disks[0]![data[0]]!.current;
          s.value = s.committed;
          enter(s, 'idle');
        },
      },
      /** Every bit says of a block in a cache whether it is left with the other content. */
      crash: {
        given: [2 ** mostCached],
        when: ({ phase, step }) =>
          without('crashes in recovery')
            ? phase !== 'replication' && phase !== 'log'
            : phase !== 'replication' || step > 0,
        does(s, others) {
          const cached = s.disks.flat().filter((block) => block.mayBeOn && block.mayBeOff);
          if (cached.length > mostCached) throw new RangeError('more blocks are in a cache');
          if (others >= 2 ** cached.length) return false;
          for (const [i, block] of cached.entries())
            if (others & (1 << i)) block.current = !block.current;
          s.disks.forEach(flush);
          enter(s, 'replication');
          return true;
        },
      },
    },
    always(s) {
      const found = s.disks.flatMap((disk) => data.map((at) => disk[at]!.current));
      const same = found.every((each) => each === found[0]);
      return s.phase !== 'check' || (same && (found[0] === s.committed || found[0] === s.value));
    },
  });
}

/** Each action on the first disk, then on the second. */
function onBoth(...actions: readonly Action[]): readonly Step[] {
  return actions.flatMap((action) => [0, 1].map((disk) => ({ disk, action })));
}

function enter(s: Model, phase: Model['phase']): void {
  s.phase = phase;
  s.step = 0;
}

function act(s: Model, { disk, action }: Step): void {
  s.step++;
  if (action === 'flush') flush(s.disks[disk]!);
  else put(s, disk, action.write, written(s, action.value));
}

function written(s: Model, value: 'given' | boolean | number): boolean {
  if (typeof value === 'number') return s.disks[0]![value]!.current;
  return value === 'given' ? s.value : value;
}

function put(s: Model, disk: number, address: number, value: boolean): void {
  const block = s.disks[disk]![address]!;
  block.current = value;
  block.mayBeOn ||= value;
  block.mayBeOff ||= !value;
}

function flush(disk: readonly Block[]): void {
  for (const block of disk) {
    block.mayBeOn = block.current;
    block.mayBeOff = !block.current;
  }
}
