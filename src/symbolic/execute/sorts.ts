/**
 * How values of the subset are written as terms.
 *
 * Integers of every range are mathematical integers; what keeps them in range is an obligation at
 * every operation and a fact (`typed`) about every value that comes from outside. A sequence is its
 * length and an array; what lies beyond the length means nothing.
 */
import {
  and,
  arrayOf,
  atMost,
  Bool,
  call,
  constantArray,
  construct,
  datatype,
  declare,
  equal,
  type FunctionSymbol,
  field,
  Int,
  iff,
  implies,
  integer,
  is,
  no,
  or,
  type Sort,
  type Term,
  uninterpreted,
  yes,
} from '../../logic/index.ts';
import type { Field, Range, Type } from '../ir.ts';
import type { MapType } from '../type.ts';

export const BlockSort = uninterpreted('Block');

const zero: FunctionSymbol = declare('zeroBlock', [], BlockSort);
export const zeroBlockTerm: Term = call(zero);

/** What is sealed is not said, but that the block of zeros is not. */
export const isSealedSymbol = declare('isSealed', [BlockSort], Bool);

const limits: Record<Exclude<Range, 'big'>, readonly [bigint, bigint]> = {
  safe: [-(2n ** 53n - 1n), 2n ** 53n - 1n],
  u8: [0n, 2n ** 8n - 1n],
  u16: [0n, 2n ** 16n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  u64: [0n, 2n ** 64n - 1n],
};

/** The longest array JavaScript can hold, and the longest byte array we let it hold. */
const longest = { array: 2n ** 32n - 1n, bytes: 2n ** 53n - 1n } as const;

/** A promised sequence is an idea: it may be as long as a number can say. */
const idea = { array: 2n ** 53n - 1n, bytes: 2n ** 53n - 1n } as const;

/** The least and greatest integer of a range. */
export function limitsOf(range: Exclude<Range, 'big'>): readonly [bigint, bigint] {
  return limits[range];
}

/** A name for the sort of a type: types with the same values in the same form share it. */
export function sortName(type: Type): string {
  const known = named.get(type);
  if (known !== undefined) return known;
  const name = nameOf(type);
  named.set(type, name);
  return name;
}

/** Types of a program do not change, and are asked for all the time. */
const named = new WeakMap<Type, string>();
const sorts = new WeakMap<Type, Sort>();
const split = new WeakMap<Type, readonly Type[]>();

function nameOf(type: Type): string {
  switch (type.kind) {
    case 'boolean':
      return 'Bool';
    case 'integer':
      return 'Int';
    case 'block':
      return 'Block';
    case 'string':
      return 'Text';
    case 'bytes':
      return 'Bytes';
    case 'map': {
      const key = sortName(type.key);
      return type.value ? `Map_${key}_to_${sortName(type.value)}_` : `Set_${key}_`;
    }
    case 'array':
      return `Sequence_${sortName(type.element)}_`;
    case 'record':
      return `Record_${type.fields.map(fieldSort).join('')}`;
    case 'literal':
      if (typeof type.value === 'boolean') return `Always_${type.value}_`;
      return `Tag_${encodeName(type.value)}_`;
    case 'null':
      return 'Null';
    case 'undefined':
      return 'Undefined';
    case 'union':
      return `Union_${alternatives(type).map(sortName).join('_')}_`;
    case 'object':
      throw new Error('the state of a machine is not a value');
  }
}

const fieldSort = (f: Field) => `${fieldName(f.name)}_${sortName(f.type)}_`;

/** The name of a record's field within names of sorts. */
export const fieldName = encodeName;

/** Letters and digits as they are, everything else by its code, so that no two names meet. */
function encodeName(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, (c) => `.${c.codePointAt(0)!.toString(16)}.`);
}

/** The alternatives of a union as the sort tells them apart: one of each sort, in order of name. */
export function alternatives(type: Type & { kind: 'union' }): readonly Type[] {
  const known = split.get(type) ?? toldApart(type);
  split.set(type, known);
  return known;
}

function toldApart(type: Type & { kind: 'union' }): readonly Type[] {
  const byName = new Map<string, Type>();
  for (const alternative of type.of) {
    const name = sortName(alternative);
    const other = byName.get(name);
    if (other && JSON.stringify(other, plain) !== JSON.stringify(alternative, plain))
      throw new Error(`two alternatives of a union cannot be told apart: ${name}`);
    byName.set(name, alternative);
  }
  return [...byName.keys()].sort().map((name) => byName.get(name)!);
}

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);

export function sortOf(type: Type): Sort {
  const known = sorts.get(type) ?? sortAnew(type);
  sorts.set(type, known);
  return known;
}

