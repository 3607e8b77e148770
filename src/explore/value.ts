/**
 * States as values: copied whole, compared by content.
 *
 * Arrays, maps and objects are trees here; that two places hold the same array is not seen.
 * The subset forbids code in which it could matter.
 */
import { type Block, blockOf } from '../model/block.ts';
import type { Meter } from './meter.ts';

const plainly = 'keep numbers, texts, blocks, lists, maps and records in fields, and nothing else';

/** A layer that this explorer cannot look into. */
export class NotExplorable extends Error {
  override readonly name = 'NotExplorable';
  readonly remedy: string;

  constructor(why: string, remedy = plainly) {
    super(why);
    this.remedy = remedy;
  }
}

const depthLimit = 200;
const plain = new WeakSet<object>([Object.prototype]);
const classes = new WeakMap<object, number>();
let classCount = 0;

/** Whether the state of such an object is its fields. Others, such as dates, hide theirs. */
export function admit(value: object): void {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || plain.has(prototype)) return;
  if (typeof value === 'function') throw new NotExplorable('a field holds a function');
  const kind = Object.prototype.toString.call(value);
  if (kind !== '[object Object]')
    throw new NotExplorable(`a field holds a ${kind.slice(8, -1)}, which cannot be copied`);
  for (let at = prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    refuseHidden(at.constructor);
  plain.add(prototype);
}

/** Fields named with # are out of reach of everything but their class. */
function refuseHidden(part: { readonly name: string }): void {
  const source = Function.prototype.toString.call(part);
  const [found] = /\.#[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(source) ?? [];
  if (found)
    throw new NotExplorable(
      `${part.name} keeps state in ${found.slice(1)}, which cannot be read from outside`,
      `declare it private instead: private ${found.slice(2)}`,
    );
}

/** One level further down, if that is possible. */
export function deeper(depth: number): number {
  if (depth > depthLimit) throw new NotExplorable('a value contains itself');
  return depth + 1;
}

/** A copy that shares nothing; the object `from` in it becomes `to`. */
export function copy<T>(value: T, from?: object, to?: object): T {
  return copyAny(value, from, to, 0) as T;
}

function copyAny(value: unknown, from: object | undefined, to: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function') admit(value);
    return value;
  }
  if (value === from) return to;
  const below = deeper(depth);
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return value.map((item) => copyAny(item, from, to, below));
  if (value instanceof Map)
    return new Map([...value].map((pair) => copyAny(pair, from, to, below) as [unknown, unknown]));
  if (value instanceof Set)
    return new Set([...value].map((item) => copyAny(item, from, to, below)));
  admit(value);
  const result = Object.create(Object.getPrototypeOf(value)) as Record<string, unknown>;
  const source = value as Record<string, unknown>;
  for (const name of Object.keys(source)) result[name] = copyAny(source[name], from, to, below);
  return result;
}

/** A text that is the same for equal values and for no others; `hole` stands for itself. */
export function keyOf(value: unknown, hole?: object): string {
  return keyAny(value, hole, 0);
}

/** The same for what somebody is given: the order of a map's entries is not promised. */
export function contentKey(value: unknown): string {
  if (!(value instanceof Map) && !(value instanceof Set)) return keyOf(value);
  const entries = [...value].map((entry: unknown) => keyOf(entry)).sort();
  return `${value instanceof Map ? 'M' : 'S'}${entries.join()};`;
}

function keyAny(value: unknown, hole: object | undefined, depth: number): string {
  if (value === null) return '_';
  switch (typeof value) {
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 't' : 'f';
    case 'undefined':
      return 'u';
    case 'bigint':
      return `${value}n`;
    case 'string':
      return JSON.stringify(value);
    case 'object':
      return value === hole ? '@' : keyObject(value as object, hole, deeper(depth));
    default:
      throw new NotExplorable(`a field holds a ${typeof value}`);
  }
}

function keyObject(value: object, hole: object | undefined, depth: number): string {
  const list = (items: readonly unknown[]) => {
    let text = '';
    for (const item of items) text += `${keyAny(item, hole, depth)},`;
    return text;
  };
  if (value instanceof Uint8Array) return `x${value.length}:${String.fromCharCode(...value)}`;
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (value instanceof Map) return `M${list([...value].flat())};`;
  if (value instanceof Set) return `S${list([...value])};`;
  admit(value);
  const fields = value as Record<string, unknown>;
  let text = `${classTag(value)}{`;
  for (const name of Object.keys(fields).sort())
    text += `${name}:${keyAny(fields[name], hole, depth)},`;
  return `${text}}`;
}

