/**
 * What a power cut may leave of a long recorded run, a share of it at every moment.
 *
 * The record is played once. What is durable is kept as it is; what waits for a sync is kept by
 * location, each with every value that it was given since. At each moment some of the survivors
 * are drawn: at first all lost and all kept, then any mixture. survivors.ts draws all of them.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Entry, Location, Value } from '../recorder.ts';
import type { Tree } from '../survivors.ts';

/** What is left, and what makes it different from everything else that may be left. */
export interface Survivor {
  readonly key: string;
  tree(): Tree;
}

/** A random number below a bound, the same for the same seed. */
export type Draw = (below: number) => number;

export function seeded(seed: number): Draw {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Waiting {
  readonly location: Location;
  readonly values: Value[];
  readonly hashes: bigint[];
}

interface Content {
  bytes: Uint8Array;
  length: number;
}

export class Playback {
  private readonly unit: number;
  private readonly files = new Map<number, Content>();
  private readonly names = new Map<string, number>();
  private readonly hashes = new Map<string, bigint>();
  private hash = 0n;
  private readonly waiting = new Map<string, Waiting>();

  constructor(unit: number) {
    this.unit = unit;
  }

  /** Goes on by one entry of the log. */
  play(entry: Entry): void {
    if (entry.kind === 'set') this.set(entry.location, entry.value);
    else if (entry.kind === 'sync')
      for (const [key, { location, values, hashes }] of this.waiting)
        if (entry.covers(location)) {
          this.apply(this.files, this.names, location, values.at(-1)!);
          this.hash ^= (this.hashes.get(key) ?? 0n) ^ hashes.at(-1)!;
          this.hashes.set(key, hashes.at(-1)!);
          this.waiting.delete(key);
        }
  }

  /** Whether anything may be lost at this moment. */
  get anythingWaits(): boolean {
    return this.waiting.size > 0;
  }

  /** One survivor: 'none' of what waits, 'all' of it, or each location as drawn. */
  survivor(which: 'none' | 'all' | Draw): Survivor {
    let hash = this.hash;
    const chosen: [Location, Value][] = [];
    for (const [key, { location, values, hashes }] of this.waiting) {
      const count = values.length;
      const pick = which === 'none' ? 0 : which === 'all' ? count : which(count + 1);
      if (pick === 0) continue;
      hash ^= (this.hashes.get(key) ?? 0n) ^ hashes[pick - 1]!;
      chosen.push([location, values[pick - 1]!]);
    }
    return { key: hash.toString(36), tree: () => this.tree(chosen) };
  }

  private set(location: Location, value: Value): void {
    const key = `${location.kind} ${location.of} ${location.unit}`;
    const found = this.waiting.get(key);
    const hash = hashOf(key, value);
    if (found) {
      found.values.push(value);
      found.hashes.push(hash);
    } else this.waiting.set(key, { location, values: [value], hashes: [hash] });
  }

  private apply(
    files: Map<number, Content>,
    names: Map<string, number>,
    { kind, of, unit }: Location,
    value: Value,
  ): void {
    if (kind === 'name') {
      if (value === null) names.delete(of as string);
      else names.set(of as string, value as number);
      return;
    }
    const file = contentOf(files, of as number);
    if (kind === 'size') file.length = value as number;
    else put(file, value as Uint8Array, unit * this.unit);
  }

  private tree(chosen: readonly [Location, Value][]): Tree {
    const names = new Map(this.names);
    for (const [location, value] of chosen)
      if (location.kind === 'name') this.apply(this.files, names, location, value);
    const copies = new Map<number, Content>();
    for (const file of names.values()) {
      const { bytes, length } = contentOf(this.files, file);
      copies.set(file, { bytes: bytes.slice(), length });
    }
    for (const [location, value] of chosen)
      if (location.kind !== 'name' && copies.has(location.of as number))
        this.apply(copies, names, location, value);
    const tree = new Map<string, Uint8Array>();
    for (const [path, file] of names) {
      const { bytes, length } = copies.get(file)!;
      const content = bytes.length === length ? bytes : new Uint8Array(length);
      if (content !== bytes) content.set(bytes.subarray(0, length));
      tree.set(basename(path), content);
    }
    return tree;
  }
}

function contentOf(files: Map<number, Content>, file: number): Content {
  const found = files.get(file) ?? { bytes: new Uint8Array(0), length: 0 };
  files.set(file, found);
  return found;
}

/** Beyond its size a file may hold content: it is seen when the size survives, too. */
function put(file: Content, value: Uint8Array, at: number): void {
  const end = at + value.length;
  if (end > file.bytes.length) {
    const longer = new Uint8Array(end);
    longer.set(file.bytes);
    file.bytes = longer;
  }
  file.bytes.set(value, at);
}

function hashOf(key: string, value: Value): bigint {
  const hash = createHash('md5').update(key);
  if (value instanceof Uint8Array) hash.update(value);
  else hash.update(`${value}`);
  return hash.digest().readBigUInt64LE();
}
