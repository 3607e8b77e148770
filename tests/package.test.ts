/** What is packed is what users get: it installs into an empty project and works there. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, execute, root } from './command.ts';
import { executed, timeless } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-package-'));
const here = (program: string, ...given: string[]): Promise<Ended> =>
  execute(program, given, { folder });

beforeAll(async () => {
  const pack = ['pack', '--ignore-scripts', '--pack-destination', folder];
  const packed = await execute('npm', pack, { folder: root });
  expect(packed).toMatchObject({ exit: 0 });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  const [tarball = ''] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  const installed = await here('npm', 'install', '--prefer-offline', `./${tarball}`);
  expect(installed, installed.error).toMatchObject({ exit: 0 });
  cpSync(join(root, 'tests/fixtures/relay'), join(folder, 'relay'), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball holds what is needed, and no tests', () => {
  const files = readdirSync(join(folder, 'node_modules/plimsoll'), {
    recursive: true,
    encoding: 'utf8',
  });
  expect(files).toEqual(
    expect.arrayContaining([
      ...['LICENSE', 'README.md', 'CHANGELOG.md', 'ARCHITECTURE.md', 'docs/start.md'],
      ...['dist/cli/main.js', 'dist/index.d.ts', 'src/index.ts', 'src/stack/mirror/proof.ts'],
    ]),
  );
  expect(files.filter((file) => /\.test\.|fixtures|^tests|^scripts/.test(file))).toEqual([]);
});

test('the command is there, and the machine is fit for it', async () => {
  const { exit, out } = await here('npx', 'plimsoll', 'doctor');
  expect(out).toContain('all that is needed is here');
  expect(exit).toBe(0);
});

test('a layer of the user type-checks, is proved, explored, and proved once more', async () => {
  const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--noEmit'];
  const types = await here('npx', 'tsc6', ...options, 'relay/proof.ts');
  expect(types, types.out).toMatchObject({ exit: 0 });
  const proved = await here('npx', 'plimsoll', 'prove', 'relay/proof.ts', '--solver', 'wasm');
  expect(proved.out, proved.error).toMatch(/^proved\s+relay/);
  expect(proved.exit).toBe(0);
  const explored = await here('npx', 'plimsoll', 'explore', 'relay/proof.ts');
  expect(explored.out, explored.error).toMatch(/^explored\s+relay/);
  const again = await here('npx', 'plimsoll', 'prove', 'relay/proof.ts', '--solver', 'wasm');
  expect(again.out).toContain('from the cache');
});

test('all means the shipped layers and those of the project', async () => {
  const { out, exit } = await here('npx', 'plimsoll', 'prove', '--all', '--format', 'json');
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const verdicts = events.filter(({ event }) => event === 'verdict');
  expect(verdicts.map(({ layer, verdict }) => `${layer}: ${verdict.kind}`)).toEqual([
    'atomicSave: proved',
    'orderedSave: proved',
    'cachedMirror: proved',
    'mirror: proved',
    'partition: proved',
    'untouched: proved',
    'statDb: proved',
    'relay: proved',
  ]);
  expect(exit).toBe(0);
});

test('the page for a first day is what happens', async () => {
  const page = readFileSync(join(root, 'docs/start.md'), 'utf8');
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  // The commands are those of the page: npx finds what was installed, and keeps its own advice.
  const quiet = (line: string) => `export npm_config_loglevel=silent; ${line}`;
  const walked = await executed(page, { folder, write }, quiet);
  expect(timeless(walked)).toBe(timeless(page));
});
