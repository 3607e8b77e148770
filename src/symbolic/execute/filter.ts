/** The elements for which a closure is true, in their order. */
import {
  and,
  arrayOf,
  atMost,
  equal,
  forall,
  fresh,
  Int,
  implies,
  integer,
  less,
  select,
  type Term,
} from '../../logic/index.ts';
import type { At, Each } from './each.ts';
import { made } from './made.ts';
import { range } from './range.ts';
import { know, type Scope } from './run.ts';
import { freshItems } from './sequence.ts';
import { itemsOf, lengthOf, read, sequence, sequenceSort } from './value.ts';

/**
 * Said by where each element comes from, and where each that stays goes to. There is exactly one
 * such way for any closure, so that nothing is assumed that might not be.
 */
export function filtered(e: Each, whole: Term, at: At, scope: Scope): Term {
  const items = freshItems(e, scope);
  const length = made('kept', Int);
  const source = made('source', arrayOf(Int, Int));
  const target = made('target', arrayOf(Int, Int));
  const zero = integer(0);
  const every = (end: Term, holds: At) => range('forall', zero, end, 'i', scope, holds);
  // A part that a ghost takes may end before it begins: of that nothing is said.
  const some = atMost(zero, lengthOf(whole));
  know(scope, implies(some, and(atMost(zero, length), atMost(length, lengthOf(whole)))));
  know(
    scope,
    every(length, (i, inner) => {
      const from = select(source, i);
      return and(
        atMost(zero, from),
        less(from, lengthOf(whole)),
        at(from, inner),
        equal(read(items, i), read(itemsOf(whole), from)),
        equal(select(target, from), i),
      );
    }),
  );
  know(
    scope,
    every(lengthOf(whole), (i, inner) => {
      const to = select(target, i);
      const there = and(atMost(zero, to), less(to, length), equal(select(source, to), i));
      return implies(at(i, inner), there);
    }),
  );
  know(scope, ascending(source, length));
  return sequence(sequenceSort(e.type), length, items);
}

function ascending(source: Term, length: Term): Term {
  const a = fresh('a', Int);
  const b = fresh('b', Int);
  const ordered = and(atMost(integer(0), a), less(a, b), less(b, length));
  const [from, to] = [select(source, a), select(source, b)];
  return forall([a, b], implies(ordered, less(from, to)), [[from, to]]);
}
