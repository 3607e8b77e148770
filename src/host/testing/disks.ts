/** A second boot, blocks, disks that fail: what needs no test runner. */
import { join } from 'node:path';
import { type Block, blockOf, bytesOf } from '../../model/index.ts';
import { type Files, type Handle, nodeFiles } from '../files.ts';
import type { Surroundings } from '../owner.ts';

export function pathsIn(folder: string): [string, string] {
  return [join(folder, 'first.img'), join(folder, 'second.img')];
}

/** A process of its own boot: what another boot has locked is stale to it. */
export function surroundings(
  files: Files = nodeFiles,
  { boot = 1, process = 1 } = {},
): Surroundings {
  let identities = 0;
  return {
    files,
    self: { machine: 'test', boot: `${boot}`, namespace: '1', process, started: '1' },
    isAlive: (owner) => owner.boot === `${boot}`,
    newIdentity: () => `${boot}${identities++}`.padStart(32, '0'),
  };
}

/** A block that holds a number; with `length` bytes, all of them tell. */
export function block(value: number, length = 1): Block {
  return blockOf(new Uint8Array(length).fill(value));
}

/** The number a block holds; NaN for one that is neither zero nor made by `block`. */
export function numberIn(content: Block, length = 1): number {
  const bytes = bytesOf(content);
  const value = bytes[0] ?? 0;
  const whole = bytes.length === (value === 0 ? 0 : length);
  return whole && bytes.every((byte) => byte === value) ? value : Number.NaN;
}

export type Operation = 'read' | 'write' | 'sync' | 'status' | 'open' | 'create' | 'link';
/** The code of an error; `nothing`: no byte is transferred; `some`: one byte, then EIO. */
export type Failure = 'EIO' | 'ENOSPC' | 'EACCES' | 'nothing' | 'some';
export type Failing = (operation: Operation, path: string) => Failure | undefined;

/** Files of which some fail. */
export function failing(files: Files, fails: Failing): Files {
  const paths = new Map<Handle, string>();
  const refuse = (operation: Operation, path: string): Failure | undefined => {
    const failure = fails(operation, path);
    if (failure === undefined || failure === 'nothing' || failure === 'some') return failure;
    throw Object.assign(new Error(failure), { errno: -1, code: failure });
  };
  const opened = (path: string, file: Handle) => {
    paths.set(file, path);
    return file;
  };
  const moved = (operation: 'read' | 'write', file: Handle, bytes: Uint8Array, at: number) => {
    const path = paths.get(file)!;
    const failure = refuse(operation, path);
    if (failure === 'nothing') return 0;
    return files[operation](file, failure === 'some' ? bytes.subarray(0, 1) : bytes, at);
  };
  return {
    open(path) {
      refuse('open', path);
      return opened(path, files.open(path));
    },
    create(path) {
      refuse('create', path);
      return opened(path, files.create(path));
    },
    close: (file) => files.close(file),
    status(file) {
      refuse('status', paths.get(file)!);
      return files.status(file);
    },
    read: (file, into, at) => moved('read', file, into, at),
    write: (file, bytes, at) => moved('write', file, bytes, at),
    sync(file, reason) {
      refuse('sync', paths.get(file)!);
      files.sync(file, reason);
    },
    syncDirectory: (path, reason) => files.syncDirectory(path, reason),
    link(from, to) {
      refuse('link', to);
      files.link(from, to);
    },
    unlink: (path) => files.unlink(path),
    list: (path) => files.list(path),
    realPath: (path) => files.realPath(path),
    text: (path) => files.text(path),
    readLink: (path) => files.readLink(path),
  };
}
