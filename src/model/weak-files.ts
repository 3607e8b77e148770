import type { Block } from './block.ts';
import { anyBlocks, anyBoolean, anyInteger } from './choice.ts';
import { assume, invariant } from './ghost.ts';
import { everyKey, visited } from './maps.ts';
import { mayHaveReached } from './survival.ts';

/**
 * A directory of files, as POSIX has them at their weakest.
 *
 * Names and contents reach the medium each on its own: what is in a file with `sync` of it at the
 * latest, under which name it is found with `syncDirectory`. Until then a change may be there or
 * not: survival.ts says what of it. Renaming is atomic, also when power goes.
 */
export class WeakFiles {
  /** The file of each name: a number that no other file has. */
  entries: Map<string, number>;
  /** What is in each file. */
  files: Map<number, readonly Block[]>;
  /** The same on the medium, which is all that a power failure leaves. */
  keptEntries: Map<string, number>;
  keptFiles: Map<number, readonly Block[]>;
  /** The names of which a change has not reached the medium: later ones will not overtake it. */
  behind: Set<string>;

  constructor() {
    this.entries = new Map();
    this.files = new Map();
    this.keptEntries = new Map();
    this.keptFiles = new Map();
    this.behind = new Set();
  }

  /** No files. */
  static initial(): WeakFiles {
    return new WeakFiles();
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
    if (this.reaches(name, name)) this.keptEntries.set(name, file);
    return true;
  }

  /** Replaces what is at the beginning of a file; false, and nothing, if there is no such file. */
  write(name: string, contents: readonly Block[]): boolean {
    const file = this.entries.get(name);
    if (file === undefined) return false;
    const before = this.files.get(file) ?? [];
    const rest = contents.length < before.length ? before.slice(contents.length) : [];
    const present = [...contents, ...rest];
    const left = anyBlocks();
    assume(
      mayHaveReached(left, this.keptFiles.get(file) ?? [], present),
      'a block of a file is never torn',
    );
    this.files.set(file, present);
    this.keptFiles.set(file, left);
    return true;
  }

  /** What is in a file; null if there is no such file. */
  read(name: string): readonly Block[] | null {
    const file = this.entries.get(name);
    return file === undefined ? null : (this.files.get(file) ?? []);
  }

  /** Makes durable what is in a file, and not its name; whether there is such a file. */
  sync(name: string): boolean {
    const file = this.entries.get(name);
    if (file === undefined) return false;
    this.keptFiles.set(file, this.files.get(file) ?? []);
    return true;
  }

  /** Gives a file another name, and takes it from any other file; whether there was such a file. */
  rename(from: string, to: string): boolean {
    const file = this.entries.get(from);
    if (file === undefined) return false;
    this.entries.delete(from);
    this.entries.set(to, file);
    if (this.reaches(from, to)) {
      this.keptEntries.delete(from);
      this.keptEntries.set(to, file);
    }
    return true;
  }

  /** Takes a file out of the directory; whether there was such a file. */
  unlink(name: string): boolean {
    if (!this.entries.delete(name)) return false;
    if (this.reaches(name, name)) this.keptEntries.delete(name);
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

  /** Makes durable which names there are, and of which files; not what is in them. */
  syncDirectory(): void {
    this.keptEntries = new Map(this.entries);
    this.behind.clear();
  }

  /** What had reached the medium is left. */
  crash(): void {
    this.entries = new Map(this.keptEntries);
    this.files = new Map(this.keptFiles);
    this.behind.clear();
  }

  /** Whether a change of these names is on the medium now: it is found out when power goes. */
  private reaches(one: string, other: string): boolean {
    if (!this.behind.has(one) && !this.behind.has(other) && anyBoolean()) return true;
    this.behind.add(one);
    this.behind.add(other);
    return false;
  }
}
