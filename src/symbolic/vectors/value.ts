/** Values of the subset in bit-vectors; bytes and records are taken apart as far as they go. */
import {
  and,
  equal,
  ite,
  type ModelValue,
  no,
  not,
  or,
  type Term,
  yes,
} from '../../logic/index.ts';
import { limitsOf, sortName } from '../execute/sorts.ts';
import type { Position, Type } from '../ir.ts';
import { alternativesOf, describeType } from '../type.ts';
import type { Integer } from './integer.ts';
import * as integers from './integer.ts';
import { chooseList, readingList, sameList, unknownList } from './list.ts';

export interface Bytes {
  readonly kind: 'bytes';
  readonly items: readonly Integer[];
}

/** The first `length` of some values. */
export interface List {
  readonly kind: 'list';
  readonly length: Integer;
  readonly items: readonly Value[];
}

export type Value =
  | Integer
  | Bytes
  | List
  | { readonly kind: 'boolean'; readonly term: Term }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Value> }
  /** null, undefined, or a literal. */
  | { readonly kind: 'unit'; readonly type: Type }
  /** Exactly one of the options, by the name of its sort. */
  | { readonly kind: 'union'; readonly options: ReadonlyMap<string, Option> };

export interface Option {
  readonly when: Term;
  readonly type: Type;
  readonly value: Value;
}

/** What cannot be said in bit-vectors. */
export class Inexpressible extends Error {
  override readonly name = 'Inexpressible';
  readonly at: Position;
  readonly remedy: string;

  constructor(at: Position, why: string, remedy: string) {
    super(why);
    this.at = at;
    this.remedy = remedy;
  }
}

export function truth(term: Term): Value {
  return { kind: 'boolean', term };
}

export function optionsOf(value: Value, type: Type): ReadonlyMap<string, Option> {
  if (value.kind === 'union') return value.options;
  return new Map([[sortName(type), { when: yes, type, value }]]);
}

/** `condition ? a : b`. */
export function choose(condition: Term, a: Value, b: Value): Value {
  if (a === b || condition === yes) return a;
  if (condition === no) return b;
  if (a.kind === 'integer' && b.kind === 'integer') return integers.choose(condition, a, b);
  if (a.kind === 'boolean' && b.kind === 'boolean') return truth(ite(condition, a.term, b.term));
  if (a.kind === 'bytes' && b.kind === 'bytes' && a.items.length === b.items.length)
    return {
      kind: 'bytes',
      items: a.items.map((item, i) => integers.choose(condition, item, b.items[i]!)),
    };
  if (a.kind === 'record' && b.kind === 'record')
    return {
      kind: 'record',
      fields: new Map(
        [...a.fields].map(([name, value]) => [
          name,
          choose(condition, value, b.fields.get(name) ?? value),
        ]),
      ),
    };
  if (a.kind === 'union' && b.kind === 'union')
    return chooseOption(condition, a.options, b.options);
  if (a.kind === 'list' && b.kind === 'list') return chooseList(condition, a, b);
  if (a.kind === 'unit' && b.kind === 'unit') return a;
  throw new Error(`a ${a.kind} and a ${b.kind} cannot be merged`);
}

function chooseOption(
  condition: Term,
  a: ReadonlyMap<string, Option>,
  b: ReadonlyMap<string, Option>,
): Value {
  const options = new Map<string, Option>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const left = a.get(name);
    const right = b.get(name);
    const { type } = (left ?? right)!;
    const value =
      left && right ? choose(condition, left.value, right.value) : (left ?? right)!.value;
    options.set(name, { when: ite(condition, left?.when ?? no, right?.when ?? no), type, value });
  }
  return { kind: 'union', options };
}

/** Whether two values of a type are one. */
export function same(a: Value, b: Value): Term {
  if (a.kind === 'integer' && b.kind === 'integer') return integers.same(a, b);
  if (a.kind === 'boolean' && b.kind === 'boolean') return equal(a.term, b.term);
  if (a.kind === 'bytes' && b.kind === 'bytes') {
    if (a.items.length !== b.items.length) return no;
    return and(...a.items.map((item, i) => integers.same(item, b.items[i]!)));
  }
  if (a.kind === 'record' && b.kind === 'record')
    return and(...[...a.fields].map(([name, value]) => same(value, b.fields.get(name)!)));
  if (a.kind === 'list' && b.kind === 'list') return sameList(a, b);
  if (a.kind === 'unit' && b.kind === 'unit') return yes;
  if (a.kind === 'union' && b.kind === 'union')
    return or(
      ...[...a.options].flatMap(([name, option]) => {
        const other = b.options.get(name);
        return other ? [and(option.when, other.when, same(option.value, other.value))] : [];
      }),
    );
  throw new Error(`a ${a.kind} and a ${b.kind} cannot be compared`);
}

/** Bytes of zeros. */
export function zeros(length: number): Bytes {
  return { kind: 'bytes', items: Array.from({ length }, () => integers.constant(0n)) };
}

