/**
 * Concrete values of the intermediate representation.
 *
 * Every integer is a bigint; the type says which range it must be in. All values are immutable,
 * except that the object whose method runs has fields that change.
 */
import type { ClassKey, Range, Type } from '../ir.ts';

export type Value =
  | boolean
  | bigint
  | string
  | null
  | undefined
  | Uint8Array
  | BlockValue
  | ObjectValue
  | ArrayValue
  | MapValue
  | RecordValue;

export interface ArrayValue extends ReadonlyArray<Value> {}

export interface RecordValue {
  readonly [field: string]: Value;
}

/** The entries of a map in their order; of a set, each key with itself. Never changed in place. */
export class MapValue {
  private readonly entries: ReadonlyMap<string, readonly [Value, Value]>;

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    const all = new Map<string, readonly [Value, Value]>();
    for (const [key, value] of entries) all.set(keyText(key), [key, value]);
    this.entries = all;
  }

  get size(): number {
    return this.entries.size;
  }

  has(key: Value): boolean {
    return this.entries.has(keyText(key));
  }

  get(key: Value): Value {
    return this.entries.get(keyText(key))?.[1];
  }

  keys(): readonly Value[] {
    return this.all().map(([key]) => key);
  }

  all(): readonly (readonly [Value, Value])[] {
    return [...this.entries.values()];
  }

  /** An entry that is there already keeps its place. */
  with(key: Value, value: Value): MapValue {
    return new MapValue([...this.all(), [key, value]]);
  }

  without(key: Value): MapValue {
    return new MapValue(this.all().filter(([other]) => keyText(other) !== keyText(key)));
  }
}

/** Keys are told apart by what `===` tells apart; numbers and bigints never meet in one type. */
function keyText(key: Value): string {
  return `${typeof key} ${String(key)}`;
}

/** A block, of which only the identity is known: equal names, equal content. */
export class BlockValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** The block with these bytes, trailing zeros aside. */
  static of(bytes: Uint8Array): BlockValue {
    return new BlockValue(
      Buffer.from(bytes)
        .toString('hex')
        .replace(/(00)+$/, ''),
    );
  }
}

export const zeroBlock = new BlockValue('');

/** The state of a machine or of an implementation. */
export class ObjectValue {
  readonly class: ClassKey;
  readonly fields: Map<string, Value>;

  constructor(key: ClassKey, fields: Iterable<readonly [string, Value]> = []) {
    this.class = key;
    this.fields = new Map(fields);
  }

  copy(): ObjectValue {
    return new ObjectValue(this.class, this.fields);
  }
}

export const isArray = (value: Value): value is ArrayValue => Array.isArray(value);

export const isBytes = (value: Value): value is Uint8Array => value instanceof Uint8Array;

export function isRecord(value: Value): value is RecordValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isArray(value) &&
    !isBytes(value) &&
    !(value instanceof BlockValue) &&
    !(value instanceof ObjectValue) &&
    !(value instanceof MapValue)
  );
}

export function record(fields: Iterable<readonly [string, Value]>): RecordValue {
  return Object.freeze(Object.fromEntries(fields));
}

/** The least and the greatest integer of a range; `big` has none. */
export const bounds: { readonly [R in Exclude<Range, 'big'>]: readonly [bigint, bigint] } = {
  safe: [-(2n ** 53n) + 1n, 2n ** 53n - 1n],
  u8: [0n, 2n ** 8n - 1n],
  u16: [0n, 2n ** 16n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  u64: [0n, 2n ** 64n - 1n],
};

export function inRange(value: bigint, range: Range): boolean {
  if (range === 'big') return true;
  const [least, greatest] = bounds[range];
  return least <= value && value <= greatest;
}

/** Whether `value` is of `type`. A record may have more fields than its type. */
export function conforms(value: Value, type: Type): boolean {
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'bigint' && inRange(value, type.range) && isAmong(value, type.among);
    case 'block':
      return value instanceof BlockValue;
    case 'string':
      return typeof value === 'string';
    case 'bytes':
      return isBytes(value);
    case 'map':
      return value instanceof MapValue && isMapOf(value, type);
    case 'array':
      return isArray(value) && value.every((element) => conforms(element, type.element));
    case 'record':
      return isRecord(value) && type.fields.every((f) => hasField(value, f.name, f.type));
    case 'literal':
      return value === type.value;
    case 'null':
      return value === null;
    case 'undefined':
      return value === undefined;
    case 'union':
      return type.of.some((alternative) => conforms(value, alternative));
    case 'object':
      return value instanceof ObjectValue && value.class === type.class;
  }
}

