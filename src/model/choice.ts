/**
 * Nondeterminism in machines.
 *
 * A machine that may do one of several things asks one of these functions. Who answers decides
 * what the choice means: the explorer tries every answer; the prover lets the environment answer
 * when the machine is used (demonic), and must itself find an answer when the machine is promised
 * (angelic). Facts and polarity: docs/internals/obligations.md.
 */
import type { Block } from './block.ts';

/** Whoever answers the choices of the machines that are running. */
export interface Chooser {
  /** Picks one of `options` numbered possibilities, `options` at least 1. */
  pick(options: number): number;
  /** The blocks that stand for every block. */
  readonly blocks: readonly Block[];
  /** The longest sequence of blocks that stands for every sequence. */
  readonly length: number;
}

const slot = Symbol.for('plimsoll.chooser');
const openSlot = Symbol.for('plimsoll.chooser.open');
const holder = globalThis as {
  [slot]?: Chooser | undefined;
  /** Sequences of blocks some of which may not be chosen yet. */
  [openSlot]?: Block[][] | undefined;
};

/** Runs `body` with every choice answered by `chooser`, and nothing left to be chosen. */
export function withChooser<T>(chooser: Chooser, body: () => T): T {
  const outer = holder[slot];
  const outerOpen = holder[openSlot];
  const open: Block[][] = [];
  holder[slot] = chooser;
  holder[openSlot] = open;
  try {
    const result = body();
    for (const blocks of open) for (let i = 0; i < blocks.length; i++) blocks[i];
    return result;
  } finally {
    holder[slot] = outer;
    holder[openSlot] = outerOpen;
  }
}

/** Raised when a choice has no possible answer: the machine has no step here. */
export class NoChoice extends Error {
  override readonly name = 'NoChoice';
}

function pick(options: number): number {
  const chooser = holder[slot];
  if (!chooser) throw new Error('a machine made a choice while nobody was there to answer it');
  if (options < 1) throw new NoChoice('a choice among nothing: the machine has no step here');
  return chooser.pick(options);
}

/** Either answer. */
export function anyBoolean(): boolean {
  return pick(2) === 1;
}

/** Any integer from `low` to `high`, both included. There must be one. */
export function anyInteger(low: number, high: number): number {
  return low + pick(high - low + 1);
}

/** Any one of the given values. There must be one. */
export function anyOf<T>(options: readonly T[]): T {
  return options[pick(options.length)]!;
}

/** Any content of one block. */
export function anyBlock(): Block {
  const blocks = holder[slot]?.blocks ?? [];
  return blocks[pick(blocks.length)]!;
}

/**
 * Any sequence of blocks, of any length. A block is chosen when it is first looked at: where its
 * length, or the blocks before it, are ruled out, nobody tries every content of the others.
 */
export function anyBlocks(): Block[] {
  const length = pick((holder[slot]?.length ?? 0) + 1);
  const blocks = new Array<Block>(length);
  for (let i = 0; i < length; i++) chosenLater(blocks, i);
  holder[openSlot]?.push(blocks);
  return blocks;
}

function chosenLater(blocks: Block[], at: number): void {
  const settle = (value: Block) =>
    Object.defineProperty(blocks, at, {
      ...{ value, writable: true, configurable: true, enumerable: true },
    });
  Object.defineProperty(blocks, at, {
    ...{ configurable: true, enumerable: true, set: settle },
    get() {
      const chosen = anyBlock();
      settle(chosen);
      return chosen;
    },
  });
}