/** Any bytes. */
export function unknownBytes(length: number): readonly [Bytes, Term] {
  const items = Array.from({ length }, (_, i) => integers.unknown(`byte ${i}`, 0n, 255n));
  return [{ kind: 'bytes', items: items.map(([item]) => item) }, and(...items.map(([, k]) => k))];
}

/** Any value of a type, and what says that it is one; a list is at most `longest` long. */
export function unknown(
  hint: string,
  type: Type,
  at: Position,
  longest?: number,
): readonly [Value, Term] {
  switch (type.kind) {
    case 'boolean': {
      const [bit, known] = integers.unknown(hint, 0n, 1n);
      return [truth(integers.same(bit, integers.constant(1n))), known];
    }
    case 'integer':
      return unknownInteger(hint, type, at);
    case 'record': {
      const fields = type.fields.map(
        (f) => [f.name, unknown(f.name, f.type, at, longest)] as const,
      );
      const known = fields.map(([, [, fact]]) => fact);
      const values = fields.map(([name, [value]]) => [name, value] as const);
      return [{ kind: 'record', fields: new Map(values) }, and(...known)];
    }
    case 'literal':
    case 'null':
    case 'undefined':
      return [{ kind: 'unit', type }, yes];
    case 'union':
      return unknownUnion(hint, alternativesOf(type), at, longest);
    case 'array':
      return unknownList(hint, type, at, longest);
    default:
      throw new Inexpressible(
        at,
        `a codec is about integers, booleans, records and lists, not ${describeType(type)}`,
        'a record of integers',
      );
  }
}

function unknownInteger(
  hint: string,
  type: Type & { kind: 'integer' },
  at: Position,
): readonly [Value, Term] {
  if (type.range === 'big')
    throw new Inexpressible(at, 'a bigint has any number of bits', 'u64, or a number');
  const [value, known] = integers.unknown(hint, ...limitsOf(type.range));
  const among = type.among?.map((one) => integers.same(value, integers.constant(one)));
  return [value, among ? and(known, or(...among)) : known];
}

function unknownUnion(
  hint: string,
  types: readonly Type[],
  at: Position,
  longest: number | undefined,
): readonly [Value, Term] {
  const [which, known] = integers.unknown(`which ${hint}`, 0n, BigInt(types.length - 1));
  const facts = [known];
  const options = types.map((type, i): readonly [string, Option] => {
    const [value, fact] = unknown(hint, type, at, longest);
    const when = integers.same(which, integers.constant(BigInt(i)));
    facts.push(or(not(when), fact));
    return [sortName(type), { when, type, value }];
  });
  return [{ kind: 'union', options: new Map(options) }, and(...facts)];
}

/** What to ask of a model, and the JavaScript value that the answers stand for. */
export interface Reading {
  readonly terms: readonly Term[];
  build(values: readonly ModelValue[]): unknown;
}

export function reading(value: Value, type: Type): Reading {
  if (value.kind === 'integer') {
    const big = type.kind === 'integer' && (type.range === 'u64' || type.range === 'big');
    const build = ([found]: readonly ModelValue[]) => {
      const exact = integers.readBack(value, found as bigint);
      return big ? exact : Number(exact);
    };
    return { terms: [value.term], build };
  }
  if (value.kind === 'boolean') return { terms: [value.term], build: ([found]) => found === true };
  if (value.kind === 'unit') {
    const build = () => (value.type.kind === 'literal' ? value.type.value : nothing(value.type));
    return { terms: [], build };
  }
  if (value.kind === 'record' && type.kind === 'record') {
    const parts = type.fields.map((f) => reading(value.fields.get(f.name)!, f.type));
    const whole = all(parts);
    return {
      terms: whole.terms,
      build: (values) => {
        const built = whole.build(values) as readonly unknown[];
        return Object.fromEntries(type.fields.map((f, i) => [f.name, built[i]]));
      },
    };
  }
  if (value.kind === 'list' && type.kind === 'array') return readingList(value, type);
  if (value.kind !== 'union') throw new Error(`a ${value.kind} is not read back`);
  const options = [...value.options.values()];
  const whole = all(options.map((option) => reading(option.value, option.type)));
  return {
    terms: [...options.map((option) => option.when), ...whole.terms],
    build: (values) => {
      const built = whole.build(values.slice(options.length)) as readonly unknown[];
      return built[Math.max(values.slice(0, options.length).indexOf(true), 0)];
    },
  };
}

const nothing = (type: Type) => (type.kind === 'null' ? null : undefined);

/** Several, one after the other. */
export function all(parts: readonly Reading[]): Reading {
  return {
    terms: parts.flatMap((part) => part.terms),
    build: (values) => {
      let from = 0;
      return parts.map((part) => {
        const mine = values.slice(from, from + part.terms.length);
        from += part.terms.length;
        return part.build(mine);
      });
    },
  };
}
