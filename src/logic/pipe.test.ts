/** Whatever a solver of the system does, the answer is right, `unknown` or `error`, and in time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { nativeEngine } from './native.ts';
import { PipeSolver } from './pipe.ts';
import { createPool } from './pool.ts';
import { type Engine, type Limits, usualLimits } from './solver.ts';

const fake = fileURLToPath(new URL('./fixtures/fake-solver.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-pipe-'));
const cleanups: (() => unknown)[] = [];
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

// The process is Node.js, which reserves far more than it uses.
const limits: Limits = { ...usualLimits, megabytes: 65_536, milliseconds: 10_000 };

function misbehaving(...given: string[]): PipeSolver {
  const solver = new PipeSolver({
    command: process.execPath,
    arguments: () => [fake, ...given],
    begin: () => '(reset)',
  });
  cleanups.push(() => solver.close());
  return solver;
}

test.each(['garbage', 'late', 'twice', 'empty', 'die'])('%s is an error', async (how) => {
  const answer = await misbehaving(how).solve('(assert false)\n', [], limits);
  expect(answer).toMatchObject({ kind: 'error' });
});

test('an error before `sat` is shown', async () => {
  const answer = await misbehaving('late').solve('', [], limits);
  expect(answer).toMatchObject({ detail: expect.stringContaining('unknown constant W') });
});

test('values that are cut short are an error', async () => {
  expect(await misbehaving('values').solve('', ['x'], limits)).toMatchObject({ kind: 'error' });
  expect(await misbehaving('well').solve('', ['x', 'y'], limits)).toMatchObject({ kind: 'error' });
  expect(await misbehaving('well').solve('', ['x'], limits)).toEqual({
    kind: 'sat',
    values: ['1'],
  });
});

test('memory that is used up is unknown', async () => {
  const answer = await misbehaving('memory').solve('', [], limits);
  expect(answer).toMatchObject({ kind: 'unknown', reason: 'memory' });
});

test.each(['hang', 'deaf'])(
  'a solver that does not answer (%s) is killed and started anew',
  async (how) => {
    const solver = misbehaving(how, join(folder, how));
    const begun = performance.now();
    const answer = await solver.solve('', [], { ...limits, milliseconds: 1_000 });
    expect(answer).toMatchObject({ kind: 'unknown', reason: 'timeout' });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(await solver.solve('', [], limits)).toEqual({ kind: 'unsat' });
  },
);

test('a solver that is not there', async () => {
  const solver = new PipeSolver({
    command: '/nowhere/solver',
    arguments: () => [],
    begin: () => '',
  });
  expect(await solver.solve('', [], limits)).toMatchObject({ kind: 'error' });
  expect(await nativeEngine('z3', 0, '/nowhere/solver')).toBeUndefined();
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  try {
    await expect(createPool({ solver: 'cvc5' })).rejects.toThrow(/cvc5 is not on PATH; install it/);
    const pool = await createPool({ solver: 'auto' });
    expect(pool.name).toMatch(/^z3-solver /);
    await pool.close();
  } finally {
    process.env.PATH = PATH;
  }
});

const hard = `(declare-fun x () Int)(declare-fun y () Int)(declare-fun z () Int)
(assert (and (> x 1) (> y 1) (> z 1) (= (+ (* x x x) (* y y y)) (* z z z))))\n`;

const engines: (Engine | undefined)[] = [
  await nativeEngine('z3', 0),
  await nativeEngine('cvc5', 0),
];

for (const [at, name] of ['z3', 'cvc5'].entries()) {
  const engine = engines[at];
  const title = `${name} is stopped at its time, then answers${engine ? '' : ' (not on PATH)'}`;
  test.skipIf(engine === undefined)(title, async () => {
    const solver = engine!.start();
    cleanups.push(() => solver.close());
    const long = { milliseconds: 700, resources: 4_000_000_000, megabytes: 2_048 };
    expect(await solver.solve(hard, [], long)).toMatchObject({ reason: 'timeout' });
    const contradiction = '(declare-fun x () Int)(assert (< x 0))(assert (< 0 x))\n';
    for (let again = 0; again < 3; again++) {
      expect(await solver.solve(contradiction, [], usualLimits)).toEqual({ kind: 'unsat' });
    }
    const wrong = `${contradiction}(assert (no-such-thing x))\n`;
    expect(await solver.solve(wrong, [], usualLimits)).toMatchObject({ kind: 'error' });
    expect(await solver.solve('(declare-fun x () Bool)\n', ['x'], usualLimits)).toMatchObject({
      kind: 'sat',
    });
  });
}

test.skipIf(engines[0] === undefined)('z3 is held to its memory', async () => {
  const solver = engines[0]!.start();
  cleanups.push(() => solver.close());
  const wide = `(declare-fun a () (_ BitVec 256))(declare-fun b () (_ BitVec 256))
    (assert (= (bvmul a b) (bvadd (bvmul b b) a (_ bv12345678901 256))))\n`;
  const small = { ...usualLimits, megabytes: 30, resources: 4_000_000_000 };
  expect(await solver.solve(wide, [], small)).toMatchObject({ kind: 'unknown', reason: 'memory' });
  expect(await solver.solve('(assert false)\n', [], usualLimits)).toEqual({ kind: 'unsat' });
});
