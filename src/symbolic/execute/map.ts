/**
 * Maps and sets: how many entries there are, and for every key its entry or none. The order of the
 * entries is not there, so nothing that depends on it can be shown.
 *
 * No set of keys is counted by a solver. What is said of the size is what every real map
 * satisfies: it changes with the entries, it is zero for the empty map alone, and equal maps are
 * equally large.
 */
import {
  add,
  and,
  arrayOf,
  atMost,
  constant,
  constantArray,
  construct,
  type Datatype,
  equal,
  field,
  forall,
  fresh,
  Int,
  iff,
  implies,
  integer,
  is,
  ite,
  less,
  no,
  not,
  store,
  subtract,
  type Term,
  yes,
} from '../../logic/index.ts';
import type { Expression } from '../ir.ts';
import type { MapType } from '../type.ts';
import { convert } from './convert.ts';
import type { Given } from './intrinsic.ts';
import { know, knowType, type Scope, Undecidable } from './run.ts';
import { entrySort, sortName, sortOf, typed } from './sorts.ts';
import type { State } from './state.ts';
import { choose, inject, part, read, unit } from './value.ts';

type Rule = (given: readonly Given[], e: Expression, scope: Scope) => Term;

const zero = integer(0);
const one = integer(1);
/** No program goes on with a larger one; a promised map is an idea. */
const largest = integer(2n ** 32n - 1n);
const endless = integer(2n ** 53n - 1n);

export function mapOf(type: Expression['type']): MapType {
  if (type.kind === 'map') return type;
  throw new Error(`a ${type.kind} has no entries`);
}

export function makeMap(type: MapType, size: Term, entries: Term): Term {
  return construct(sortOf(type), `make_${sortName(type)}`, size, entries);
}

const nameOf = (map: Term) => (map.sort as Datatype).name;

export function sizeOf(map: Term): Term {
  return part(`make_${nameOf(map)}`, `size_of_${nameOf(map)}`, map);
}

export function entriesOf(map: Term): Term {
  return part(`make_${nameOf(map)}`, `entries_of_${nameOf(map)}`, map);
}

export function absent(type: MapType): Term {
  const sort = entrySort(type);
  return sort.kind === 'datatype' ? construct(sort, `absent_${sort.name}`) : no;
}

export function present(type: MapType, value: Term): Term {
  const sort = entrySort(type);
  return sort.kind === 'datatype' ? construct(sort, `present_${sort.name}`, value) : yes;
}

export function isPresent(type: MapType, entry: Term): Term {
  const sort = entrySort(type);
  return sort.kind === 'datatype' ? is(`present_${sort.name}`, entry) : entry;
}

/** The value in an entry that is there. */
export function valueIn(entry: Term): Term {
  const { name } = entry.sort as Datatype;
  return field(`present_${name}`, `value_in_${name}`, entry);
}

/** The entries of the empty map. */
export function noEntries(type: MapType): Term {
  return constantArray(arrayOf(sortOf(type.key), entrySort(type)), absent(type));
}

function has({ term: map, type }: Given, key: Given): Term {
  return isPresent(mapOf(type), read(entriesOf(map), key.term));
}

export const mapRules = {
  emptyMap: (_, e) => {
    const type = mapOf(e.type);
    return makeMap(type, zero, noEntries(type));
  },
  size: ([map]) => sizeOf(map!.term),
  hasKey: ([map, key], _, scope) => {
    const there = has(map!, key!);
    know(scope, implies(there, less(zero, sizeOf(map!.term))));
    return there;
  },
  lookUp: ([map, key], e, scope) => {
    if (e.type.kind !== 'union') throw new Error('a value that may be missing has a union type');
    const value = mapOf(map!.type).value!;
    const found = valueIn(read(entriesOf(map!.term), key!.term));
    const there = has(map!, key!);
    knowType(scope, implies(there, and(typed(value, found), less(zero, sizeOf(map!.term)))));
    const missing = inject(e.type, { kind: 'undefined' }, unit({ kind: 'undefined' }));
    return choose(there, convert(found, value, e.type).value, missing);
  },
  withEntry: ([map, key, value], _, scope) => added(map!, key!, value!.term, scope),
  withKey: ([map, key], _, scope) => added(map!, key!, yes, scope),
  withoutKey: ([map, key], _, scope) => {
    const type = mapOf(map!.type);
    const size = sizeOf(map!.term);
    const there = has(map!, key!);
    know(scope, implies(there, less(zero, size)));
    const left = ite(there, subtract(size, one), size);
    const result = makeMap(type, left, store(entriesOf(map!.term), key!.term, absent(type)));
    know(scope, iff(equal(left, zero), equal(entriesOf(result), noEntries(type))));
    return result;
  },
  sameMap: ([a, b], _, scope) => {
    const same = equal(entriesOf(a!.term), entriesOf(b!.term));
    know(scope, implies(same, equal(sizeOf(a!.term), sizeOf(b!.term))));
    return same;
  },
} satisfies Record<string, Rule>;

