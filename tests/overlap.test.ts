/** `explore --clients`: operations that overlap, as a user asks for them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, Project, root } from './command.ts';

const project = new Project();
project.write(
  'mirror/proof.ts',
  readFileSync(join(root, 'tests/layers/fixtures/mirror-right/asynchronous.ts'), 'utf8')
    .replace(/'(?:\.\.\/)+src\/index\.ts'/, "'plimsoll'")
    .replace('initially:', 'bounds: { length: 1 },\n  initially:'),
);
afterAll(() => project.remove());

let unlocked: Ended;
let file: string;
beforeAll(async () => {
  unlocked = await explore('--clients', '2', '--unlocked', '--together', 'write');
  [file = ''] = /\S+\.explore\.json/.exec(unlocked.out) ?? [];
}, 120_000);

const explore = (...more: string[]) => project.run(['explore', 'mirror', ...more]);
const replay = (name: string) => project.run(['replay', name]);

test('two unlocked writers leave two contents, and the lock keeps them apart', async () => {
  expect(unlocked.exit).toBe(1);
  const [, ...schedule] = unlocked.out.match(/done +write\(\d, 0, \S+\)/g) ?? [];
  expect(schedule.length).toBeGreaterThanOrEqual(3);
  const again = await replay(file);
  expect(again.exit).toBe(1);
  const from = (text: string) => text.slice(text.indexOf('a store with')).split('\n\n')[0];
  expect(from(again.out)).toBe(from(unlocked.out));

  const locked = await explore('--clients', '2', '--operations', '2');
  expect(locked.exit).toBe(0);
  expect(locked.out).toContain('2 operations, at most 2 at a time, through the lock');
}, 120_000);

test('a schedule that is damaged, or does not fit, is told', async () => {
  const run = JSON.parse(readFileSync(join(project.folder, file), 'utf8'));
  const { turns } = run.schedule;
  const damaged: readonly (readonly [unknown, number, string])[] = [
    [[{ do: 'constructor' }], 3, 'is no counterexample'],
    [[{ do: 'effect', client: -1, picks: [] }], 3, 'is no counterexample'],
    [[{ do: 'begin', client: 0, operation: 'write' }], 3, 'is no counterexample'],
    [[turns[0], { do: 'resume', client: 0 }], 2, 'A has nothing to learn'],
    [[{ do: 'begin', client: 0, operation: 'size', arguments: [] }], 2, 'no operation can begin'],
    [[turns[0], { do: 'begin', client: 0, operation: 'sing', arguments: [] }], 2, 'sing'],
    [[turns[0]], 0, 'the promise is kept'],
  ];
  for (const [given, exit, text] of damaged) {
    project.write(
      'damaged.json',
      JSON.stringify({ ...run, schedule: { locked: true, turns: given } }),
    );
    const ended = await replay('damaged.json');
    expect(ended.out + ended.error).toContain(text);
    expect(ended.exit).toBe(exit);
  }
}, 120_000);

test('options that say nothing are refused', async () => {
  for (const [given, text] of [
    [['--unlocked'], '--unlocked says how operations overlap; give --clients 2 as well'],
    [['--together', 'write'], '--together says how operations overlap'],
    [['--no-reduction'], '--no-reduction says how operations overlap'],
    [['--clients', '2', '--together', 'sing'], 'no operation is named sing; there are'],
    [['--clients', '0'], 'from 1 to 8'],
  ] as const) {
    const { exit, error } = await explore(...given);
    expect(error).toContain(text);
    expect(exit).toBe(3);
  }
}, 120_000);
