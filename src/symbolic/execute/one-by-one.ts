/** What is done with every element of a sequence, when there are few: one after the other. */
import {
  add,
  and,
  atMost,
  implies,
  integer,
  ite,
  less,
  or,
  store,
  type Term,
  yes,
} from '../../logic/index.ts';
import { type At, type Each, goesOn } from './each.ts';
import { under } from './expression.ts';
import { knowType, type Scope } from './run.ts';
import { elementType, sequenceItems } from './sequence.ts';
import { typed } from './sorts.ts';
import { choose, itemsOf, lengthOf, read, sequence, sequenceSort } from './value.ts';

/** An element that may be there, and the closure's value for it. */
interface One {
  readonly there: Term;
  readonly value: Term;
  readonly element: Term;
}

/** In a small state: for every element that may be there, one after the other. */
export function oneByOne(e: Each, whole: Term, at: At, scope: Scope, bound: number): Term {
  const length = lengthOf(whole);
  scope.state.assume(implies(and(...scope.guard), atMost(length, integer(bound))));
  let looking: Term = yes;
  const values = Array.from({ length: bound }, (_, i): One => {
    const there = less(integer(i), length);
    const inner = under(scope, and(there, looking));
    if (!inner.ghost)
      knowType(inner, typed(elementType(e.of.type), read(itemsOf(whole), integer(i))));
    const value = at(integer(i), inner);
    looking = and(looking, goesOn(e, value));
    return { there, value, element: read(itemsOf(whole), integer(i)) };
  });
  switch (e.form) {
    case 'every':
      return and(...values.map(({ there, value }) => implies(there, value)));
    case 'some':
      return or(...values.map(({ there, value }) => and(there, value)));
    case 'first':
      return values.reduceRight<Term>(
        (later, { there, value }, i) => ite(and(there, value), integer(i), later),
        integer(-1),
      );
    case 'map': {
      const items = sequenceItems(
        e.type,
        values.map(({ value }) => value),
      );
      return sequence(sequenceSort(e.type), length, items);
    }
    case 'filter':
      return kept(e, values);
  }
}

/** The elements that stay, each behind those before it. */
function kept(e: Each, values: readonly One[]): Term {
  const sort = sequenceSort(e.type);
  return values.reduce<Term>(
    (all, { there, value, element }) => {
      const longer = sequence(
        sort,
        add(lengthOf(all), integer(1)),
        store(itemsOf(all), lengthOf(all), element),
      );
      return choose(and(there, value), longer, all);
    },
    sequence(sort, integer(0), sequenceItems(e.type, [])),
  );
}
