/** The cache may be lost, damaged or full; it may not change an answer. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Cache } from './cache.ts';
import { constant, equal, Int, integer, less } from './index.ts';
import { poolOf } from './pool.ts';
import type { Engine, Reply } from './solver.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const x = constant('x', Int);
const query = { name: 'x', given: [equal(x, integer(-3))], want: [x] };
const sat: Reply = { kind: 'sat', values: ['(- 3)'] };

function engine(reply: Reply, change: Partial<Engine> = {}): Engine & { asked: number } {
  const made = {
    name: 'z3' as const,
    title: 'told 1',
    options: 'seed=0',
    constantArrays: 'native' as const,
    asked: 0,
    start: () => ({
      solve: async () => {
        made.asked++;
        return reply;
      },
      close: async () => {},
    }),
    ...change,
  };
  return made;
}

function files(): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return all.filter((file) => file.endsWith('.json')).map((file) => join(folder, file));
}

/** Asks in a new pool each time, so that only the disk remembers. */
async function ask(of: Engine, about: typeof query = query) {
  const warnings: string[] = [];
  const pool = poolOf(of, { jobs: 1, cache: folder, onWarning: (text) => warnings.push(text) });
  const answer = await pool.solve(about);
  await pool.close();
  return { answer, warnings };
}

test('an answer is given again, with its values', async () => {
  const first = await ask(engine(sat));
  const told = engine({ kind: 'unsat' });
  const again = await ask(told);
  expect(first.answer).toMatchObject({ kind: 'sat', values: [-3n], cached: false });
  expect(again.answer).toMatchObject({ kind: 'sat', values: [-3n], cached: true });
  expect([told.asked, again.warnings]).toEqual([0, []]);
});

test.each<[string, Partial<Engine>]>([
  ['another version', { title: 'told 2' }],
  ['other options', { options: 'seed=1' }],
])('an answer of %s does not count', async (_what, change) => {
  await ask(engine({ kind: 'unsat' }));
  expect((await ask(engine(sat, change))).answer).toMatchObject({ kind: 'sat', cached: false });
});

test('neither does one to another query, or to the same with other values wanted', async () => {
  await ask(engine({ kind: 'unsat' }));
  const others = [
    { ...query, given: [less(x, integer(0))] },
    { ...query, want: [x, x] },
  ];
  for (const other of others) {
    expect((await ask(engine(sat), other)).answer).toMatchObject({ kind: 'sat', cached: false });
  }
});

test.each<Reply>([
  { kind: 'unknown', reason: 'timeout', detail: '' },
  { kind: 'unknown', reason: 'incomplete', detail: '' },
  { kind: 'error', detail: '' },
])('$kind $reason is never kept', async (reply) => {
  await ask(engine(reply));
  expect(files()).toEqual([]);
  expect((await ask(engine({ kind: 'unsat' }))).answer).toMatchObject({ kind: 'unsat' });
});

/** A false answer in an entry that was true of something else, or is not whole. */
const damages: readonly [string, (text: string) => string][] = [
  ['cut short', (text) => text.slice(0, -20)],
  ['empty', () => ''],
  ['not an entry', () => 'null'],
  ['another answer', (text) => text.replace('"sat","values":["(- 3)"]', '"unsat"')],
  ['another value', (text) => text.replace('(- 3)', '(- 4)')],
  ['another query', (text) => text.replace('(assert', '(Assert')],
  ['another solver', (text) => text.replace('told 1', 'told 9')],
];

test.each(damages)('a damaged entry is ignored with a word: %s', async (_what, damage) => {
  await ask(engine(sat));
  const [file] = files();
  const before = readFileSync(file!, 'utf8');
  writeFileSync(file!, damage(before));
  expect(readFileSync(file!, 'utf8')).not.toBe(before);
  const told = engine(sat);
  const { answer, warnings } = await ask(told);
  expect(answer).toMatchObject({ kind: 'sat', values: [-3n], cached: false });
  expect(warnings).toEqual([expect.stringContaining('is damaged and was ignored')]);
  expect(told.asked).toBe(1);
  expect((await ask(told)).answer).toMatchObject({ cached: true });
});

test('a whole entry under the name of another query does not count', async () => {
  await ask(engine({ kind: 'unsat' }));
  const [wrong] = files();
  const text = readFileSync(wrong!, 'utf8');
  const other = { ...query, given: [less(x, integer(0))] };
  await ask(engine(sat), other);
  const right = files().find((file) => file !== wrong)!;
  writeFileSync(right, text);
  expect((await ask(engine(sat), other)).answer).toMatchObject({ kind: 'sat', cached: false });
});

test('a disk that takes nothing costs the cache, not the answer, and one word', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const warnings: string[] = [];
  const cache = new Cache(join(file, 'below'), (text) => warnings.push(text));
  const question = { solver: 'told 1', options: '', text: '(check-sat)' };
  await cache.write(question, { kind: 'unsat' });
  await cache.write(question, { kind: 'unsat' });
  expect(await cache.read(question)).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining('cannot write')]);
});

test('no half-written file stays behind', async () => {
  await Promise.all([ask(engine(sat)), ask(engine(sat)), ask(engine(sat))]);
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(all.filter((file) => /\.json/.test(file))).toHaveLength(1);
});
