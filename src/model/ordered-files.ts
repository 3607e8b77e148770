import type { Block } from './block.ts';
import { anyBoolean, anyInteger } from './choice.ts';
import { assume, invariant } from './ghost.ts';
import { everyKey, visited } from './maps.ts';

/**
 * A directory of files that reach the medium in the order in which they were changed.
 *
 * A power failure leaves what there was at some moment since the last sync: any moment, also one
 * between two blocks of a write. Every sync, of whatever, makes all durable that was done before.
 */
export class OrderedFiles {
  /** The file of each name: a number that no other file has. */
  entries: Map<string, number>;
  /** What is in each file. */
  files: Map<number, readonly Block[]>;
  /** The same on the medium, which is all that a power failure leaves. */
  keptEntries: Map<string, number>;
  keptFiles: Map<number, readonly Block[]>;
  /** Whether a change has not reached the medium: later ones will not overtake it. */
  behind: boolean;

  constructor() {
    this.entries = new Map();
    this.files = new Map();
    this.keptEntries = new Map();
    this.keptFiles = new Map();
    this.behind = false;
  }

  /** No files. */
  static initial(): OrderedFiles {
    return new OrderedFiles();
  }

  /** A new file with nothing in it; false, and nothing, if the name is taken. */
  create(name: string): boolean {
    if (this.entries.has(name)) return false;
    const file = anyInteger(0, this.entries.size + this.keptEntries.size);
    assume(
      everyKey(this.entries, (each) => this.entries.get(each) !== file) &&
        everyKey(this.keptEntries, (each) => this.keptEntries.get(each) !== file),
      'a new file is none of those there are',
    );
    this.files.set(file, []);
    this.keptFiles.set(file, []);
    this.entries.set(name, file);
    if (this.reaches()) this.keptEntries.set(name, file);
    return true;
  }

  /** Replaces what is at the beginning of a file; false, and nothing, if there is no such file. */
  write(name: string, contents: readonly Block[]): boolean {
    const file = this.entries.get(name);
    if (file === undefined) return false;
    const before = this.files.get(file) ?? [];
    const rest = contents.length < before.length ? before.slice(contents.length) : [];
    const present = [...contents, ...rest];
    const kept = this.keptFiles.get(file) ?? [];
    // Block by block: those before `end` have reached the medium.
    const end = this.behind ? 0 : anyInteger(0, contents.length);
    if (end < contents.length) this.behind = true;
    const left = end < kept.length ? kept.slice(end) : [];
    this.files.set(file, present);
    this.keptFiles.set(file, [...contents.slice(0, end), ...left]);
    return true;
  }

  /** What is in a file; null if there is no such file. */
  read(name: string): readonly Block[] | null {
    const file = this.entries.get(name);
    return file === undefined ? null : (this.files.get(file) ?? []);
  }

  /** Makes durable all that was done; whether there is such a file. */
  sync(name: string): boolean {
    if (!this.entries.has(name)) return false;
    this.syncDirectory();
    return true;
  }

  /** Gives a file another name, and takes it from any other file; whether there was such a file. */
  rename(from: string, to: string): boolean {
    const file = this.entries.get(from);
    if (file === undefined) return false;
    this.entries.delete(from);
    this.entries.set(to, file);
    if (this.reaches()) {
      this.keptEntries.delete(from);
      this.keptEntries.set(to, file);
    }
    return true;
  }

  /** Takes a file out of the directory; whether there was such a file. */
  unlink(name: string): boolean {
    if (!this.entries.delete(name)) return false;
    if (this.reaches()) this.keptEntries.delete(name);
    return true;
  }

  /** The names of all files. */
  list(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const name of this.entries.keys()) {
      invariant(() => everyKey(names, (each) => this.entries.has(each)));
      invariant(() => everyKey(visited(this.entries, name), (each) => names.has(each)));
      names.add(name);
    }
    return names;
  }

  /** Makes durable all that was done. */
  syncDirectory(): void {
    this.keptEntries = new Map(this.entries);
    this.keptFiles = new Map(this.files);
    this.behind = false;
  }

  /** What had reached the medium is left. */
  crash(): void {
    this.entries = new Map(this.keptEntries);
    this.files = new Map(this.keptFiles);
    this.behind = false;
  }

  /** Whether the next change is on the medium now: it is found out when power goes. */
  private reaches(): boolean {
    if (!this.behind && anyBoolean()) return true;
    this.behind = true;
    return false;
  }
}
