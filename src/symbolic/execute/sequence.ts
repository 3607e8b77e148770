/** Arrays and byte strings. */
import {
  add,
  atMost,
  constant,
  constantArray,
  equal,
  integer,
  type Sort,
  store,
  subtract,
  type Term,
} from '../../logic/index.ts';
import type { Expression, Type } from '../ir.ts';
import { made } from './made.ts';
import { range } from './range.ts';
import { know, type Scope, Undecidable } from './run.ts';
import { sortName } from './sorts.ts';
import { itemsOf, lengthOf, read, sequence, sequenceSort } from './value.ts';

/** The type of an element. */
export function elementType(type: Type): Type {
  if (type.kind === 'array') return type.element;
  if (type.kind === 'bytes') return { kind: 'integer', range: 'u8' };
  throw new Error(`a ${type.kind} has no elements`);
}

function itemsSort(type: Type): Sort {
  return sequenceSort(type).constructors[0]!.fields[1]!.sort;
}

/** The items of an array literal; what lies beyond them means nothing. */
export function sequenceItems(type: Type, elements: readonly Term[]): Term {
  let items = constant(`beyond_${sortName(type)}`, itemsSort(type));
  for (const [i, element] of elements.entries()) items = store(items, integer(i), element);
  return items;
}

/** Unknown items, and the right to say what they are. */
export function freshItems(e: Expression, scope: Scope): Term {
  if (scope.quantified > 0)
    throw new Undecidable(
      'subset',
      e.at,
      'a sequence is built under a quantifier',
      'build it outside, or compare element by element',
    );
  return made('items', itemsSort(e.type));
}

/** `given[from..to)`: from and to are known to lie within it. */
export function slice(given: Term, from: Term, to: Term, e: Expression, scope: Scope): Term {
  const length = subtract(to, from);
  if (from === integer(0)) return sequence(sequenceSort(e.type), length, itemsOf(given));
  const items = freshItems(e, scope);
  const whole = itemsOf(given);
  know(
    scope,
    range('forall', integer(0), length, 'i', scope, (i) =>
      equal(read(items, i), read(whole, add(from, i))),
    ),
  );
  know(
    scope,
    range('forall', from, to, 'i', scope, (i) =>
      equal(read(items, subtract(i, from)), read(whole, i)),
    ),
  );
  return sequence(sequenceSort(e.type), length, items);
}

/** First the elements of `a`, then those of `b`. */
export function concat(a: Term, b: Term, e: Expression, scope: Scope): Term {
  const first = lengthOf(a);
  const both = add(first, lengthOf(b));
  if (lengthOf(a) === integer(0)) return sequence(sequenceSort(e.type), both, itemsOf(b));
  if (lengthOf(b) === integer(0)) return sequence(sequenceSort(e.type), both, itemsOf(a));
  const items = freshItems(e, scope);
  if (!scope.ghost) know(scope, atMost(both, integer(2n ** 53n - 1n)));
  know(
    scope,
    range('forall', integer(0), first, 'i', scope, (i) =>
      equal(read(items, i), read(itemsOf(a), i)),
    ),
  );
  know(
    scope,
    range('forall', first, both, 'i', scope, (i) =>
      equal(read(items, i), read(itemsOf(b), subtract(i, first))),
    ),
  );
  know(
    scope,
    range('forall', integer(0), lengthOf(b), 'i', scope, (i) =>
      equal(read(items, add(first, i)), read(itemsOf(b), i)),
    ),
  );
  return sequence(sequenceSort(e.type), both, items);
}

/** `length` times the same element. */
export function filled(length: Term, value: Term, type: Type): Term {
  return sequence(sequenceSort(type), length, constantArray(itemsSort(type), value));
}
