import { expect, test } from 'vitest';
import { replicatedDisk } from '../../../benchmarks/replicated.ts';
import { assert } from '../../model/ghost.ts';
import { flag, integer, list } from './fields.ts';
import { exploreTransitions, transitions } from './transitions.ts';

test('counts the states of the replicated disk as SPIN and TLC do', async () => {
  const counts = { distinct: 53_248, generated: 99_841 };
  expect(await exploreTransitions(replicatedDisk(4, 4))).toMatchObject(counts);
  const more = { distinct: 309_248, generated: 585_729 };
  expect(await exploreTransitions(replicatedDisk(5, 4))).toMatchObject(more);
});

test('finds the recovery that forgets the last block, by a shortest way', async () => {
  const { found } = await exploreTransitions(replicatedDisk(3, 2, 2));
  expect(found).toMatchObject({
    because: 'the disks differ',
    path: ['write(2, 1)', 'first disk', 'crash', 'copy', 'copy', 'done'],
    state: { first: [0, 0, 1], second: [0, 0, 0], phase: 'recovery', pending: true },
  });
});

/** Counts in steps of one and of three, from 0 or from 50. */
const counter = (most: number) =>
  transitions({
    state: { n: integer(0, most), seen: list(2, flag) },
    start: [() => {}, (s) => Object.assign(s, { n: 50 })],
    steps: {
      add: {
        given: [4],
        when: (s) => s.n < most,
        does(s, many) {
          if (many % 2 === 0) return false;
          s.n = Math.min(s.n + many, most);
          return true;
        },
      },
    },
  });

test('counts every start, and every step to a known state', async () => {
  const swept = await exploreTransitions(counter(60));
  // Two starts, and two steps from each of 60 states that are not the last.
  expect(swept).toMatchObject({ distinct: 61, generated: 122, depth: 17 });
});

test('a state that breaks what always holds ends the search with a shortest way', async () => {
  const { found } = await exploreTransitions({ ...counter(60), always: (s) => s.n !== 7 });
  expect(found).toMatchObject({ path: ['add(1)', 'add(3)', 'add(3)'], state: { n: 7 } });
  const start = await exploreTransitions({ ...counter(60), always: (s) => s.n !== 50 });
  expect(start.found).toMatchObject({ path: [], state: { n: 50 } });
});

test('says which bound ended it', async () => {
  const { stopped } = await exploreTransitions(replicatedDisk(4, 4), { states: 10 });
  expect(stopped).toBe('states');
  const late = await exploreTransitions(counter(60), { deadline: Date.now() - 1 });
  expect(late.stopped).toBe('time');
});

test('a step that leaves the declared range is an error that names the step', async () => {
  const system = transitions({
    state: { n: integer(0, 3) },
    steps: { add: { given: [2], does: (s, many) => Object.assign(s, { n: s.n + many }) } },
  });
  await expect(exploreTransitions(system)).rejects.toThrow(
    'add(1): n is 4; it must be a whole number from 0 to 3',
  );
});

test('a `when` that changes the state is noticed', async () => {
  const system = transitions({
    state: { n: integer(0, 3) },
    steps: {
      sly: { when: (s) => Object.assign(s, { n: 2 }).n > 2, does: () => {} },
      check: { does: (s) => assert(s.n !== 2) },
    },
  });
  await expect(exploreTransitions(system)).rejects.toThrow('sly: its `when` changes the state');
});

test('a step that is not the same when taken again is noticed', async () => {
  let turn = 0;
  const system = transitions({
    state: { n: integer(0, 9) },
    steps: {
      fickle: {
        when: (s) => s.n < 3,
        does: (s) => Object.assign(s, { n: s.n + 1 + (turn++ % 3) }),
      },
    },
    always: (s) => s.n < 3,
  });
  await expect(exploreTransitions(system)).rejects.toThrow('it must depend on the state only');
});

test('a declaration of a step that cannot be tried says why', () => {
  const state = { on: flag };
  const steps = (given: number[]) => ({ s: { given, does: () => {} } });
  expect(() => transitions({ state, steps: steps([1, 1, 1, 1, 1]) })).toThrow('four arguments');
  expect(() => transitions({ state, steps: steps([0.5]) })).toThrow('how many values');
});
