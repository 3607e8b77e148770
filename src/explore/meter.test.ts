import { expect, test } from 'vitest';
import { mirror } from '../stack/mirror/proof.ts';
import { explore } from './explore.ts';
import { small } from './fixtures/mirrors.ts';
import { Meter, TooMany } from './meter.ts';
import { reach } from './reach.ts';

test('steps are counted, and more than allowed are too many', () => {
  const meter = new Meter();
  meter.count(1_000_000);
  meter.most = 1_000_001;
  meter.count(1);
  expect(() => meter.count(1)).toThrow(TooMany);
});

test('an exploration ends after the same steps, however fast it goes', async () => {
  const limits = { steps: 2_000 };
  const first = await explore(small(mirror, { limits }));
  expect(first).toMatchObject({ kind: 'explored', exhausted: false });
  expect(first).toHaveProperty('bound', expect.stringContaining('stopped after 2000 steps'));
  expect(await explore(small(mirror, { limits }))).toEqual(first);
});

test('enough steps are no limit', async () => {
  const outcome = await explore(small(mirror, { depth: 1, limits: { steps: 1_000_000 } }));
  expect(outcome).toMatchObject({ kind: 'explored', exhausted: true });
});

test('a state that is not reached within its steps is not reached', async () => {
  const isUp = (_lower: unknown, _memory: object | undefined, phase: string) => phase === 'up';
  expect(await reach(small(mirror), isUp, { steps: 10 })).toBeUndefined();
  expect(await reach(small(mirror), isUp, { steps: 100_000 })).toBeDefined();
});
