import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { constant, Int, integer, less, no } from './index.ts';
import { createPool, poolOf } from './pool.ts';
import type { Engine, Limits, Reply, Solver } from './solver.ts';

/** An engine that records what it is asked, and how many of its solvers work at once. */
class Recorder implements Engine {
  readonly name = 'z3';
  readonly title = 'recorder 1';
  readonly options = '';
  readonly constantArrays = 'native';
  readonly limits: Limits[] = [];
  readonly texts: string[] = [];
  started = 0;
  closed = 0;
  working = 0;
  most = 0;
  private readonly reply: () => Reply;

  constructor(reply: () => Reply) {
    this.reply = reply;
  }

  start(): Solver {
    this.started++;
    return {
      solve: async (text, _wanted, limits) => {
        this.texts.push(text);
        this.limits.push(limits);
        this.most = Math.max(this.most, ++this.working);
        await new Promise((done) => setTimeout(done, 5));
        this.working--;
        return this.reply();
      },
      close: async () => {
        this.closed++;
      },
    };
  }
}

const query = { name: 'negative', given: [less(constant('x', Int), integer(0))] };

test('at most as many solvers work as there are jobs, and all queries are answered', async () => {
  const engine = new Recorder(() => ({ kind: 'unsat' }));
  const pool = poolOf(engine, { jobs: 3 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => pool.solve(query)));
  expect(answers).toHaveLength(20);
  expect(answers[0]).toMatchObject({ kind: 'unsat', solver: 'recorder 1', cached: false });
  expect(answers[0]!.size).toBeGreaterThan(30);
  expect(engine).toMatchObject({ started: 3, most: 3 });
  await pool.close();
  expect(engine.closed).toBe(3);
});

test('limits: the usual, those of the pool, those of the query', async () => {
  const engine = new Recorder(() => ({ kind: 'unsat' }));
  const pool = poolOf(engine, { jobs: 1, limits: { megabytes: 7 } });
  await pool.solve(query, { milliseconds: 5 });
  expect(engine.limits).toEqual([{ milliseconds: 5, megabytes: 7, resources: 6_000_000 }]);
});

test('steps decide: the clock only guards, and gives more time for more steps', async () => {
  const engine = new Recorder(() => ({ kind: 'unsat' }));
  const pool = poolOf(engine, { jobs: 1, effort: 3 });
  await pool.solve(query, { resources: 500_000 });
  await pool.solve(query, { resources: 3_000_000_000 });
  const [one, most] = engine.limits;
  expect(one).toMatchObject({ resources: 1_500_000, milliseconds: 170_000 });
  expect(most!.resources).toBeLessThan(2 ** 32);
});

test('what a query allows is not more than what the pool allows', async () => {
  const engine = new Recorder(() => ({ kind: 'unsat' }));
  const pool = poolOf(engine, { jobs: 1, limits: { milliseconds: 7 } });
  await pool.solve(query, { milliseconds: 9 });
  await pool.solve(query);
  expect(engine.limits.map(({ milliseconds }) => milliseconds)).toEqual([7, 7]);
});

test('a seed gives the facts another order, always the same one', async () => {
  const given = Array.from({ length: 6 }, (_, i) => less(constant(`x${i}`, Int), integer(i)));
  const asked = async (seed: number) => {
    const engine = new Recorder(() => ({ kind: 'unsat' }));
    await poolOf(engine, { jobs: 1, seed }).solve({ name: 'order', given });
    return [...engine.texts[0]!.matchAll(/assert .*?x(\d)/g)].map(([, number]) => Number(number));
  };
  expect(await asked(0)).toEqual([0, 1, 2, 3, 4, 5]);
  const [one, again, other] = [await asked(1), await asked(1), await asked(2)];
  expect(one).toEqual(again);
  expect(one).not.toEqual([0, 1, 2, 3, 4, 5]);
  expect(other).not.toEqual(one);
  expect(one.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a solver that throws is an error, and the pool goes on', async () => {
  let broken = true;
  const engine = new Recorder(() => {
    if (broken) throw new Error('broken');
    return { kind: 'unsat' };
  });
  const pool = poolOf(engine, { jobs: 1 });
  expect(await pool.solve(query)).toMatchObject({ kind: 'error', detail: 'broken' });
  broken = false;
  expect(await pool.solve(query)).toMatchObject({ kind: 'unsat' });
});

test('what waits when the pool is closed becomes an error', async () => {
  const pool = poolOf(new Recorder(() => ({ kind: 'unsat' })), { jobs: 1 });
  const answers = [pool.solve(query), pool.solve(query)];
  await new Promise((done) => setTimeout(done, 1));
  await pool.close();
  expect((await Promise.all(answers)).map((answer) => answer.kind)).toEqual(['unsat', 'error']);
  expect(await pool.solve(query)).toMatchObject({ kind: 'error' });
});

test('values that no reader knows are shown as they are', async () => {
  const pool = poolOf(new Recorder(() => ({ kind: 'sat', values: ['(_ as-array k!0)'] })));
  expect(await pool.solve({ ...query, want: [constant('x', Int)] })).toMatchObject({
    values: [{ kind: 'unread', text: '(_ as-array k!0)' }],
  });
});

test('seeds and names reach the solver', async () => {
  const pool = await createPool({ solver: 'wasm', seed: 7, jobs: 1 });
  expect(pool.name).toMatch(/^z3-solver \d/);
  expect(await pool.solve({ name: 'false', given: [no] })).toMatchObject({ kind: 'unsat' });
  await pool.close();
});

test('the solver thread starts as a plain file, which is what the build ships', () => {
  const file = new URL('./wasm-worker.mjs', import.meta.url);
  const program = `const { Worker } = require('node:worker_threads');
    const worker = new Worker(new URL(${JSON.stringify(file.href)}));
    worker.once('message', (said) => { console.log(said.started); worker.terminate(); });`;
  const said = execFileSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(said.trim()).toBe('true');
});
