/** Wrong input is met with one clear message and the right exit. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Ended, Project, root } from './command.ts';

const relay = join(root, 'tests/fixtures/relay/proof.ts');
const project = new Project();
project.copy(relay, 'relay/proof.ts');
afterAll(() => project.remove());

const run = (...given: string[]): Promise<Ended> => project.run(given);

test.for<[string[], number, RegExp]>([
  [['prov'], 3, /unknown command 'prov'\n\(Did you mean prove\?\)/],
  [['frobnicate'], 3, /unknown command 'frobnicate'; see: plimsoll --help/],
  [['prove', '--solvr', 'z3'], 3, /unknown option '--solvr'\n\(Did you mean --solver\?\)/],
  [['prove', '--solver', 'yices', 'relay'], 3, /Allowed choices are auto, wasm, z3, cvc5/],
  [['prove', '--seeds', 'many', 'relay'], 3, /a whole number from 1 to 100/],
  [['prove', '--jobs', '1.5', 'relay'], 3, /a whole number from 1 to 256/],
  [['prove', 'relay', 'another'], 3, /another: no such file/],
  [['explore', 'relay', 'another'], 3, /too many arguments/],
  [['prove'], 3, /no proof file was named; name one, or say --all/],
  [['prove', 'relay', '--all'], 3, /relay and --all were both given/],
  [['prove', 'nothing.ts'], 3, /nothing.ts: no such file/],
  [['prove', 'node_modules'], 3, /node_modules is a folder without a proof.ts/],
  [['prove', 'package.json'], 3, /package.json is not a TypeScript file/],
  [['explore', 'nothing.ts'], 3, /nothing.ts: no such file/],
  [['explore', '--blocks', '99', 'relay'], 3, /a whole number from 0 to 16/],
])('plimsoll %j', async ([given, exit, message]) => {
  const ended = await run(...given);
  expect(ended.error).toMatch(message);
  expect(ended).toMatchObject({ exit, out: '' });
  expect(ended.error.trim().split('\n').length).toBeLessThanOrEqual(3);
});

test('a syntax error is shown where it is', async () => {
  project.write('syntax.ts', 'export const a = 1;\nexport const b = (1;\n');
  const { exit, error } = await run('prove', 'syntax.ts');
  expect(error).toMatch(/error: .*'\)' expected/);
  expect(error).toContain('syntax.ts:2:20');
  expect(error).toContain('2 | export const b = (1;');
  expect(exit).toBe(3);
});

test('so is a type error', async () => {
  project.write('types.ts', "export const a: number = 'one';\n");
  const { exit, error } = await run('prove', 'types.ts');
  expect(error).toMatch(/Type 'string' is not assignable to type 'number'/);
  expect(error).toContain('types.ts:1:14');
  expect(exit).toBe(3);
});

test('an empty selection is an error', async () => {
  const none = await run('prove', 'relay', '--only', 'mirror');
  expect(none.error).toMatch(/no layer is named mirror/);
  expect(none.exit).toBe(3);
  project.write('empty.ts', 'export const a = 1;\n');
  const empty = await run('prove', 'empty.ts');
  expect(empty.error).toMatch(/no layer is declared/);
  expect(empty.exit).toBe(3);
});

test('help and version are no failures', async () => {
  expect(await run('--help')).toMatchObject({ exit: 0, error: '' });
  expect(await run('--version')).toMatchObject({ exit: 0, out: '0.1.0\n' });
  expect((await run()).exit).toBe(3);
});
