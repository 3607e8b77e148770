import { expect, test } from 'vitest';
import type { TwoDisks } from '../model/two-disks.ts';
import { mirror } from '../stack/mirror/proof.ts';
import { mirrorOf, one, small, wrong } from './fixtures/mirrors.ts';
import { probe, reach } from './reach.ts';
import { replay } from './replay.ts';
import { keyOf } from './value.ts';

const bothWork = (pair: TwoDisks) => pair.firstWorks && pair.secondWorks;
const differ = (pair: TwoDisks) => bothWork(pair) && keyOf(pair.first) !== keyOf(pair.second);
const words = (run: { steps: readonly { do: string; power: number | null }[] } | undefined) =>
  run?.steps.map((step) => step.do + (step.power ?? ''));

test('reaches a state by the fewest steps, without losing power if it can', async () => {
  const full = (lower: unknown, _: unknown, phase: string) =>
    phase === 'up' && (lower as TwoDisks).second.every((block) => keyOf(block) === keyOf(one));
  const reached = await reach(small(mirror), (lower, memory, phase) => {
    const pair = lower as TwoDisks;
    return full(lower, memory, phase) && bothWork(pair) && pair.second.length === 2;
  });
  expect(words(reached?.run)).toEqual(['init', 'write', 'write']);
  expect(reached?.lower).toMatchObject({ first: [one, one], second: [one, one] });
  expect((await replay(small(mirror), reached!.run)).steps.at(-1)?.after).toEqual(reached?.lower);
});

test('loses power where it must', async () => {
  const down = (lower: unknown, _: unknown, phase: string) =>
    phase === 'down' && differ(lower as TwoDisks);
  expect(words((await reach(small(mirror), down))?.run)).toEqual(['init', 'write1']);
});

test('says when there is no way', async () => {
  const up = (lower: unknown, _: unknown, phase: string) =>
    phase === 'up' && differ(lower as TwoDisks);
  expect(await reach(small(mirror), up)).toBeUndefined();
  expect(words((await reach(small(mirrorOf(wrong.SkipsLast)), up))?.run)).toContain('recover');
});

test('probes from a state for a problem near it', async () => {
  const down = (lower: unknown, _: unknown, phase: string) =>
    phase === 'down' && differ(lower as TwoDisks);
  const skips = small(mirrorOf(wrong.SkipsLast));
  const { run } = (await reach(skips, down))!;
  const found = await probe(skips, run, 2);
  expect(found.kind).toBe('violation');
  if (found.kind !== 'violation') return;
  expect(words(found.counterexample)).toEqual(['init', 'write1', 'recover', 'read', 'read']);
  expect((await replay(skips, found.counterexample)).violated).toBe(true);
  expect(await probe(skips, run, 1)).toMatchObject({ kind: 'explored', exhausted: true });
  expect(await probe(small(mirror), run, 2)).toMatchObject({ kind: 'explored', exhausted: true });
});

test('a run that the code does not take proves nothing', async () => {
  const { run } = (await reach(small(mirror), (_, __, phase) => phase === 'up'))!;
  const late = { ...run, steps: [{ ...run.steps[0]!, power: 99 }] };
  expect(await probe(small(mirror), late, 2)).toMatchObject({
    kind: 'explored',
    exhausted: false,
  });
  expect((await replay(small(mirror), late)).because).toContain('ends before power is lost');
});
