/** The promise: a map that survives, with room for so many entries. */
import { anyBlocks, requires, type u32 } from 'plimsoll/model';

export class KeyValue {
  entries: Map<u32, u32>;
  readonly room: number;

  constructor(room: number) {
    this.entries = new Map();
    this.room = room;
  }

  static initial(): KeyValue {
    return new KeyValue(anyBlocks().length);
  }

  get(key: u32): u32 | undefined {
    return this.entries.get(key);
  }

  /** False, and nothing, for a new key when there is no room. */
  set(key: u32, value: u32): boolean {
    if (!this.entries.has(key) && this.entries.size >= this.room) return false;
    this.entries.set(key, value);
    return true;
  }

  /** Whether there was something to delete. */
  delete(key: u32): boolean {
    return this.entries.delete(key);
  }

  size(): number {
    return this.entries.size;
  }

  crash(): void {}
}

export interface Entry {
  readonly key: u32;
  readonly value: u32;
}

/**
 * What is trusted: a block that holds a list of entries, and is written as a whole. In one that
 * was never written there are none.
 */
export class Page {
  entries: readonly Entry[];
  readonly room: number;

  constructor(room: number) {
    this.entries = [];
    this.room = room;
  }

  static initial(): Page {
    return new Page(anyBlocks().length);
  }

  read(): readonly Entry[] {
    return [...this.entries];
  }

  write(entries: readonly Entry[]): void {
    requires(entries.length <= this.room);
    this.entries = [...entries];
  }

  /** How many entries there is room for. */
  capacity(): number {
    return this.room;
  }

  crash(): void {}
}
