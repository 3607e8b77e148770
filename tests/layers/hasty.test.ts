/** One claim that fails is enough for whoever makes mistakes on purpose, and asks for no reason. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Pool } from '../../src/logic/index.ts';
import { proveLayer } from '../../src/refine/prove.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';

const broken = join(import.meta.dirname, '../../examples/key-value/broken/moved-entry-lost.ts');

let pool: Pool;
beforeAll(async () => {
  pool = await createPool({ cache: false });
});
afterAll(() => pool.close());

// Claims about every key of a map are left undecided where they fail; among few keys they are not.
test('where the solver gives up, a small state in which a claim fails is found', {
  timeout: 300_000,
}, async () => {
  const { program } = readProgram([broken]);
  const [layer] = program.layers;
  const report = { event() {} };
  const proof = await proveLayer({ program, layer: layer!, pool, report, hasty: true });
  expect(proof.settled.some(({ answer }) => answer.kind === 'sat')).toBe(false);
  expect(proof.settled.some(({ answer }) => answer.kind === 'unknown')).toBe(true);
  expect(proof.verdict).toMatchObject({ kind: 'unknown', reason: 'annotation' });
});
