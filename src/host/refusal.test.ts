/** What is refused, with which words; and that a refusal leaves every file as it was. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Mirror } from '../stack/mirror/code.ts';
import { nodeFiles } from './files.ts';
import { decodeHeader, encodeHeader, type Header } from './header.ts';
import type { Fault } from './host-error.ts';
import type { Surroundings } from './owner.ts';
import { openStore, type StoreOptions } from './store.ts';
import { block, directory, failing, pathsIn, refusalOf, surroundings } from './testing/world.ts';

const create = { blocks: 4, blockSize: 512 };
const layer = Mirror;

/** A store that holds 5 in block 1. */
async function store(folder: string, more: Partial<StoreOptions<Mirror>> = {}) {
  const paths = pathsIn(folder);
  const made = await openStore({ paths, layer, create, ...more }, surroundings());
  made.layer.write(1, block(5));
  made.close();
  return paths;
}

function content(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => fs.lstatSync(join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, fs.readFileSync(join(folder, name), 'hex')]),
  );
}

function changeHeader(path: string, change: Partial<Header>): void {
  const bytes = fs.readFileSync(path);
  bytes.set(encodeHeader({ ...decodeHeader(path, bytes), ...change }));
  fs.writeFileSync(path, bytes);
}

function changeByte(path: string, at: number, value: number): void {
  const bytes = fs.readFileSync(path);
  bytes[at] = value;
  fs.writeFileSync(path, bytes);
}

type Prepare = (paths: [string, string], folder: string) => unknown;
interface Case {
  readonly kind: Fault;
  readonly says: string;
  readonly prepare?: Prepare;
  readonly options?: (paths: [string, string]) => Partial<StoreOptions<Mirror>>;
  readonly around?: () => Surroundings;
}

