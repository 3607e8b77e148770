/** Quantifiers over a range of integers. */
import {
  and,
  atMost,
  constant,
  equal,
  exists,
  forall,
  Int,
  implies,
  integer,
  less,
  or,
  type Term,
} from '../../logic/index.ts';
import type { Scope } from './run.ts';
import { itemsOf, lengthOf, read } from './value.ts';

/** `holds(i)` for all or some low <= i < high; one by one when everything is small. */
export function range(
  quantifier: 'forall' | 'exists',
  low: Term,
  high: Term,
  hint: string,
  scope: Scope,
  holds: (index: Term, scope: Scope) => Term,
): Term {
  const within = (i: Term) => and(atMost(low, i), less(i, high));
  const { bound } = scope.run;
  if (bound === undefined) {
    // The same words make the same term, so that what is known is recognised when it is a goal.
    const index = constant(`${hint}_${scope.quantified}`, Int);
    const guard = [...scope.guard, within(index)];
    const inner = { ...scope, guard, quantified: scope.quantified + 1 };
    return quantifier === 'forall'
      ? forall([index], implies(within(index), holds(index, inner)))
      : exists([index], and(within(index), holds(index, inner)));
  }
  // Only states in which these indices are all there are count as small.
  const small = or(atMost(high, low), and(atMost(integer(0), low), atMost(high, integer(bound))));
  scope.state.assume(implies(and(...scope.guard), small));
  const indices = Array.from({ length: bound }, (_, i) => integer(i));
  const at = (i: Term) => holds(i, { ...scope, guard: [...scope.guard, within(i)] });
  return quantifier === 'forall'
    ? and(...indices.map((i) => implies(within(i), at(i))))
    : or(...indices.map((i) => and(within(i), at(i))));
}

/** Whether two sequences have the same length and elements. */
export function sameSequence(a: Term, b: Term, scope: Scope): Term {
  const length = lengthOf(a);
  const same = range('forall', integer(0), length, 'i', scope, (i) =>
    equal(read(itemsOf(a), i), read(itemsOf(b), i)),
  );
  return and(equal(length, lengthOf(b)), same);
}
