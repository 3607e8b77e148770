import { expect, test } from 'vitest';
import { type Edge, type System, search } from './search.ts';

/** A replicated disk of `size` blocks and `values` values, power lost at any step. */
interface Replicated {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly promised: readonly number[];
  readonly at: 'idle' | 'first' | 'second' | 'recovery';
  readonly address: number;
  readonly value: number;
  /** The block that recovery copies next. */
  readonly next: number;
  readonly pending: boolean;
}

type Step = Edge<Replicated, string, string>;

function replicated(size: number, values: number, copied = size) {
  const zeros = Array.from({ length: size }, () => 0);
  const rest = { address: 0, value: 0, next: 0, pending: false } as const;
  const initial: Replicated = {
    first: zeros,
    second: zeros,
    promised: zeros,
    at: 'idle',
    ...rest,
  };
  function* successors(s: Replicated): Generator<Step> {
    const { address, value } = s;
    if (s.at === 'idle')
      for (let a = 0; a < size; a++)
        for (let v = 0; v < values; v++)
          yield {
            label: `write(${a}, ${v})`,
            to: { ...s, at: 'first', address: a, value: v, pending: true },
          };
    if (s.at === 'first')
      yield {
        label: 'first disk',
        to: { ...s, first: s.first.with(address, value), at: 'second' },
      };
    if (s.at === 'second')
      yield {
        label: 'second disk',
        to: {
          first: s.first,
          second: s.second.with(address, value),
          promised: s.promised.with(address, value),
          at: 'idle',
          ...rest,
        },
      };
    if (s.at !== 'recovery' || s.next > 0)
      yield { label: 'crash', to: { ...s, at: 'recovery', next: 0 } };
    if (s.at === 'recovery' && s.next < copied)
      yield {
        label: 'copy',
        to: { ...s, second: s.second.with(s.next, s.first[s.next]!), next: s.next + 1 },
      };
    if (s.at === 'recovery' && s.next === copied) yield recovered(s);
  }
  function recovered(s: Replicated): Step {
    const right = s.first.every(
      (block, k) =>
        block === s.second[k] &&
        (block === s.promised[k] || (s.pending && k === s.address && block === s.value)),
    );
    if (!right) return { label: 'done', problem: 'the disks differ from the promise' };
    const promised = s.pending ? s.promised.with(s.address, s.first[s.address]!) : s.promised;
    return { label: 'done', to: { ...s, promised, at: 'idle', ...rest } };
  }
  const system: System<Replicated, string, string> = {
    initial: [initial],
    successors,
    key: (s) =>
      `${s.first}|${s.second}|${s.promised}|${s.at}${s.address}${s.value}${s.next}${s.pending}`,
  };
  return system;
}

test('counts the states of the replicated disk as SPIN and TLC do', async () => {
  expect(await search(replicated(4, 4))).toEqual({ distinct: 53_248, generated: 99_841 });
  expect(await search(replicated(5, 4))).toEqual({ distinct: 309_248, generated: 585_729 });
}, 60_000);

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
