/** Layers are imported as TypeScript, however their imports are written, on one model. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Project, root } from './command.ts';

const project = new Project();
afterAll(() => project.remove());

const relay = readFileSync(join(root, 'tests/fixtures/relay/proof.ts'), 'utf8');
const run = (...given: string[]) => project.run(['run', ...given]);

test.for(['./code.ts', './code.js', './code', './folder'])('imports of %s', async (specifier) => {
  project.write('code.ts', relay);
  project.write('folder/index.ts', "export { relay } from '../code.ts';\n");
  project.write('proof.ts', `export { relay } from '${specifier}';\n`);
  const ended = await run('proof.ts', '--disk', 'a', '--create', '4', '--overwrite', 'size');
  expect(ended).toMatchObject({ exit: 0, out: '4\n' });
});

test('an error in a layer is shown at its place in the source', async () => {
  project.write('broken.ts', relay.replace('return this.disk.size()', 'throw new Error("oh")'));
  const { exit, error } = await run('broken.ts', '--disk', 'b', '--create', '4', 'size');
  expect(error).toMatch(/Error: oh\n\s+at Relay.size \(\S*broken.ts:24:\d+\)/);
  expect(exit).toBe(2);
});

test('a file that cannot be loaded is named', async () => {
  project.write('syntax.ts', 'export const a = (1;\n');
  project.write('lost.ts', "import { a } from './nowhere.ts';\nexport const b = a;\n");
  project.write('plain.ts', 'export const c = 1;\n');
  for (const [file, message] of [
    ['syntax.ts', /syntax.ts cannot be loaded: .*expected/],
    ['lost.ts', /lost.ts cannot be loaded: .*nowhere.ts/],
    ['plain.ts', /plain.ts declares no layer/],
  ] as const) {
    const { exit, error } = await run(file, '--disk', 'c', 'size');
    expect(error).toMatch(message);
    expect(exit).toBe(3);
  }
});

test('a layer on a machine of its own runs where a host for it lies beside its proof', async () => {
  const own = relay
    .replace('on: Disk', 'on: Own')
    .replace('export const relay', 'class Own extends Disk {}\nexport const relay');
  project.write('own/proof.ts', own);
  const store = ['own', '--disk', 'd', '--create', '4', '--overwrite', 'size'];
  const without = await run(...store);
  expect(without.error).toMatch(
    /relay runs on Own, for which there is no host; write one: host.ts/,
  );
  expect(without.exit).toBe(3);
  project.write('own/host.ts', 'export const other = 1;\n');
  const wrong = await run(...store);
  expect(wrong.error).toMatch(/host.ts exports no function onDisk; it takes a disk/);
  expect(wrong.exit).toBe(3);
  const half = 'size: () => disk.size() / 2, read: (address) => disk.read(2 * address)';
  project.write('own/host.ts', `export const onDisk = (disk) => ({ ${half}, write() {} });\n`);
  expect(await run(...store)).toMatchObject({ exit: 0, out: '2\n' });
});

test('an example is used from the command line', async () => {
  const ring = (...given: string[]) =>
    run(join(root, 'examples/ring'), '--disk', 'ring.img', ...given);
  expect(await ring('--create', '5', 'push', 'one')).toMatchObject({ exit: 0, out: 'true\n' });
  expect(await ring('push', 'two')).toMatchObject({ exit: 0, out: 'true\n' });
  expect(await ring('push', 'three')).toMatchObject({ exit: 0, out: 'false\n' });
  expect(await ring('pop')).toMatchObject({ exit: 0, out: 'one\n' });
  expect(await ring('length')).toMatchObject({ exit: 0, out: '1\n' });
});
