import { expect, test } from 'vitest';
import { type Edge, type System, search } from './search.ts';

/** Blocks, each of two bits: numbers are searched several times faster than lists. */
type Blocks = number;

const at = (blocks: Blocks, address: number) => (blocks >> (2 * address)) & 3;
const put = (blocks: Blocks, address: number, value: number) =>
  (blocks & ~(3 << (2 * address))) | (value << (2 * address));

/** A replicated disk, on which power may be lost at any step. */
interface Replicated {
  readonly first: Blocks;
  readonly second: Blocks;
  readonly promised: Blocks;
  readonly phase: 'idle' | 'first' | 'second' | 'recovery';
  readonly address: number;
  readonly value: number;
  /** The block that recovery copies next. */
  readonly next: number;
  readonly pending: boolean;
}

type Step = Edge<Replicated, string, string>;

const phases = ['idle', 'first', 'second', 'recovery'];
const idle = { phase: 'idle', address: 0, value: 0, next: 0, pending: false } as const;

/** The model of the facts on crash states, with `size` blocks and at most four `values`. */
function replicated(size: number, values: number, copied = size) {
  function* successors(s: Replicated): Generator<Step> {
    const { phase, address, value, next } = s;
    if (phase === 'idle')
      for (let a = 0; a < size; a++)
        for (let v = 0; v < values; v++)
          yield {
            label: `write(${a}, ${v})`,
            to: { ...s, phase: 'first', address: a, value: v, pending: true },
          };
    if (phase === 'first')
      yield {
        label: 'first disk',
        to: { ...s, first: put(s.first, address, value), phase: 'second' },
      };
    if (phase === 'second') {
      const second = put(s.second, address, value);
      const promised = put(s.promised, address, value);
      yield { label: 'second disk', to: { first: s.first, second, promised, ...idle } };
    }
    if (phase !== 'recovery' || next > 0)
      yield { label: 'crash', to: { ...s, phase: 'recovery', next: 0 } };
    if (phase === 'recovery' && next < copied)
      yield {
        label: 'copy',
        to: { ...s, second: put(s.second, next, at(s.first, next)), next: next + 1 },
      };
    if (phase === 'recovery' && next === copied) yield recovered(s);
  }
  function recovered(s: Replicated): Step {
    const { address } = s;
    const half = s.pending && at(s.first, address) === s.value;
    const promised = s.pending ? put(s.promised, address, at(s.first, address)) : s.promised;
    const right = s.first === s.second && s.first === (half ? promised : s.promised);
    if (!right) return { label: 'done', problem: 'the disks differ from the promise' };
    return { label: 'done', to: { first: s.first, second: s.second, promised, ...idle } };
  }
  const system: System<Replicated, string, string> = {
    initial: [{ first: 0, second: 0, promised: 0, ...idle }],
    successors,
    key(s) {
      const disks = (s.first * 1024 + s.second) * 1024 + s.promised;
      const step = (disks * 4 + phases.indexOf(s.phase)) * 8 + s.address;
      return ((step * 4 + s.value) * 8 + s.next) * 2 + (s.pending ? 1 : 0);
    },
  };
  return system;
}

test('counts the states of the replicated disk as SPIN and TLC do', async () => {
  expect(await search(replicated(4, 4))).toEqual({ distinct: 53_248, generated: 99_841 });
  expect(await search(replicated(5, 4))).toEqual({ distinct: 309_248, generated: 585_729 });
});

test('finds the recovery that forgets the last block, by a shortest way', async () => {
  const { found } = await search(replicated(3, 2, 2));
  expect(found?.path).toEqual(['write(2, 1)', 'first disk', 'crash', 'copy', 'copy', 'done']);
});

/** Counts up by one for 1, or doubles for nothing; the dearer way comes first. */
const numbers: System<number, string, string> = {
  initial: [1],
  *successors(n) {
    yield { label: 'one more', to: n + 1 };
    if (n < 50) yield { label: 'double', to: 2 * n, cost: 0 };
  },
  key: (n) => n,
};

test('a budget bounds the cost of a way, not its length', async () => {
  const reached: number[] = [];
  const seen = { ...numbers, check: (n: number) => void reached.push(n) };
  await search(seen, { budget: 1 });
  expect(reached).toEqual(expect.arrayContaining([1, 2, 4, 8, 16, 32, 64, 65, 3, 5, 6]));
  expect(reached).not.toContain(7);
});

test('says which bound ended it', async () => {
  expect((await search(numbers, { states: 10 })).stopped).toBe('states');
  expect((await search(numbers, { deadline: Date.now() - 1 })).stopped).toBe('time');
});

test('a state found by a dear way is also reached by a cheap one', async () => {
  const reached: number[] = [];
  await search({ ...numbers, check: (n) => void reached.push(n) }, { budget: 2 });
  // 1 doubled to 2, one more, doubled to 6, one more.
  expect(reached).toContain(7);
});

test('a state that is wrong ends the search with the way to it', async () => {
  const check = (n: number) => (n === 3 ? 'three' : undefined);
  const { found } = await search({ ...numbers, check });
  expect(found).toEqual({ problem: 'three', start: 1, path: ['double', 'one more'], state: 3 });
});
