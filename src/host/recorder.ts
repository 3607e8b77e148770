/**
 * Records what is written and synced, so that a power cut can be played through.
 *
 * Everything goes to other files as well; what a cut could leave of it is computed from the
 * record alone (survivors.ts). The record speaks of locations, each with its own history:
 *
 *   data   one unit of a file: what is never torn
 *   size   how long a file is
 *   name   which file a name stands for
 */
import { dirname } from 'node:path';
import type { Files, Handle, Status, Sync } from './files.ts';

/** The content of a unit, a size, the number of a file; `null`: nothing. */
export type Value = Uint8Array | number | null;

export interface Location {
  readonly kind: 'data' | 'size' | 'name';
  /** The number of the file; for a name its whole path. */
  readonly of: number | string;
  readonly unit: number;
}

export type Entry =
  | { readonly kind: 'set'; readonly location: Location; readonly value: Value }
  /** What was set of these locations before is durable now. */
  | { readonly kind: 'sync'; readonly covers: (location: Location) => boolean }
  /** Something the outside world was told, or has asked for. */
  | { readonly kind: 'mark'; readonly text: string };

export interface RecorderOptions {
  /** How many bytes are never torn. */
  readonly unit: number;
  /** A sync that does nothing. */
  readonly ignore?: Sync | undefined;
}

interface Tracked {
  readonly number: number;
  /** With room to grow. */
  content: Uint8Array;
  length: number;
}

export class Recorder implements Files {
  readonly log: Entry[] = [];
  /** Which syncs were asked for, ignored or not, and how often. */
  readonly asked = new Map<Sync, number>();
  readonly unit: number;
  private readonly inner: Files;
  private readonly ignore: Sync | undefined;
  private readonly names = new Map<string, Tracked>();
  private readonly open_ = new Map<Handle, Tracked>();
  private files = 0;

  constructor(inner: Files, { unit, ignore }: RecorderOptions) {
    this.inner = inner;
    this.unit = unit;
    this.ignore = ignore;
  }

  /** Takes down that the outside world was told `text`. */
  mark(text: string): void {
    this.log.push({ kind: 'mark', text });
  }

  /** Takes the files of a directory for durable as they are: a machine that has just booted. */
  adopt(directory: string): void {
    for (const name of this.list(directory)) this.close(this.open(`${directory}/${name}`));
  }

  open(path: string): Handle {
    const file = this.inner.open(path);
    this.open_.set(file, this.known(path, file));
    return file;
  }

  create(path: string): Handle {
    const file = this.inner.create(path);
    const tracked = { number: this.files++, content: new Uint8Array(0), length: 0 };
    this.name(path, tracked);
    this.open_.set(file, tracked);
    return file;
  }

  close(file: Handle): void {
    this.open_.delete(file);
    this.inner.close(file);
  }

  status(file: Handle): Status {
    return this.inner.status(file);
  }

  read(file: Handle, into: Uint8Array, at: number): number {
    return this.inner.read(file, into, at);
  }

  write(file: Handle, bytes: Uint8Array, at: number): number {
    const count = this.inner.write(file, bytes, at);
    this.changed(this.open_.get(file)!, bytes.subarray(0, count), at);
    return count;
  }

  sync(file: Handle, reason: Sync): void {
    const { number } = this.open_.get(file)!;
    this.synced(reason, ({ kind, of }) => kind !== 'name' && of === number);
    this.inner.sync(file, reason);
  }

  syncDirectory(path: string, reason: Sync): void {
    this.synced(reason, ({ kind, of }) => kind === 'name' && dirname(`${of}`) === path);
    this.inner.syncDirectory(path, reason);
  }

  link(from: string, to: string): void {
    this.inner.link(from, to);
    this.name(to, this.names.get(from)!);
  }

  unlink(path: string): void {
    this.inner.unlink(path);
    this.name(path, null);
  }

  list(directory: string): readonly string[] {
    return this.inner.list(directory);
  }

  realPath(path: string): string {
    return this.inner.realPath(path);
  }

  text(path: string): string {
    return this.inner.text(path);
  }

  readLink(path: string): string {
    return this.inner.readLink(path);
  }

  private synced(reason: Sync, covers: (location: Location) => boolean): void {
    this.asked.set(reason, (this.asked.get(reason) ?? 0) + 1);
    if (reason !== this.ignore) this.log.push({ kind: 'sync', covers });
  }

  private name(path: string, tracked: Tracked | null): void {
    if (tracked) this.names.set(path, tracked);
    else this.names.delete(path);
    this.set({ kind: 'name', of: path, unit: 0 }, tracked?.number ?? null);
  }

  private set(location: Location, value: Value): void {
    this.log.push({ kind: 'set', location, value });
  }

  /** Each unit and each step of the size is an event of its own. */
  private changed(tracked: Tracked, bytes: Uint8Array, at: number): void {
    const end = at + bytes.length;
    const { number: of, length } = tracked;
    reserve(tracked, end);
    for (let unit = Math.floor(at / this.unit); unit * this.unit < end; unit++) {
      const begin = unit * this.unit;
      const to = Math.min(begin + this.unit, tracked.length);
      const [from, until] = [Math.max(begin, at), Math.min(begin + this.unit, end)];
      const into = tracked.content.subarray(from, until);
      const given = bytes.subarray(from - at, until - at);
      if (Buffer.compare(into, given) !== 0) {
        into.set(given);
        this.set({ kind: 'data', of, unit }, tracked.content.slice(begin, to));
      }
      if (to > length) this.set({ kind: 'size', of, unit: 0 }, to);
    }
  }

  /** A file that was there before the record began is durable as it was found. */
  private known(path: string, file: Handle): Tracked {
    const found = this.names.get(path);
    if (found) return found;
    const tracked = { number: this.files++, content: new Uint8Array(0), length: 0 };
    const content = new Uint8Array(this.inner.status(file).size);
    this.inner.read(file, content, 0);
    this.name(path, tracked);
    this.changed(tracked, content, 0);
    this.log.push({ kind: 'sync', covers: ({ of }) => of === path || of === tracked.number });
    return tracked;
  }
}

/** Makes a file at least `end` bytes long; what is missing reads as zeros. */
function reserve(tracked: Tracked, end: number): void {
  if (end <= tracked.length) return;
  if (end > tracked.content.length) {
    const larger = new Uint8Array(Math.max(end, 2 * tracked.content.length));
    larger.set(tracked.content);
    tracked.content = larger;
  }
  tracked.length = end;
}
