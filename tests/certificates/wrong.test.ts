/**
 * Whoever wants a wrong layer to pass may write what they like into its certificate: here all that
 * can be shown of it. What is left, or that the layer says nothing, keeps it from passing.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Pool } from '../../src/logic/index.ts';
import { certify } from '../../src/refine/certificates/certify.ts';
import { recheckLayer } from '../../src/refine/certificates/recheck.ts';
import { proveLayer } from '../../src/refine/prove.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';

const fixtures = join(import.meta.dirname, '../layers/fixtures');
const report = { event() {} };
const wrong: Readonly<Record<string, 'vacuous' | 'unknown'>> = {
  'sanity/a-assume-false.ts': 'vacuous',
  'sanity/a-requires-false.ts': 'vacuous',
  'sanity/a-promise-stuck-in-one-state.ts': 'unknown',
  'sanity/b-crash-without-step.ts': 'unknown',
  'sanity/c-init-never-true.ts': 'vacuous',
  'sanity/d-abstraction-contradictory.ts': 'unknown',
  'sanity/e-fault-never-attached.ts': 'vacuous',
  'sanity/g-may-fail-and-always-does.ts': 'vacuous',
  'flush/register-not-flushed.ts': 'unknown',
};

let pool: Pool;
beforeAll(async () => {
  pool = await createPool({ limits: { milliseconds: 20_000, resources: 500_000 } });
});
afterAll(() => pool.close());

test.each(Object.entries(wrong))(
  '%s: %s',
  async (file, kind) => {
    const { program } = readProgram([join(fixtures, file)]);
    const layer = { program, layer: program.layers[0]!, pool, report };
    const proof = await proveLayer({ ...layer, hasty: true });
    expect(proof.verdict.kind).not.toBe('proved');
    const { certificate } = await certify(layer, proof, new Map());
    const { verdict } = await recheckLayer({ ...layer, certificate });
    expect(verdict.kind).toBe(kind);
  },
  60_000,
);

test('a right version of it passes in the same way', async () => {
  const { program } = readProgram([join(fixtures, 'sanity/a-assume-false-repaired.ts')]);
  const layer = { program, layer: program.layers[0]!, pool, report };
  const proof = await proveLayer(layer);
  const { certificate, missing } = await certify(layer, proof, new Map());
  expect(missing).toEqual([]);
  expect((await recheckLayer({ ...layer, certificate })).verdict.kind).toBe('proved');
}, 60_000);
