/**
 * The lowest boundary: everything the hosts ask of the operating system about files.
 *
 * No other file of the project's hosts touches `node:fs`. Tests put a recorder or a failing disk
 * in its place (recorder.ts), so what is listed here is all that a power cut can hit.
 */
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

/** Why each sync is there. A test leaves out one after the other and sees data lost. */
export const syncs = [
  'content of a new image',
  'names of new images',
  'what an earlier process wrote',
  'a block',
  'what was written',
  'the store is initialised',
  'the other disk is dead',
  'an epoch mark',
  'the disks agree again',
] as const;
export type Sync = (typeof syncs)[number];

export type Handle = number;

export interface Status {
  readonly size: number;
  /** How many names the file has; 0 when it was removed. */
  readonly links: number;
  readonly regular: boolean;
  /** The same for two paths exactly when they are one file. */
  readonly identity: string;
}

export interface Files {
  /** Opens a file that is there, to read and write it. */
  open(path: string): Handle;
  /** Makes a file, which must not be there yet. */
  create(path: string): Handle;
  close(file: Handle): void;
  status(file: Handle): Status;
  /** How many bytes were read: perhaps fewer than asked for, 0 at the end of the file. */
  read(file: Handle, into: Uint8Array, at: number): number;
  /** How many bytes were written: perhaps fewer than asked for. */
  write(file: Handle, bytes: Uint8Array, at: number): number;
  /** Makes content and size of a file durable. */
  sync(file: Handle, reason: Sync): void;
  /** Makes the names in a directory durable. */
  syncDirectory(path: string, reason: Sync): void;
  /** Gives a file a second name, which must not be there yet. */
  link(from: string, to: string): void;
  unlink(path: string): void;
  list(directory: string): readonly string[];
  /** The path without symbolic links. */
  realPath(path: string): string;
  /** A small text, such as the kernel offers under /proc. */
  text(path: string): string;
  /** What a symbolic link says. */
  readLink(path: string): string;
}

/** The real ones. */
export const nodeFiles: Files = {
  open: (path) => openSync(path, constants.O_RDWR),
  create: (path) => openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o644),
  close: closeSync,
  status(file) {
    const found = fstatSync(file, { bigint: true });
    return {
      size: Number(found.size),
      links: Number(found.nlink),
      regular: found.isFile(),
      identity: `${found.dev}:${found.ino}`,
    };
  },
  read: (file, into, at) => readSync(file, into, 0, into.length, at),
  write: (file, bytes, at) => writeSync(file, bytes, 0, bytes.length, at),
  sync: (file) => fdatasyncSync(file),
  syncDirectory(path) {
    const directory = openSync(path, constants.O_RDONLY);
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  },
  link: linkSync,
  unlink: unlinkSync,
  list: (directory) => readdirSync(directory),
  realPath: (path) => realpathSync(path),
  text: (path) => readFileSync(path, 'utf8'),
  readLink: (path) => readlinkSync(path),
};

/** For those who need a place of their own; no host does. */
export function makeDirectory(path: string): void {
  mkdirSync(path);
}

/** Fills `into` from the file; false when the file ends before that. */
export function readFully(files: Files, file: Handle, into: Uint8Array, at: number): boolean {
  let done = 0;
  while (done < into.length) {
    const count = files.read(file, into.subarray(done), at + done);
    if (count === 0) return false;
    done += count;
  }
  return true;
}

/** Writes all of `bytes`; false when the system stops taking any. */
export function writeFully(files: Files, file: Handle, bytes: Uint8Array, at: number): boolean {
  let done = 0;
  while (done < bytes.length) {
    const count = files.write(file, bytes.subarray(done), at + done);
    if (count === 0) return false;
    done += count;
  }
  return true;
}