const cases: Readonly<Record<string, Case>> = {
  'a missing file': {
    ...{ kind: 'missing', says: 'second.img: there is no such file' },
    prepare: ([, second]) => fs.unlinkSync(second),
  },
  'two missing files': {
    ...{ kind: 'missing', says: 'first.img: there is no such file' },
    prepare: (paths) => paths.map(fs.unlinkSync),
  },
  'a missing directory': {
    ...{ kind: 'missing', says: 'nowhere/x.img: there is no such file' },
    options: ([first]) => ({ paths: [first, '/nowhere/x.img'] }),
  },
  'a file that is no image': {
    ...{ kind: 'not-an-image', says: 'first.img: this is not a disk image of plimsoll' },
    prepare: ([first]) => fs.writeFileSync(first, 'dear diary'),
  },
  'an empty file': {
    ...{ kind: 'not-an-image', says: 'first.img: this is not a disk image of plimsoll' },
    prepare: ([first]) => fs.writeFileSync(first, ''),
  },
  'a directory': {
    ...{ kind: 'not-an-image', says: 'this is a directory' },
    options: ([first]) => ({ paths: [first, '/'] }),
  },
  'a newer version': {
    ...{ kind: 'newer-version', says: 'format version 2, this program reads 1' },
    prepare: ([first]) => changeByte(first, 8, 2),
  },
  'a damaged header': {
    ...{ kind: 'checksum', says: 'second.img: the checksum of the header is wrong' },
    prepare: ([, second]) => changeByte(second, 30, 0xff),
  },
  'a header cut short': {
    ...{ kind: 'cut-short', says: 'first.img: the image is cut short: 100 of 512 bytes' },
    prepare: ([first]) => fs.truncateSync(first, 100),
  },
  'an image cut short': {
    ...{ kind: 'cut-short', says: 'first.img: the image is cut short: 6143 of 6144 bytes' },
    prepare: ([first]) => fs.truncateSync(first, 6143),
  },
  'an image that has grown': {
    ...{ kind: 'geometry', says: 'first.img: the file has 7000 bytes, its header says 6144' },
    prepare: ([first]) => fs.truncateSync(first, 7000),
  },
  'images of different sizes': {
    ...{ kind: 'sizes-differ', says: '4 blocks of 512 bytes, and 5 blocks of 512 bytes' },
    prepare: async ([, second], folder) => {
      const other = pathsIn(fs.mkdtempSync(join(folder, 'other-')));
      await openStore(
        { paths: other, layer, create: { ...create, blocks: 5 } },
        surroundings(),
      ).then((made) => made.close());
      fs.copyFileSync(other[1], second);
    },
  },
  'images of different stores': {
    ...{ kind: 'other-store', says: 'the images belong to different stores' },
    prepare: ([first]) => changeHeader(first, { store: 'ab'.repeat(16) }),
  },
  'an image of a store with one disk': {
    ...{ kind: 'other-store', says: 'the image is of a store with 1 disk' },
    prepare: ([first]) => changeHeader(first, { disks: 1 }),
  },
  'one path twice': {
    ...{ kind: 'same-file', says: 'this is one file, given twice' },
    options: ([first]) => ({ paths: [first, first] }),
  },
  'one file by a symbolic link': {
    ...{ kind: 'same-file', says: 'this is one file, given twice' },
    prepare: ([first, second]) => {
      fs.unlinkSync(second);
      fs.symlinkSync(first, second);
    },
  },
  'one file by a hard link': {
    ...{ kind: 'same-file', says: 'this is one file, given twice' },
    prepare: ([first, second]) => {
      fs.unlinkSync(second);
      fs.linkSync(first, second);
    },
  },
  'a copy of the other disk': {
    ...{ kind: 'swapped', says: 'second.img: this is disk 0 of its store, given as disk 1' },
    prepare: ([first, second]) => fs.copyFileSync(first, second),
  },
  'disks in the wrong order': {
    ...{ kind: 'swapped', says: 'second.img: this is disk 1 of its store, given as disk 0' },
    options: ([first, second]) => ({ paths: [second, first] }),
  },
  'no permission': {
    ...{ kind: 'permission', says: 'second.img: permission denied' },
    around: () => surroundings(refusing('open', 'second.img', 'EACCES')),
  },
  'a disk that cannot be read': {
    ...{ kind: 'input-output', says: 'first.img: the system answers EIO' },
    around: () => surroundings(refusing('read', 'first.img', 'EIO')),
  },
  'two disks that went on without the other': {
    ...{ kind: 'split', says: 'each disk has gone on without the other' },
    prepare: (paths) => paths.map((path) => changeHeader(path, { alone: true, epoch: 2 })),
  },
  'going on without the disk that is ahead': {
    ...{ kind: 'split', says: 'first.img: this disk has gone on alone; the other one is stale' },
    prepare: ([first]) => changeHeader(first, { alone: true, epoch: 2 }),
    options: () => ({ without: 0 }),
  },
  'creating over a store': {
    ...{ kind: 'exists', says: 'first.img: there is a store already' },
    options: () => ({ create }),
  },
  'creating over half a store': {
    ...{ kind: 'exists', says: 'second.img: there is a store already' },
    prepare: ([first]) => fs.unlinkSync(first),
    options: () => ({ create }),
  },
  'overwriting what is no store': {
    ...{ kind: 'exists', says: 'second.img: there is a file that is no image of ours' },
    prepare: ([, second]) => fs.writeFileSync(second, 'dear diary'),
    options: () => ({ create: { ...create, overwrite: true } }),
  },
  'a full disk while overwriting': {
    ...{ kind: 'no-space', says: 'second.img: no space left' },
    options: () => ({ create: { ...create, overwrite: true } }),
    around: () => surroundings(refusing('write', 'second.img.creating-', 'ENOSPC')),
  },
  'no blocks': {
    ...{ kind: 'geometry', says: 'no disk has 0 × 512 bytes' },
    options: () => ({ create: { ...create, blocks: 0, overwrite: true } }),
  },
  'blocks of an odd size': {
    ...{ kind: 'geometry', says: 'no disk has 4 × 1000 bytes' },
    options: () => ({ create: { blocks: 4, blockSize: 1000, overwrite: true } }),
  },
  'more bytes than can be counted': {
    ...{ kind: 'geometry', says: 'are too many' },
    options: () => ({ create: { blocks: 2 ** 50, blockSize: 4096, overwrite: true } }),
  },
};

function refusing(
  operation: 'open' | 'read' | 'write' | 'link',
  name: string,
  failure: 'EACCES' | 'EIO' | 'ENOSPC',
) {
  return failing(nodeFiles, (what, path) =>
    what === operation && path.includes(name) && !path.includes('.lock.') ? failure : undefined,
  );
}

test.each(Object.entries(cases))('refused: %s', async (_, { kind, says, ...given }) => {
  const folder = directory();
  const paths = await store(folder);
  await given.prepare?.(paths, folder);
  const before = content(folder);
  const options = { paths, layer, ...given.options?.(paths) };
  const error = await refusalOf(() => openStore(options, given.around?.() ?? surroundings()));
  expect(error.kind).toBe(kind);
  expect(error.message).toContain(says);
  expect(error.message).toMatch(/^\S.*: .+\n {2}\S.+$/);
  expect(content(folder)).toEqual(before);
});