function sortAnew(type: Type): Sort {
  const name = sortName(type);
  switch (type.kind) {
    case 'boolean':
      return Bool;
    case 'integer':
    case 'string':
      return Int;
    case 'map':
      return mapSort(name, type);
    case 'block':
      return BlockSort;
    case 'bytes':
      return sequenceSort(name, Int);
    case 'array':
      return sequenceSort(name, sortOf(type.element));
    case 'record':
      return datatype(name, [
        {
          name: `make_${name}`,
          fields: type.fields.map((f) => ({
            name: `${fieldName(f.name)}_of_${name}`,
            sort: sortOf(f.type),
          })),
        },
      ]);
    case 'literal':
    case 'null':
    case 'undefined':
      return datatype(name, [{ name: `the_${name}`, fields: [] }]);
    case 'union':
      return datatype(
        name,
        alternatives(type).map((t) => ({
          name: `${sortName(t)}_in_${name}`,
          fields: isUnit(t) ? [] : [{ name: `${sortName(t)}_from_${name}`, sort: sortOf(t) }],
        })),
      );
    case 'object':
      throw new Error('the state of a machine is not a value');
  }
}

/** Of a map: a value, or nothing; of a set: whether the key is there. */
export function entrySort(type: MapType): Sort {
  if (!type.value) return Bool;
  const name = `Entry_${sortName(type.value)}_`;
  return datatype(name, [
    { name: `absent_${name}`, fields: [] },
    {
      name: `present_${name}`,
      fields: [{ name: `value_in_${name}`, sort: sortOf(type.value) }],
    },
  ]);
}

function mapSort(name: string, type: MapType): Sort {
  return datatype(name, [
    {
      name: `make_${name}`,
      fields: [
        { name: `size_of_${name}`, sort: Int },
        { name: `entries_of_${name}`, sort: arrayOf(sortOf(type.key), entrySort(type)) },
      ],
    },
  ]);
}

function sequenceSort(name: string, element: Sort): Sort {
  return datatype(name, [
    {
      name: `make_${name}`,
      fields: [
        { name: `length_of_${name}`, sort: Int },
        { name: `items_of_${name}`, sort: arrayOf(Int, element) },
      ],
    },
  ]);
}

/** A type with one value only. */
export function isUnit(type: Type): boolean {
  return type.kind === 'null' || type.kind === 'undefined' || type.kind === 'literal';
}

/** What is true of every value of a type: ranges, lengths, which alternatives. */
export function typed(type: Type, value: Term, promised = false): Term {
  switch (type.kind) {
    case 'integer':
      return and(inRange(type.range, value), among(type.among, value));
    case 'string':
      return atMost(integer(0), value);
    case 'map':
      return typedMap(type, value, promised);
    case 'bytes':
    case 'array': {
      const name = sortName(type);
      const length = field(`make_${name}`, `length_of_${name}`, value);
      return and(
        atMost(integer(0), length),
        atMost(length, integer((promised ? idea : longest)[type.kind])),
      );
    }
    case 'record': {
      const name = sortName(type);
      const part = (f: string) => field(`make_${name}`, `${fieldName(f)}_of_${name}`, value);
      return and(...type.fields.map((f) => typed(f.type, part(f.name), promised)));
    }
    case 'union': {
      const name = sortName(type);
      return and(
        ...alternatives(type)
          .filter((t) => !isUnit(t))
          .map((t) => {
            const maker = `${sortName(t)}_in_${name}`;
            const payload = field(maker, `${sortName(t)}_from_${name}`, value);
            return implies(is(maker, value), typed(t, payload, promised));
          }),
      );
    }
    default:
      return yes;
  }
}

/** The empty map has no entries, and every other has some. */
function typedMap(type: MapType, value: Term, promised: boolean): Term {
  const name = sortName(type);
  const size = field(`make_${name}`, `size_of_${name}`, value);
  const entries = field(`make_${name}`, `entries_of_${name}`, value);
  const sort = entrySort(type);
  const absent = sort.kind === 'datatype' ? construct(sort, `absent_${sort.name}`) : no;
  const empty = equal(entries, constantArray(entries.sort, absent));
  return and(
    atMost(integer(0), size),
    atMost(size, integer((promised ? idea : longest).array)),
    iff(equal(size, integer(0)), empty),
  );
}

export function inRange(range: Range, value: Term): Term {
  if (range === 'big') return yes;
  const [low, high] = limits[range];
  return and(atMost(integer(low), value), atMost(value, integer(high)));
}

function among(values: readonly bigint[] | undefined, value: Term): Term {
  return values ? or(...values.map((v) => equal(value, integer(v)))) : yes;
}
