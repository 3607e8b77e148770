/**
 * The published design, explored from every state: the obligations that there are, and mistakes
 * with the verdicts that others found. At most two writes in the log, two blocks of data and two
 * values; one of the disks may fail at any moment.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../command.ts';
import { FailingPair, LastingPair } from './published/machines.ts';
import {
  composed,
  isBroken,
  layerByLayer,
  logged,
  type Mutant,
  mutants,
  replicated,
} from './published/mutants.ts';
import { mutantPage, type Row } from './published/page.ts';

const right = { name: 'as published' };
const sizeOf = (log: number, data = 2) => ({ data, log, values: 2 });

test('replication keeps 816 obligations', async () => {
  for (const pair of [FailingPair, LastingPair])
    expect(await replicated(right, pair)).toMatchObject({ kind: 'kept', obligations: 816 });
});

test.for([
  [1, 1, 144],
  [2, 1, 576],
  [2, 2, 5184],
] as const)(
  'with %i blocks of data and a log of %i it keeps %i, and thrice on two disks',
  async ([data, log, obligations]) => {
    const size = sizeOf(log, data);
    expect(await logged(size)).toMatchObject({ kind: 'kept', obligations });
    const both = { kind: 'kept', obligations: 3 * obligations };
    expect(await composed(size)).toMatchObject(both);
  },
);

/** What each is refuted by: a layer and the stack, with a log of one write, and of two. */
const expected: Readonly<Record<string, readonly [string, string, string, string]>> = {
  'no recovery of replication': ['replication', 'stack', 'replication', 'stack'],
  'recovery of replication skips the last block': ['replication', '', 'replication', ''],
  'no recovery of the log': ['logging', 'stack', 'logging', 'stack'],
  'log never cleared after commit': ['logging', 'stack', 'logging', 'stack'],
  'recovery of the log drops a committed log': ['', '', 'logging', 'stack'],
  'commit without the committed header': ['', '', 'logging', 'stack'],
  'header cleared before applying': ['', '', 'logging', 'stack'],
  'header written after descriptor and value': ['', '', '', ''],
  'recoveries in the wrong order': ['cannot be written', '', 'cannot be written', 'stack'],
};

const rows: Row[] = [];

test.for(mutants)('$name', { timeout: 300_000 }, async (mutant) => {
  const found: string[] = [];
  let first: Row['first'];
  for (const log of [1, 2]) {
    const { refuted, outcome } = await layerByLayer(sizeOf(log), mutant);
    const whole = await composed(sizeOf(log), mutant);
    found.push(refuted, isBroken(whole) ? 'stack' : '');
    if (outcome?.kind === 'broken') first ??= [refuted, outcome];
    if (whole.kind === 'broken') first ??= ['the stack', whole];
  }
  expect(found).toEqual(expected[mutant.name]);
  rows.push({ name: mutant.name, found, first });
});

test('in the wrong order nothing is lost as long as no disk fails', {
  timeout: 300_000,
}, async () => {
  const mutant = mutants.find(({ upperFirst }) => upperFirst) as Mutant;
  for (const log of [1, 2])
    expect(await composed(sizeOf(log), mutant, LastingPair)).toMatchObject({ kind: 'kept' });
});

test('the page says what was found', async () => {
  expect(rows).toHaveLength(mutants.length);
  await expect(mutantPage(rows)).toMatchFileSnapshot(
    join(root, 'docs/reference/argosy-mutants.md'),
  );
});
