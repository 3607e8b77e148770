/**
 * New images. Power may go at any moment: then either none of the store is there, or images that
 * say of themselves that they hold nothing yet, and creating again replaces them.
 *
 * Each image is written under another name and made durable before it gets its own. The name is
 * given by `link`, which fails where there is a file: nothing is ever overwritten by accident,
 * not even what another program puts there in the meantime.
 */
import { basename, dirname, join } from 'node:path';
import { type Files, type Handle, readFully, writeFully } from './files.ts';
import { encodeHeader, type Header, headerSize, imageSize, isImage } from './header.ts';
import { HostError, refusing, systemCode } from './host-error.ts';
import { openImage } from './image.ts';
import type { Surroundings } from './owner.ts';

export interface Geometry {
  readonly blocks: number;
  /** 512, 1024, 2048 or 4096 bytes: no disk promises more to be written whole or not at all. */
  readonly blockSize: number;
}

/** What a store is to be, beside its size. */
export interface Purpose {
  readonly cached?: boolean;
  readonly holds?: string;
}

export interface Creation extends Geometry {
  /** Whether the images of a store that is there may be replaced. */
  readonly overwrite?: boolean;
}

const blockSizes = [512, 1024, 2048, 4096];
const temporary = '.creating-';
const chunk = 1 << 20;

/** Creates the images of one store. The caller holds the lock of every path. */
export function createImages(
  paths: readonly string[],
  creation: Creation,
  around: Surroundings,
  purpose: Purpose = {},
): void {
  const { files } = around;
  refuseGeometry(creation, paths.join(', '));
  const existing = paths.filter((path) => mayReplace(path, creation.overwrite ?? false, files));
  for (const path of paths) removeLeftovers(path, files);
  const store = around.newIdentity();
  const names = paths.map((path) => `${path}${temporary}${store}`);
  try {
    paths.forEach((path, disk) => {
      const header = firstHeader(creation, { store, disk, disks: paths.length }, purpose);
      refusing(path, () => writeImage(names[disk]!, header, files));
    });
    // What was there goes only now: a full disk has cost nothing so far.
    for (const path of existing) refusing(path, () => files.unlink(path));
    paths.forEach((path, disk) => {
      refusing(path, () => files.link(names[disk]!, path));
    });
  } finally {
    for (const name of names) removeQuietly(name, files);
  }
  syncNames(paths, files);
}

function syncNames(paths: readonly string[], files: Files): void {
  for (const directory of new Set(paths.map((path) => dirname(path))))
    refusing(directory, () => files.syncDirectory(directory, 'names of new images'));
}

/** Writes an image of zeros in the place of a disk that is dead; it is behind, to be repaired. */
export function createReplacement(
  path: string,
  current: Header,
  overwrite: boolean,
  { files, newIdentity }: Surroundings,
): void {
  const existing = mayReplace(path, overwrite, files);
  removeLeftovers(path, files);
  const name = `${path}${temporary}${newIdentity()}`;
  const nothingYet = { initialised: false, alone: false, epoch: 0, lineage: [] };
  const header = { ...current, disk: 1 - current.disk, ...nothingYet };
  try {
    refusing(path, () => writeImage(name, header, files));
    if (existing) refusing(path, () => files.unlink(path));
    refusing(path, () => files.link(name, path));
  } finally {
    removeQuietly(name, files);
  }
  syncNames([path], files);
}

function firstHeader(
  { blocks, blockSize }: Geometry,
  place: Pick<Header, 'store' | 'disk' | 'disks'>,
  { cached = false, holds = '' }: Purpose,
): Header {
  const nothingYet = { initialised: false, alone: false, epoch: 1, lineage: [] };
  return { ...place, blocks, blockSize, cached, holds, ...nothingYet };
}

/** Zeros are written, not left as a hole: a lack of space is to be met now. */
function writeImage(path: string, header: Header, files: Files): void {
  const file = files.create(path);
  try {
    const size = imageSize(header);
    for (let at = 0; at < size; at += chunk)
      write(path, files, file, new Uint8Array(Math.min(chunk, size - at)), at);
    write(path, files, file, encodeHeader(header), 0);
    files.sync(file, 'content of a new image');
  } finally {
    files.close(file);
  }
}

function write(path: string, files: Files, file: Handle, bytes: Uint8Array, at: number): void {
  if (!writeFully(files, file, bytes, at))
    throw new HostError('input-output', path, 'the system takes no more bytes', 'check the disk');
}

/** Whether there is an image to replace; a refusal if it may hold something. */
function mayReplace(path: string, overwrite: boolean, files: Files): boolean {
  const found = refusing(path, () => firstBytes(path, files));
  if (found === undefined) return false;
  if (!isImage(found)) {
    const remedy = 'it is never overwritten: remove it by hand, or choose another path';
    throw new HostError('exists', path, 'there is a file that is no image of ours', remedy);
  }
  if (overwrite || holdsNothing(path, files)) return true;
  const remedy = 'open it instead, or ask for it to be overwritten';
  throw new HostError('exists', path, 'there is a store already', remedy);
}

function firstBytes(path: string, files: Files): Uint8Array | undefined {
  let file: Handle;
  try {
    file = files.open(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const bytes = new Uint8Array(Math.min(headerSize, files.status(file).size));
    readFully(files, file, bytes, 0);
    return bytes;
  } finally {
    files.close(file);
  }
}

/** What a creation that was cut short leaves: nobody was ever told that it exists. */
function holdsNothing(path: string, files: Files): boolean {
  try {
    const image = openImage(path, files);
    image.close();
    return !image.header.initialised && !image.header.alone;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function removeLeftovers(path: string, files: Files): void {
  const prefix = `${basename(path)}${temporary}`;
  const names = refusing(path, () => files.list(dirname(path)));
  for (const name of names)
    if (name.startsWith(prefix)) removeQuietly(join(dirname(path), name), files);
}

/** For files that mean nothing: what stays of them is cleared away by the next creation. */
function removeQuietly(path: string, files: Files): void {
  try {
    files.unlink(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

function refuseGeometry({ blocks, blockSize }: Geometry, place: string): void {
  const size = imageSize({ blocks, blockSize });
  const remedy = `take at least one block, of ${blockSizes.join(', ')} bytes`;
  if (!Number.isInteger(blocks) || blocks < 1 || !blockSizes.includes(blockSize))
    throw new HostError('geometry', place, `no disk has ${blocks} × ${blockSize} bytes`, remedy);
  if (!Number.isSafeInteger(size))
    throw new HostError('geometry', place, `${size} bytes are too many`, 'take fewer blocks');
}
