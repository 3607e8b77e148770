/** `plimsoll run` from outside: disk images, and whether the code is what was proved. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type Ended, Project, root } from './command.ts';

let project = new Project();
beforeEach(() => {
  project.remove();
  project = new Project();
});
afterAll(() => project.remove());

const disks = ['--disk', 'a.img', '--disk', 'b.img'];
const run = (...given: string[]): Promise<Ended> => project.run(['run', ...disks, ...given]);
const image = (name: string) => join(project.folder, name);

test('what was written is read by the next run', async () => {
  expect(await run('--create', '8', 'write', '3', 'hello')).toMatchObject({ exit: 0 });
  expect(await run('read', '3')).toMatchObject({ exit: 0, out: 'hello\n' });
  expect(await run('size')).toMatchObject({ out: '8\n' });
  expect((await run()).out).toBe('8 blocks, disk 0 works, disk 1 works, recovered now\n');
});

test.for([
  ['flush/register-flushed', ['hello'], []],
  ['flush/sectors-written-through', ['1', 'hello'], ['1']],
] as const)('a machine with a cache is made of a disk: %s', async ([name, written, read]) => {
  const proof = join(root, `tests/layers/fixtures/${name}.ts`);
  const on = (...given: readonly string[]) =>
    project.run(['run', proof, '--disk', 'c.img', ...given]);
  expect(await on('--create', '2', 'write', ...written)).toMatchObject({ exit: 0 });
  expect(await on('read', ...read)).toMatchObject({ exit: 0, out: 'hello\n' });
});

test('a file is a block, and bytes that are no text are shown as numbers', async () => {
  project.write('block', '\u0000\u0001\u0002');
  await run('--create', '2', 'write', '1', '@block');
  expect((await run('read', '1')).out).toBe('000102\n');
});

test('a store is replaced only when that is asked for', async () => {
  await run('--create', '8', 'write', '3', 'hello');
  const again = await run('--create', '8', 'size');
  expect(again).toMatchObject({ exit: 3, out: '' });
  expect(again.error).toMatch(/there is a store already\n.*--create with --overwrite/);
  expect((await run('read', '3')).out).toBe('hello\n');
  await run('--create', '4', '--overwrite', 'size');
  expect((await run('read', '3')).out).toBe('\n');
});

test('an image that was cut short is refused, until one goes on without it', async () => {
  await run('--create', '8', 'write', '3', 'hello');
  truncateSync(image('b.img'), 5000);
  const cut = await run('read', '3');
  expect(cut).toMatchObject({ exit: 3, out: '' });
  expect(cut.error).toMatch(/b.img: the image is cut short: 5000 of 8192.*\n.*--without 1/);
  const alone = await run('--without', '1', 'read', '3');
  expect(alone).toMatchObject({ exit: 0, out: 'hello\n' });
  expect(alone.error).toContain('disk 1 is dead and is left as it is');
});

test.for<[string, (name: string) => void, RegExp]>([
  ['missing', () => {}, /c.img: there is no such file/],
  ['no image', (name) => writeFileSync(name, 'hello'), /this is not a disk image/],
  ['damaged', damage(20), /checksum of the header is wrong/],
  ['newer', damage(8), /format version \d+, this program reads 1/],
])('a second disk that is %s', async ([, make, message]) => {
  await run('--create', '4', 'size');
  make(image('c.img'));
  const ended = await project.run(['run', '--disk', 'a.img', '--disk', 'c.img', 'size']);
  expect(ended.error).toMatch(message);
  expect(ended).toMatchObject({ exit: 3, out: '' });
});

/** Copies the second image with one byte changed. */
function damage(at: number): (name: string) => void {
  return (name) => {
    const bytes = readFileSync(image('b.img'));
    bytes[at] = (bytes[at] ?? 0) + 7;
    writeFileSync(name, bytes);
  };
}

test('images of different stores, or of different sizes, do not go together', async () => {
  await run('--create', '4', 'size');
  const other = ['--disk', 'c.img', '--disk', 'd.img'];
  await project.run(['run', ...other, '--create', '4', 'size']);
  const strangers = await project.run(['run', '--disk', 'a.img', '--disk', 'd.img', 'size']);
  expect(strangers.error).toMatch(/belong to different stores/);
  await project.run(['run', ...other, '--create', '5', '--overwrite', 'size']);
  const sizes = await project.run(['run', '--disk', 'a.img', '--disk', 'd.img', 'size']);
  expect(sizes.error).toMatch(/the sizes differ: 4 .* 5 /);
  expect([strangers.exit, sizes.exit]).toEqual([3, 3]);
});

test('wrong words cost nothing', async () => {
  await run('--create', '4', 'size');
  for (const [given, message] of [
    [['raed', '3'], /there is no action 3|there is no action raed/],
    [['read'], /write it as: read ADDRESS/],
    [['read', 'three'], /three is no block number/],
    [['read', '4'], /there is no block 4; the store has blocks 0 to 3/],
    [['write', '0', '@nothing'], /nothing cannot be read/],
    [['write', '0', 'x'.repeat(5000)], /5000 bytes do not fit into a block/],
    [['write', '0', 'x'.repeat(513)], /513 bytes does not fit into 512/],
    [['--disk', 'c.img', 'size'], /mirror runs on two disks; give --disk twice/],
  ] as const) {
    const ended = await run(...given);
    expect(ended.error).toMatch(message);
    expect(ended).toMatchObject({ exit: 3, out: '' });
  }
});

test('code that nobody has proved is called so, and JSON says it too', async () => {
  const text = await run('--create', '4', 'size');
  expect(text.error).toMatch(/^warning: mirror is not proved: nobody has proved it here yet/);
  const { out } = await run('size', '--format', 'json');
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events).toContainEqual(
    expect.objectContaining({
      event: 'verdict',
      layer: 'mirror',
      verdict: expect.objectContaining({ kind: 'unknown', reason: 'unproved' }),
    }),
  );
  expect(events.at(-2)).toEqual({ event: 'result', operation: 'size', value: '4' });
  expect(events.at(-1)).toEqual({ event: 'end', exit: 0 });
});