/** A number for each class; nothing for plain records. */
export function classTag(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return '';
  const tag = classes.get(prototype) ?? ++classCount;
  classes.set(prototype, tag);
  return `#${tag}`;
}

/** What a machine may choose from. */
export interface Sample {
  readonly blocks: readonly Block[];
  readonly length: number;
  /** Hears of everything that is tried with it. */
  readonly meter?: Meter | undefined;
}

/** What a value holds beyond a sample: other blocks, by content, and longer arrays. */
export interface Beyond {
  readonly blocks: ReadonlyMap<string, Block>;
  readonly length: number;
}

/** Finds out what a promise has to choose from to keep up with given values. */
export class Sampler {
  readonly base: Sample;
  private readonly known: ReadonlySet<string>;
  private readonly widened = new Map<string, Sample>();
  /** What most values hold is what others held: then there is one object for it. */
  private readonly beyonds = new Map<string, Beyond>();
  private readonly alone = new Map<Beyond, Sample>();

  constructor(base: Sample) {
    this.base = base;
    this.known = new Set(base.blocks.map((block) => keyOf(block)));
  }

  /** What the values hold beyond the base; undefined if nothing. */
  beyond(...values: readonly unknown[]): Beyond | undefined {
    const found = nothing();
    for (const value of values) gather(value, this.known, found);
    const more = found.blocks.size > 0 || found.length > this.base.length;
    return more ? this.one(found) : undefined;
  }

  private one(found: Beyond): Beyond {
    const key = `${keyOf([...found.blocks.keys()].sort())}${found.length}`;
    const known = this.beyonds.get(key) ?? found;
    this.beyonds.set(key, known);
    return known;
  }

  /** The base, and everything beyond it. The same answer for the same content. */
  widen(...parts: readonly (Beyond | undefined)[]): Sample {
    const different = [...new Set(parts)].filter((part) => part !== undefined);
    const [one] = different;
    if (!one) return this.base;
    if (different.length > 1) return this.wider(different);
    const known = this.alone.get(one) ?? this.wider(different);
    this.alone.set(one, known);
    return known;
  }

  private wider(parts: readonly Beyond[]): Sample {
    const blocks = new Map(parts.flatMap((part) => [...part.blocks]));
    const length = Math.max(this.base.length, ...parts.map((part) => part.length));
    const keys = [...blocks.keys()].sort();
    const key = `${keyOf(keys)}${length}`;
    const known = this.widened.get(key);
    if (known) return known;
    const added = keys.map((each) => blocks.get(each)!);
    const { meter } = this.base;
    const sample = { blocks: [...this.base.blocks, ...added], length, meter };
    this.widened.set(key, sample);
    return sample;
  }
}

interface Found {
  readonly blocks: Map<string, Block>;
  /** The longest array of anything, and the longest of blocks. */
  length: number;
  row: number;
}

const nothing = (): Found => ({ blocks: new Map(), length: 0, row: 0 });

/** The blocks of a value that are not known yet, and how long its arrays are. */
export function gather(
  value: unknown,
  known: { has(key: string): boolean },
  found = nothing(),
): Found {
  if (typeof value !== 'object' || value === null) return found;
  if (value instanceof Uint8Array) {
    const block = blockOf(value);
    const key = keyOf(block);
    if (!known.has(key)) found.blocks.set(key, block);
    return found;
  }
  if (Array.isArray(value)) {
    found.length = Math.max(found.length, value.length);
    if (value[0] instanceof Uint8Array) found.row = Math.max(found.row, value.length);
  }
  for (const item of inside(value)) gather(item, known, found);
  return found;
}

/** Whether there is any block in it. */
export function holdsBlock(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Uint8Array || [...inside(value)].some(holdsBlock);
}

function inside(value: object): Iterable<unknown> {
  if (value instanceof Map) return [...value].flat();
  return value instanceof Set || Array.isArray(value) ? value : Object.values(value);
}
