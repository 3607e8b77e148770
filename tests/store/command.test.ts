/** `plimsoll store` and `plimsoll disk` as they are used: what they say, and what they keep. */
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type Ended, Project } from '../command.ts';

let project = new Project();
beforeEach(async () => {
  project.remove();
  project = new Project();
  expect(await store('create', '--blocks', '8', '--block-size', '512')).toMatchObject({
    exit: 0,
    out: '8 blocks of 512 bytes\n',
  });
});
afterAll(() => project.remove());

const disks = ['--disk', 'a.img', '--disk', 'b.img'];
const store = (name: string, ...given: readonly string[]): Promise<Ended> =>
  project.run(['store', name, ...disks, ...given]);
const disk = (name: string, ...given: readonly string[]): Promise<Ended> =>
  project.run(['disk', name, ...disks, ...given]);
const image = (name: string) => join(project.folder, name);

test('what is put is got by the next command', async () => {
  expect((await store('put', '0', 'hello', '7', 'world')).out).toBe('2 blocks are written\n');
  expect((await store('get', '7', '0', '1')).out).toBe('world\nhello\n\n');
  expect((await store('status')).out).toBe(
    '8 blocks of 512 bytes, 8 in a transaction, disk 0 works, disk 1 works\n',
  );
  expect((await store('recover')).out).toMatch(/^recovered in [\d.]+ s: 8 blocks/);
});

test('a transaction spans commands, and sees its own writes', async () => {
  await store('begin');
  expect((await store('put', '1', 'one', '2', 'two')).out).toContain('when the transaction is');
  expect((await store('get', '1')).out).toBe('one\n');
  expect((await store('status')).out).toContain('a transaction of 2 blocks is under way');
  expect((await store('begin')).error).toContain('a transaction is under way already');
  expect((await store('commit')).out).toBe('committed: 2 blocks\n');
  expect((await store('get', '2')).out).toBe('two\n');
  await store('begin');
  await store('put', '1', 'other');
  expect((await store('abort')).out).toBe('forgotten: 1 block\n');
  expect((await store('get', '1')).out).toBe('one\n');
  expect(await store('commit')).toMatchObject({ exit: 3, out: '' });
});

test('a commit that was cut short has happened, or has not', async () => {
  const file = image('a.img.transaction');
  await store('begin');
  await store('put', '1', 'one');
  const begun = readFileSync(file);
  await store('commit');
  writeFileSync(file, committing(begun));
  const after = await store('get', '1');
  expect(after.error).toContain('has happened: all of it is there');
  expect(after.out).toBe('one\n');
  await store('put', '1', 'since');
  writeFileSync(file, committing(begun));
  expect((await store('status')).error).toContain('has not happened');
  expect((await store('commit')).out).toBe('committed: 1 block\n');
  writeFileSync(file, 'nonsense');
  expect((await store('get', '1')).error).toContain('the transaction that was begun is damaged');
});

/** The same, as it is kept while its commit is under way. */
function committing(begun: Buffer): string {
  const [, content = ''] = /^\w+ (.*)\n$/.exec(begun.toString()) ?? [];
  const text = content.replace('"committing":false', '"committing":true');
  return `${createHash('sha256').update(text).digest('hex')} ${text}\n`;
}

test.for([
  [['get', '8'], 'there is no block 8\n  take one from 0 to 7'],
  [['get', 'x'], 'x is no block number; give a whole number'],
  [['put', '1'], 'write it as: store put ADDRESS TEXT|@FILE'],
  [['put', '1', 'x'.repeat(513)], '513 bytes do not fit into a block; give at most 512'],
  [['put', '8', 'x'], 'there is no block 8'],
  [['bench', '10', '--each', '9'], 'a transaction writes at most 8 blocks'],
  [['create'], 'there is a store already\n  open it instead, or ask for it to be overwritten'],
  [['abort'], 'no transaction is under way; begin one'],
] as const)('%s is refused', async ([[name, ...given], says]) => {
  const ended = await store(name, ...given);
  expect(ended).toMatchObject({ exit: 3, out: '' });
  expect(ended.error).toContain(says);
  expect((await store('get', '0')).out).toBe('\n');
});

test('a disk is lost, comes back stale, and is repaired', async () => {
  await store('put', '0', 'before');
  copyFileSync(image('a.img'), image('old.img'));
  rmSync(image('a.img'));
  const missing = await store('get', '0');
  expect(missing).toMatchObject({ exit: 3, out: '' });
  expect(missing.error).toContain('go on without disk 0 for good: --without 0');
  expect((await store('put', '0', 'after', '--without', '0')).exit).toBe(0);
  copyFileSync(image('old.img'), image('a.img'));
  expect((await store('get', '0')).out).toBe('after\n');
  expect((await disk('status')).out).toBe('disk 0 is dead: a.img\ndisk 1 works: b.img\n');
  expect((await disk('repair')).out).toBe('both disks work\n');
  rmSync(image('b.img'));
  expect((await store('get', '0', '--without', '1')).out).toBe('after\n');
});

test('a stale disk alone is refused, unless that is asked for', async () => {
  copyFileSync(image('a.img'), image('old.img'));
  await store('put', '0', 'after', '--without', '0');
  copyFileSync(image('old.img'), image('a.img'));
  rmSync(image('b.img'));
  expect((await store('get', '0')).error).toContain('go on without disk 1 for good');
  expect((await store('get', '0', '--without', '1')).out).toBe('\n');
});

test('a disk is replaced by a new one, when it is known to be lost', async () => {
  await store('put', '0', 'kept');
  expect((await disk('replace', '1')).error).toContain('disk 1 is not known to be dead');
  rmSync(image('b.img'));
  await store('status', '--without', '1');
  expect((await disk('replace', '1')).out).toBe('both disks work\n');
  rmSync(image('a.img'));
  expect((await store('get', '0', '--without', '0')).out).toBe('kept\n');
});

test('a program is told everything in JSON, too', async () => {
  const { out } = await store('get', '0', '--format', 'json');
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events).toMatchObject([{ event: 'result', operation: 'get', value: '' }, { exit: 0 }]);
});

test('bench says how fast', async () => {
  const { out } = await store('bench', '20', '--clients', '4', '--each', '2', '--no-sync');
  expect(out).toMatch(/^20 transactions in [\d.]+ s and \d+ syncs: [\d,]+ a second\n$/);
});
