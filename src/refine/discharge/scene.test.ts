import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Pool } from '../../logic/index.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { proveLayer } from '../prove.ts';

const fixtures = join(import.meta.dirname, '../../../tests/layers/fixtures/mirror-wrong');
let pool: Pool;

beforeAll(async () => {
  pool = await createPool({ cache: false });
});
afterAll(() => pool.close());

test('a crash invariant that is too strong is shown with a state in which it fails', async () => {
  const { program } = readProgram([join(fixtures, 'crash-forbids-difference.ts')]);
  const [layer] = program.layers;
  const silent = { event() {} };
  const { verdict } = await proveLayer({ program, layer: layer!, pool, report: silent });
  if (verdict.kind !== 'unknown') throw new Error(`it is ${verdict.kind}`);
  const state = new Map(verdict.state?.map((line) => line.split(/: (.*)/) as [string, string]));
  expect([...state.keys()]).toEqual(
    expect.arrayContaining(['promise before Disk', 'lower TwoDisks', 'address', 'block']),
  );
  // One disk has the new block, the other one has not: what the invariant forbids.
  const [, first, second] = /first: (\[.*?\]), second: (\[.*?\])/.exec(
    state.get('lower TwoDisks')!,
  )!;
  expect([first, second].map((disk) => disk!.split(',').length)).toEqual([1, 1]);
});
