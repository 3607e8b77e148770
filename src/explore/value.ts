/**
 * States as values: copied whole, compared by content.
 *
 * Arrays, maps and objects are trees here; that two places hold the same array is not seen.
 * The subset forbids code in which it could matter.
 */
import { type Block, blockOf } from '../model/block.ts';

/** A layer that this explorer cannot look into. */
export class NotExplorable extends Error {
  override readonly name = 'NotExplorable';
}

const depthLimit = 200;
const plain = new WeakSet<object>([Object.prototype]);
const classes = new WeakMap<object, number>();
let classCount = 0;

/** Whether the state of such an object is its fields. Others, such as dates, hide theirs. */
function admit(value: object): void {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || plain.has(prototype)) return;
  if (typeof value === 'function') throw new NotExplorable('a field holds a function');
  const kind = Object.prototype.toString.call(value);
  if (kind !== '[object Object]')
    throw new NotExplorable(`a field holds a ${kind.slice(8, -1)}, which cannot be copied`);
  plain.add(prototype);
}

function deeper(depth: number): number {
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
}

/** The blocks in a value, by content, and the length of its longest array. */
export class Survey {
  readonly blocks = new Map<string, Block>();
  length = 0;

  add(value: unknown, hole?: object): this {
    if (typeof value !== 'object' || value === null || value === hole) return this;
    if (value instanceof Uint8Array) {
      const block = blockOf(value);
      this.blocks.set(keyOf(block), block);
      return this;
    }
    if (Array.isArray(value)) this.length = Math.max(this.length, value.length);
    const inner: Iterable<unknown> =
      value instanceof Map
        ? [...value].flat()
        : Symbol.iterator in value
          ? (value as Iterable<unknown>)
          : Object.values(value);
    for (const item of inner) this.add(item, hole);
    return this;
  }
}

/** `base`, and beside it everything that the surveys met. */
export function widen(base: Sample, surveys: readonly (Survey | undefined)[]): Sample {
  const known = new Set(base.blocks.map((block) => keyOf(block)));
  const more = new Map<string, Block>();
  let length = base.length;
  for (const survey of surveys) {
    if (!survey) continue;
    length = Math.max(length, survey.length);
    for (const [key, block] of survey.blocks) if (!known.has(key)) more.set(key, block);
  }
  if (more.size === 0 && length === base.length) return base;
  const added = [...more].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, block]) => block);
  return { blocks: [...base.blocks, ...added], length };
}
