/** The hazards of z3 as WebAssembly, one by one: each was met in practice. */
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, test } from 'vitest';
import { type Limits, usualLimits } from './solver.ts';
import { WasmSolver } from './wasm.ts';

const started: WasmSolver[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((solver) => solver.close()));
});

function solver(): WasmSolver {
  const made = new WasmSolver(0);
  started.push(made);
  return made;
}

function solve(on: WasmSolver, text: string, limits: Partial<Limits> = {}) {
  return on.solve(text, [], { ...usualLimits, ...limits });
}

const contradiction = '(declare-fun x () Int)(assert (< x 0))(assert (< 0 x))';
const possible = '(declare-fun x () Int)(assert (< x 0))';

/** Every bird in a hole of its own, with a hole too few: hard for its size. */
function pigeons(holes: number): string {
  const lines: string[] = [];
  const at = (bird: number, hole: number): string => `p${bird}_${hole}`;
  for (let bird = 0; bird <= holes; bird++) {
    const own = Array.from({ length: holes }, (_, hole) => at(bird, hole));
    lines.push(
      ...own.map((name) => `(declare-fun ${name} () Bool)`),
      `(assert (or ${own.join(' ')}))`,
    );
    for (let other = 0; other < bird; other++) {
      for (let hole = 0; hole < holes; hole++) {
        lines.push(`(assert (not (and ${at(bird, hole)} ${at(other, hole)})))`);
      }
    }
  }
  return lines.join('\n');
}

/** Multiplication of wide bit-vectors, which takes memory at once. */
function wide(width: number): string {
  const sort = `(_ BitVec ${width})`;
  return `(declare-fun a () ${sort})(declare-fun b () ${sort})
    (assert (= (bvmul a b) (bvadd (bvmul b b) a (_ bv12345678901 ${width}))))`;
}

describe('hazard 1: text that is freed before it is read', () => {
  test('a large query is read whole, whatever is asked beside it', async () => {
    const names = Array.from({ length: 2000 }, (_, at) => `a_rather_long_name_${at}`);
    const declared = names.map((name) => `(declare-fun ${name} () Int)`).join('\n');
    const [first, last] = [names[0], names.at(-1)];
    const cycle = `${declared}\n(assert (< ${last} ${first}))(assert (< ${first} ${last}))`;
    const [one, two] = [solver(), solver()];
    const answers = await Promise.all([solve(one, cycle), solve(two, possible)]);
    expect(answers.map((answer) => answer.kind)).toEqual(['unsat', 'sat']);
  });
});

describe('hazard 2: errors that do not throw', () => {
  test('a query that does not parse is an error, not the `sat` of an empty solver', async () => {
    const on = solver();
    expect(await solve(on, `${contradiction}(assert (no-such-thing x))`)).toMatchObject({
      kind: 'error',
      detail: expect.stringContaining('no-such-thing'),
    });
    expect(await solve(on, contradiction)).toEqual({ kind: 'unsat' });
  });

  test('the same declarations, and others of the same name, do not meet', async () => {
    const on = solver();
    const pair = (sort: string) => `(declare-datatypes ((P 0)) (((p (first ${sort})))))
      (declare-fun a () P)`;
    expect(await solve(on, contradiction)).toEqual({ kind: 'unsat' });
    expect(await solve(on, contradiction)).toEqual({ kind: 'unsat' });
    expect(await solve(on, `${pair('Int')}(assert (< (first a) 0))`)).toMatchObject({
      kind: 'sat',
    });
    const both = `${pair('Bool')}(assert (first a))(assert (not (first a)))`;
    expect(await solve(on, both)).toEqual({ kind: 'unsat' });
  });
});

describe('hazard 3: one call at a time', () => {
  test('solvers are threads of their own and do not disturb one another', async () => {
    const solvers = [solver(), solver(), solver()];
    const answers = await Promise.all(
      solvers.map((each, at) => solve(each, at === 1 ? contradiction : possible)),
    );
    expect(answers.map((answer) => answer.kind)).toEqual(['sat', 'unsat', 'sat']);
  });
});

describe('hazard 4: limits that overshoot', () => {
  test('a query is stopped at its time, and the next one is answered', async () => {
    const on = solver();
    await solve(on, possible);
    const begun = performance.now();
    const answer = await solve(on, pigeons(12), { milliseconds: 300, resources: 4_000_000_000 });
    expect(answer).toMatchObject({ kind: 'unknown', reason: 'timeout' });
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(await solve(on, contradiction)).toEqual({ kind: 'unsat' });
  });

  test('resources end a query at the same point every time, on any instance', async () => {
    const limits = { resources: 50_000 };
    const [one, two] = [solver(), solver()];
    await solve(two, contradiction);
    for (const on of [one, two, one]) {
      expect(await solve(on, pigeons(9), limits)).toMatchObject({ reason: 'resources' });
    }
    expect(await solve(one, pigeons(5), { resources: 2_000_000 })).toEqual({ kind: 'unsat' });
  });
});

describe('hazard 5: memory', () => {
  test('memory that is used up is unknown, and the poisoned instance is replaced', async () => {
    const on = solver();
    for (const megabytes of [100, 40]) {
      const answer = await solve(on, wide(256), { megabytes, resources: 4_000_000_000 });
      expect(answer).toMatchObject({ kind: 'unknown', reason: 'memory' });
      expect(await solve(on, possible)).toMatchObject({ kind: 'sat' });
      expect(await solve(on, contradiction)).toEqual({ kind: 'unsat' });
    }
  });

  test.each(['exit', 'throw'])(
    'a thread that dies (%s) does not take the process along',
    async (how) => {
      const on = new WasmSolver(0, new URL('./fixtures/dying-worker.mjs', import.meta.url));
      started.push(on);
      expect(await solve(on, how)).toMatchObject({ kind: 'error' });
      expect(await solve(on, 'live')).toEqual({ kind: 'unsat' });
    },
  );
});

describe('hazard 6: what piles up', () => {
  test('hundreds of queries, past the life of a thread, and an end without exit', async () => {
    const on = solver();
    for (let query = 0; query < 510; query++) {
      const answer = await solve(on, query % 2 ? contradiction : possible);
      expect(answer.kind).toBe(query % 2 ? 'unsat' : 'sat');
    }
    await on.close();
    await on.close();
  });
});