function added(map: Given, key: Given, value: Term, scope: Scope): Term {
  const type = mapOf(map.type);
  const size = sizeOf(map.term);
  const there = has(map, key);
  const larger = ite(there, size, add(size, one));
  know(scope, less(zero, larger));
  // What only a ghost makes is no map of a program, and has no end.
  if (!scope.ghost) know(scope, atMost(larger, scope.run.angelic ? endless : largest));
  return makeMap(type, larger, store(entriesOf(map.term), key.term, present(type, value)));
}

/** `holds(key)` for every key; one by one when everything is small. */
export function everyKey(
  map: Term,
  type: MapType,
  hint: string,
  scope: Scope,
  holds: (key: Term, scope: Scope) => Term,
): Term {
  const entries = entriesOf(map);
  const there = (key: Term) => isPresent(type, read(entries, key));
  if (scope.run.bound === undefined) {
    const key = constant(`${hint}_${scope.quantified}_${sortName(type.key)}`, sortOf(type.key));
    const inner = { ...scope, quantified: scope.quantified + 1 };
    return forall([key], implies(there(key), holds(key, inner)));
  }
  const keys = keysIn(entries);
  return and(
    ...keys.map((key) =>
      implies(there(key), holds(key, { ...scope, guard: [...scope.guard, there(key)] })),
    ),
  );
}

/** The only keys that entries may have, which were put in one by one. */
export function keysIn(entries: Term): readonly Term[] {
  const keys = new Set<Term>();
  eachLayer(entries, ({ operator, parts }) => {
    if (operator === 'store') keys.add(parts[1]!);
  });
  return [...keys];
}

/** Whether the keys that were put in are all there are. */
export function isListed(entries: Term): boolean {
  let listed = true;
  eachLayer(entries, ({ operator }) => {
    if (!['store', 'ite', 'const'].includes(operator)) listed = false;
  });
  return listed;
}

/** Every array of which entries are made, once, the ones below first. */
function eachLayer(entries: Term, visit: (array: Term) => void, seen = new Set<Term>()): void {
  if (seen.has(entries)) return;
  seen.add(entries);
  const { operator, parts } = entries;
  if (operator === 'store') eachLayer(parts[0]!, visit, seen);
  if (operator === 'ite') for (const part of parts.slice(1)) eachLayer(part, visit, seen);
  visit(entries);
}

/** An unknown map, in two parts, so that patterns meet its entries. */
export function freshMap(hint: string, type: MapType): Term {
  const sort = sortOf(type) as Datatype;
  const entries = sort.constructors[0]!.fields[1]!.sort;
  return makeMap(type, fresh(`${hint}_size`, Int), fresh(hint, entries));
}

/** Some map with at most so many entries. */
export function smallMap(hint: string, type: MapType, most: number, state: State): Term {
  let entries = noEntries(type);
  const keys: Term[] = [];
  for (let i = 0; i < most; i++) {
    const key = fresh(`${hint}_key`, sortOf(type.key));
    const entry = fresh(`${hint}_entry`, entrySort(type));
    state.know(typed(type.key, key));
    if (type.value) state.know(implies(isPresent(type, entry), typed(type.value, valueIn(entry))));
    entries = store(entries, key, entry);
    keys.push(key);
  }
  const counted = keys.map((key, i) => {
    const first = keys.slice(0, i).map((other) => not(equal(other, key)));
    return ite(and(isPresent(type, read(entries, key)), ...first), one, zero);
  });
  return makeMap(type, add(zero, ...counted), entries);
}

/** What is known of no key can be said of all of them only where they are listed. */
export function mustBeListed(map: Term, e: Expression): void {
  if (!isListed(entriesOf(map)))
    throw new Undecidable('bound', e.at, 'the keys of this map are not listed', 'a smaller state');
}
