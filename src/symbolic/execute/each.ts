/**
 * What is done with every element of a sequence: the meaning of closures.
 *
 * A closure is pure, so its value for the element at an index is a term, and what is made of all of
 * them is said by quantifiers. What it owes, it owes for any one index that is looked at.
 */
import {
  and,
  atMost,
  equal,
  fresh,
  Int,
  implies,
  integer,
  less,
  not,
  or,
  type Term,
  yes,
} from '../../logic/index.ts';
import type { Expression } from '../ir.ts';
import { evaluate, term, under } from './expression.ts';
import { filtered } from './filter.ts';
import { made } from './made.ts';
import { oneByOne } from './one-by-one.ts';
import { range } from './range.ts';
import { know, knowType, oblige, type Scope, Undecidable } from './run.ts';
import { elementType, freshItems } from './sequence.ts';
import { typed } from './sorts.ts';
import { itemsOf, lengthOf, read, sequence, sequenceSort, termOf } from './value.ts';

export type Each = Expression & { kind: 'each' };

/** The value of the closure for the element at an index. */
export type At = (index: Term, scope: Scope) => Term;

export function each(e: Each, scope: Scope): Term {
  const whole = term(e.of, scope);
  const at = closureOf(e, whole);
  if (scope.run.bound !== undefined) return oneByOne(e, whole, at, scope, scope.run.bound);
  owe(e, whole, at, scope);
  const ghostly: At = (index, inner) => at(index, { ...inner, ghost: true });
  return forms[e.form](e, whole, ghostly, scope);
}

function closureOf(e: Each, whole: Term): At {
  return (index, scope) => {
    const { state } = scope;
    state.variables.set(e.index, index);
    state.types.set(e.index, { kind: 'integer', range: 'big' });
    state.variables.set(e.element, read(itemsOf(whole), index));
    state.types.set(e.element, elementType(e.of.type));
    const value = termOf(evaluate(e.body, scope));
    state.variables.delete(e.index);
    state.variables.delete(e.element);
    return value;
  };
}

const within = (index: Term, whole: Term) =>
  and(atMost(integer(0), index), less(index, lengthOf(whole)));

/** Whether the elements behind one with this value are looked at. */
export function goesOn(e: Each, value: Term): Term {
  if (e.form === 'map' || e.form === 'filter') return yes;
  return e.form === 'every' ? value : not(value);
}

/** What the closure owes for one element, whichever that is. */
function owe(e: Each, whole: Term, at: At, scope: Scope): void {
  if (scope.ghost) return;
  if (scope.run.angelic) {
    oweAll(e, whole, at, scope);
    return;
  }
  const index = fresh(hintOf(e), Int);
  const looked = under(scope, and(within(index, whole), earlier(e, at, index, scope)));
  knowType(looked, typed(elementType(e.of.type), read(itemsOf(whole), index)));
  at(index, looked);
}

/** A promise has no obligations but conditions of a path, which speak of all elements at once. */
function oweAll(e: Each, whole: Term, at: At, scope: Scope): void {
  const needs: At = (index, inner) => {
    const goals: Term[] = [];
    const oblige = (_kind: unknown, _at: unknown, _state: unknown, goal: Term) => {
      goals.push(goal);
    };
    const run = { ...scope.run, hooks: { ...scope.run.hooks, oblige }, angelic: false };
    at(index, { ...inner, state: scope.state.fork(), run });
    return and(...goals);
  };
  const before: At = (index, inner) => earlier(e, at, index, inner);
  oblige(
    scope,
    'bounds',
    e.at,
    range('forall', integer(0), lengthOf(whole), hintOf(e), scope, (i, inner) =>
      implies(before(i, inner), needs(i, inner)),
    ),
  );
}

/** The element at an index is looked at: none before it has decided. */
function earlier(e: Each, at: At, index: Term, scope: Scope): Term {
  return range('forall', integer(0), index, 'earlier', scope, (i, inner) =>
    goesOn(e, at(i, { ...inner, ghost: true })),
  );
}

type Form = (e: Each, whole: Term, at: At, scope: Scope) => Term;

const forms: { readonly [F in Each['form']]: Form } = {
  map: mapped,
  filter: filtered,
  every: (e, whole, at, scope) => overAll('forall', e, whole, at, scope),
  some: (e, whole, at, scope) => overAll('exists', e, whole, at, scope),
  first,
};

function overAll(
  quantifier: 'forall' | 'exists',
  e: Each,
  whole: Term,
  at: At,
  scope: Scope,
): Term {
  return range(quantifier, integer(0), lengthOf(whole), hintOf(e), scope, at);
}

function hintOf(e: Each): string {
  return e.index.split('#')[0]!;
}

function mapped(e: Each, whole: Term, at: At, scope: Scope): Term {
  const items = freshItems(e, scope);
  const holds = range('forall', integer(0), lengthOf(whole), hintOf(e), scope, (i, inner) =>
    equal(read(items, i), at(i, inner)),
  );
  know(scope, holds);
  return sequence(sequenceSort(e.type), lengthOf(whole), items);
}

/** The least index for which the closure is true: it is, and nothing before it is. */
function first(e: Each, whole: Term, at: At, scope: Scope): Term {
  if (scope.quantified > 0)
    throw new Undecidable(
      'subset',
      e.at,
      'a first element is looked for under a quantifier',
      'forall() and exists(), or some()',
    );
  const found = made('found', Int);
  const none = equal(found, integer(-1));
  const missed = (end: Term) =>
    range('forall', integer(0), end, hintOf(e), scope, (i, inner) => not(at(i, inner)));
  know(scope, or(none, and(within(found, whole), at(found, scope), missed(found))));
  know(scope, implies(none, missed(lengthOf(whole))));
  return found;
}