function isMapOf(map: MapValue, type: Type & { kind: 'map' }): boolean {
  const of = type.value ?? type.key;
  return map.all().every(([key, value]) => conforms(key, type.key) && conforms(value, of));
}

function isAmong(value: bigint, among: readonly bigint[] | undefined): boolean {
  return among === undefined || among.includes(value);
}

function hasField(value: RecordValue, name: string, type: Type): boolean {
  return Object.hasOwn(value, name) && conforms(value[name], type);
}

/** A value that conforms to `type`, without the fields that the type does not have. */
export function project(value: Value, type: Type): Value {
  if (type.kind === 'union') {
    const fitting = type.of.filter((alternative) => conforms(value, alternative));
    const exact = fitting.find((alternative) => equalValues(value, project(value, alternative)));
    return exact ? value : project(value, fitting[0]!);
  }
  if (type.kind === 'array' && isArray(value))
    return Object.freeze(value.map((element) => project(element, type.element)));
  if (type.kind === 'map' && value instanceof MapValue)
    return new MapValue(value.all().map(([k, v]) => [k, project(v, type.value ?? type.key)]));
  if (type.kind === 'record' && isRecord(value))
    return record(type.fields.map((f) => [f.name, project(value[f.name], f.type)]));
  return value;
}

/** Equal as values: arrays by element, records and objects by field, blocks by content. */
export function equalValues(a: Value, b: Value): boolean {
  if (isArray(a))
    return isArray(b) && a.length === b.length && a.every((x, i) => equalValues(x, b[i]));
  if (isBytes(a)) return isBytes(b) && a.length === b.length && a.every((byte, i) => byte === b[i]);
  if (a instanceof BlockValue) return b instanceof BlockValue && a.name === b.name;
  if (a instanceof MapValue) return b instanceof MapValue && equalMaps(a, b);
  if (a instanceof ObjectValue)
    return b instanceof ObjectValue && a.class === b.class && equalFields(a.fields, b.fields);
  if (isRecord(a))
    return isRecord(b) && equalFields(new Map(Object.entries(a)), new Map(Object.entries(b)));
  return a === b;
}

/** In whatever order. */
function equalMaps(a: MapValue, b: MapValue): boolean {
  const inBoth = ([key, value]: readonly [Value, Value]) =>
    b.has(key) && equalValues(value, b.get(key));
  return a.size === b.size && a.all().every(inBoth);
}

function equalFields(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) if (!b.has(name) || !equalValues(value, b.get(name))) return false;
  return true;
}

/** For messages: as one would write it in TypeScript. */
export function show(value: Value): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (isBytes(value)) return `bytes(${value.join(', ')})`;
  if (value instanceof BlockValue) return `block(${value.name})`;
  if (value instanceof MapValue) return showMap(value);
  if (value instanceof ObjectValue) return showFields([...value.fields]);
  if (isRecord(value)) return showFields(Object.entries(value));
  return String(value);
}

/** In an order of its own: which one a map has is nobody's business. */
function showMap(map: MapValue): string {
  const entries = map.all().map(([key, value]) => `${show(key)} => ${show(value)}`);
  return `Map {${entries.sort().join(', ')}}`;
}

function showFields(fields: readonly (readonly [string, Value])[]): string {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, value]) => `${name}: ${show(value)}`).join(', ')}}`;
}
