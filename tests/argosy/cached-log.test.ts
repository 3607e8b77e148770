/**
 * The log on two cached disks and everything that may be left out of it. Where the space is
 * exhausted the counts are those that other explorers have; a start counts as generated, too.
 */
import { expect, test } from 'vitest';
import { exploreTransitions } from '../../src/explore/index.ts';
import { cachedLog, type Omission } from './cached-log.ts';

/** Edges are the steps that were generated, without the start. */
async function counts(...omitted: readonly Omission[]) {
  const { distinct, generated, depth, found, stopped } = await exploreTransitions(
    cachedLog(...omitted),
  );
  expect(stopped).toBeUndefined();
  return { states: distinct, edges: generated - 1, depth, found: found?.path.length };
}

test('nothing is wrong with it, up to 49 states in a row', async () => {
  expect(await counts()).toEqual({ states: 672, edges: 1762, depth: 48, found: undefined });
});

test('of the edges 1,090 are losses of power', async () => {
  const system = cachedLog();
  let crashes = 0;
  const crash = system.steps.crash!;
  const counted = {
    ...crash,
    does(...given: Parameters<typeof crash.does>) {
      const taken = crash.does(...given);
      if (taken) crashes++;
      return taken;
    },
  };
  await exploreTransitions({ ...system, steps: { ...system.steps, crash: counted } });
  expect(crashes).toBe(1090);
});

test.for([
  ['flush before commit', 24, 1],
  ['flush after commit', 18, 1],
  ['flush before clearing the log', 24, 1],
  ['flush in recovery of the log', 28, 2],
] as const)('without %s it goes wrong in %i steps', async ([omitted, steps, crashes]) => {
  const { found } = await exploreTransitions(cachedLog(omitted));
  expect(found?.path).toHaveLength(steps);
  expect(found?.path.filter((step) => step.startsWith('crash('))).toHaveLength(crashes);
});

test('the flush in recovery is missed only if power is lost in recovery', async () => {
  const found = await counts('flush in recovery of the log', 'crashes in recovery');
  expect(found).toMatchObject({ states: 680, found: undefined });
});

test('no disk fails here, so recovery of replication is not missed', async () => {
  const found = await counts('recovery of replication');
  expect(found).toMatchObject({ states: 1252, edges: 3492, found: undefined });
});
