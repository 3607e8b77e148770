/** Values during symbolic execution: terms, and the states of objects. */
import {
  and,
  construct,
  type Datatype,
  equal,
  field,
  is,
  ite,
  not,
  or,
  select,
  type Term,
  yes,
} from '../../logic/index.ts';
import type { ClassKey, Type } from '../ir.ts';
import { alternatives, fieldName, isUnit, sortName, sortOf } from './sorts.ts';

/** The state of a machine or an implementation: its fields. Never changed in place. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly class: ClassKey;
  readonly fields: ReadonlyMap<string, Term>;
}

export type Value = Term | ObjectValue;

export function isObject(value: Value): value is ObjectValue {
  return 'kind' in value;
}

/** The three parts of a conditional, or of a store into an array. */
function asTriple(term: Term, operator: 'ite' | 'store'): [Term, Term, Term] | undefined {
  if (term.operator !== operator) return undefined;
  const [a, b, c] = term.parts;
  return a && b && c ? [a, b, c] : undefined;
}

export function termOf(value: Value): Term {
  if (isObject(value)) throw new Error('the state of an object was used as a value');
  return value;
}

/** `condition ? a : b`, part by part where both have parts. */
export function choose(condition: Term, a: Term, b: Term): Term {
  if (a === b) return a;
  const left = parts(a);
  const right = parts(b);
  if (!left || !right || left.maker !== right.maker) return ite(condition, a, b);
  return construct(
    a.sort,
    left.maker,
    ...left.parts.map((part, i) => choose(condition, part, right.parts[i]!)),
  );
}

/** The parts of a record or sequence; of any term of a sort with a single maker. */
function parts(term: Term): { maker: string; parts: readonly Term[] } | undefined {
  if (term.sort.kind !== 'datatype' || term.sort.constructors.length !== 1) return undefined;
  const [only] = term.sort.constructors;
  return {
    maker: only!.name,
    parts: only!.fields.map((f) => part(only!.name, f.name, term)),
  };
}

/** A field of a datatype's value, looked for inside choices between values. */
export function part(maker: string, name: string, term: Term): Term {
  const choice = asTriple(term, 'ite');
  if (!choice) return field(maker, name, term);
  const [condition, a, b] = choice;
  return choose(condition, part(maker, name, a), part(maker, name, b));
}

export function chooseValue(condition: Term, a: Value, b: Value): Value {
  if (!isObject(a) && !isObject(b)) return choose(condition, a, b);
  if (!isObject(a) || !isObject(b)) throw new Error('an object and a value cannot be merged');
  return chooseObject(condition, a, b);
}

export function chooseObject(condition: Term, a: ObjectValue, b: ObjectValue): ObjectValue {
  const fields = new Map<string, Term>();
  for (const [name, term] of a.fields) {
    const other = b.fields.get(name);
    if (other) fields.set(name, choose(condition, term, other));
  }
  return { kind: 'object', class: a.class, fields };
}

export function withField(object: ObjectValue, name: string, value: Term): ObjectValue {
  return { ...object, fields: new Map(object.fields).set(name, value) };
}

// Sequences: arrays and bytes.

export function sequence(sort: Datatype, length: Term, items: Term): Term {
  return construct(sort, `make_${sort.name}`, length, items);
}

/** The sort of an array or byte type. */
export function sequenceSort(type: Type): Datatype {
  const sort = sortOf(type);
  if (sort.kind !== 'datatype') throw new Error(`a ${type.kind} is not a sequence`);
  return sort;
}

export function lengthOf(sequenceTerm: Term): Term {
  const name = sequenceTerm.sort.kind === 'datatype' ? sequenceTerm.sort.name : '';
  return part(`make_${name}`, `length_of_${name}`, sequenceTerm);
}

export function itemsOf(sequenceTerm: Term): Term {
  const name = sequenceTerm.sort.kind === 'datatype' ? sequenceTerm.sort.name : '';
  return part(`make_${name}`, `items_of_${name}`, sequenceTerm);
}

/** `array[index]`, read through every store and choice, so that patterns meet the array below. */
export function read(array: Term, index: Term, known = new Map<Term, Term>()): Term {
  const before = known.get(array);
  if (before) return before;
  const found = readOnce(array, index, known);
  known.set(array, found);
  return found;
}

function readOnce(array: Term, index: Term, known: Map<Term, Term>): Term {
  const stored = asTriple(array, 'store');
  if (stored) {
    const [below, at, value] = stored;
    return choose(equal(at, index), value, read(below, index, known));
  }
  const choice = asTriple(array, 'ite');
  if (choice) {
    const [condition, a, b] = choice;
    return choose(condition, read(a, index, known), read(b, index, known));
  }
  return select(array, index);
}

// Records.

export function recordField(type: Type, name: string, record: Term): Term {
  const sort = sortName(type);
  return part(`make_${sort}`, `${fieldName(name)}_of_${sort}`, record);
}

export function makeRecord(type: Type, fields: readonly Term[]): Term {
  return construct(sortOf(type), `make_${sortName(type)}`, ...fields);
}

/** The only value of a type with one value. */
export function unit(type: Type): Term {
  return construct(sortOf(type), `the_${sortName(type)}`);
}

// Unions.

export function inject(union: Type & { kind: 'union' }, alternative: Type, value: Term): Term {
  const name = sortName(union);
  const maker = `${sortName(alternative)}_in_${name}`;
  return isUnit(alternative)
    ? construct(sortOf(union), maker)
    : construct(sortOf(union), maker, value);
}

/** Whether a value of a union is of this alternative; false for an alternative it does not have. */
export function isAlternative(union: Type & { kind: 'union' }, of: Type, value: Term): Term {
  const name = sortName(of);
  const found = alternatives(union).some((t) => sortName(t) === name);
  return found ? test(`${name}_in_${sortName(union)}`, value) : not(yes);
}

function test(maker: string, value: Term): Term {
  const choice = asTriple(value, 'ite');
  if (!choice) return is(maker, value);
  const [condition, a, b] = choice;
  return or(and(condition, test(maker, a)), and(not(condition), test(maker, b)));
}

/** The value inside one alternative of a union. */
export function project(union: Type & { kind: 'union' }, alternative: Type, value: Term): Term {
  if (isUnit(alternative)) return unit(alternative);
  const name = sortName(union);
  const maker = `${sortName(alternative)}_in_${name}`;
  return payload(maker, `${sortName(alternative)}_from_${name}`, value);
}

/** Choices in which this alternative does not occur need not be told apart. */
function payload(maker: string, name: string, value: Term): Term {
  const choice = asTriple(value, 'ite');
  if (!choice) return field(maker, name, value);
  const [condition, a, b] = choice;
  if (test(maker, b) === not(yes)) return payload(maker, name, a);
  if (test(maker, a) === not(yes)) return payload(maker, name, b);
  return choose(condition, payload(maker, name, a), payload(maker, name, b));
}
