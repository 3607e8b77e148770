/** What is done with every element of a sequence, when there are few: one after the other. */
import {
  add,
  and,
  atMost,
  implies,
  integer,
  ite,
  less,
  no,
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
  const values = looked(e, whole, at, scope, bound);
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

/** The elements that may be there and be looked at. */
function looked(e: Each, whole: Term, at: At, scope: Scope, bound: number): readonly One[] {
  const found: One[] = [];
  let looking: Term = yes;
  for (let i = 0; i < bound; i++) {
    const index = integer(i);
    const there = less(index, lengthOf(whole));
    if (and(there, looking) === no) break;
    const inner = under(scope, and(there, looking));
    const element = read(itemsOf(whole), index);
    if (!inner.ghost) knowType(inner, typed(elementType(e.of.type), element));
    const value = at(index, inner);
    looking = and(looking, goesOn(e, value));
    found.push({ there, value, element });
  }
  return found;
}
