/**
 * Lemmas, and functions of which not the body but a contract is known.
 *
 * Such a function is an uninterpreted one. Of a value of it is known what its contract says of
 * these arguments and, unless it is opaque, what its body says of them, a few calls deep. In small
 * states the body stands in its place.
 */
import {
  and,
  atMost,
  declare,
  equal,
  type FunctionSymbol,
  implies,
  integer,
  less,
  call as symbolCall,
  type Term,
  yes,
} from '../../logic/index.ts';
import type { Function as Callable, Contract, Expression, Statement } from '../ir.ts';
import { evaluate, term } from './expression.ts';
import { freshValue } from './loop.ts';
import { bodyOf } from './pure.ts';
import { know, knowType, oblige, type Scope, Undecidable } from './run.ts';
import { sortOf, typed } from './sorts.ts';
import { termOf, type Value } from './value.ts';

/** How many calls deep the body of a function that calls itself is looked at. */
const depth = 2;

/** The function with a contract that is being shown to keep it, from these arguments on. */
export interface Proving {
  readonly key: string;
  /** Its measure there; absent if it has none. */
  readonly measure?: Term;
  /** `end`: that it comes to an end. `contract`: for less, it may be used. */
  readonly what: 'end' | 'contract';
}

const symbols = new Map<string, FunctionSymbol>();
const names = new Map<string, number>();

/** Two functions of one name are two. */
export function functionSymbol(called: Callable): FunctionSymbol {
  const known = symbols.get(called.key);
  const sorts = called.parameters.map((p) => sortOf(p.type));
  const result = sortOf(called.returns);
  const same = known?.resultSort === result && sorts.every((s, i) => s === known.argumentSorts[i]);
  if (known && same && sorts.length === known.argumentSorts.length) return known;
  const count = (names.get(called.name) ?? 0) + 1;
  names.set(called.name, count);
  const made = declare(`function ${called.name} ${count}`, sorts, result);
  symbols.set(called.key, made);
  return made;
}

/** A part of a contract, of these arguments. */
export function said(
  called: Callable,
  of: Expression,
  given: readonly Value[],
  scope: Scope,
): Term {
  return inParameters(called, given, scope, (inner) => term(of, inner));
}

function inParameters<T>(
  called: Callable,
  given: readonly Value[],
  scope: Scope,
  body: (inner: Scope) => T,
): T {
  const { state } = scope;
  const { variables, types } = state;
  state.variables = new Map(called.parameters.map((p, i) => [p.variable, given[i]!]));
  state.types = new Map(called.parameters.map((p) => [p.variable, p.type]));
  const result = body({ ...scope, ghost: true, self: undefined });
  state.variables = variables;
  state.types = types;
  return result;
}

/** What a contract asks for: arguments of their types, and what it says it requires. */
export function required(
  called: Callable,
  contract: Contract,
  given: readonly Value[],
  scope: Scope,
): Term {
  const types = called.parameters.map((p, i) => typed(p.type, termOf(given[i]!)));
  return and(...types, ...contract.requires.map((each) => said(called, each, given, scope)));
}

function ensured(called: Callable, of: Contract, given: readonly Value[], scope: Scope): Term {
  // In what a contract ensures, the function itself is only a name.
  const inner = { ...scope, calls: [...scope.calls, contractOf(called)] };
  return and(...of.ensures.map((each) => said(called, each.holds, given, inner)));
}

const contractOf = (called: Callable) => `contract of ${called.key}`;

/** The value of a function with a contract. */
export function applied(
  called: Callable,
  contract: Contract,
  given: readonly Value[],
  e: Expression,
  scope: Scope,
): Term {
  if (scope.run.bound !== undefined) return small(called, given, scope);
  const value = symbolCall(functionSymbol(called), ...given.map(termOf));
  const { proving } = scope;
  if (scope.calls.includes(contractOf(called))) return value;
  if (proving?.key === called.key && proving.what === 'end') {
    smaller(called, contract, given, e.at, proving, scope);
    return value;
  }
  const asked = required(called, contract, given, scope);
  oblige(scope, 'contract', e.at, asked);
  const smallerHere =
    proving?.key === called.key ? lessThan(called, contract, given, proving, scope) : yes;
  if (smallerHere)
    know(scope, implies(and(asked, smallerHere), ensured(called, contract, given, scope)));
  // Shown of the values that code has; ghosts make others.
  knowType(scope, implies(asked, typed(called.returns, value)));
  if (!contract.opaque || proving?.key === called.key)
    unfold(called, contract, given, value, scope);
  return value;
}

/** That these arguments are smaller than the ones of which something is being shown. */
function lessThan(
  called: Callable,
  contract: Contract,
  given: readonly Value[],
  { measure }: Proving,
  scope: Scope,
): Term | undefined {
  if (!measure || !contract.measure) return undefined;
  const here = said(called, contract.measure.value, given, scope);
  return and(atMost(integer(0), measure), less(here, measure));
}

/** A call of the function that is being shown to come to an end. */
function smaller(
  called: Callable,
  contract: Contract,
  given: readonly Value[],
  at: Expression['at'],
  proving: Proving,
  scope: Scope,
): void {
  const less = lessThan(called, contract, given, proving, scope);
  if (!less)
    throw new Undecidable(
      'measure',
      at,
      `${called.name} calls itself: nothing shows that it ends`,
      'decreases(n), with a number that becomes smaller, before anything else in it',
    );
  const conditions = contract.requires.map((each) => said(called, each, given, scope));
  const told = { ...scope, ghost: false };
  oblige(told, 'contract', at, and(...conditions));
  oblige(told, 'measure', at, less);
}

/** What the body says of this value; its requirements are met, or nothing is said. */
function unfold(
  called: Callable,
  contract: Contract,
  given: readonly Value[],
  value: Term,
  scope: Scope,
): void {
  if (scope.quantified > 0) return;
  const open = scope.calls.filter((key) => key === called.key).length;
  if (open >= depth) return;
  const inner = { ...scope, ghost: true, self: undefined };
  const body = bodyOf(called, given, inner);
  const when = contract.requires.map((each) => said(called, each, given, scope));
  know(scope, implies(and(...when), equal(value, termOf(body))));
}

/** In a small state: the body itself, as deep as anything there goes. */
function small(called: Callable, given: readonly Value[], scope: Scope): Term {
  const here = and(...scope.guard);
  const open = scope.calls.filter((key) => key === called.key).length;
  if (open > 2 * (scope.run.bound ?? 0) + 2 || implies(here, unreached) === yes) {
    scope.state.assume(implies(here, unreached));
    return freshValue(called.name, called.returns);
  }
  return termOf(bodyOf(called, given, { ...scope, self: undefined }));
}

const unreached = equal(integer(0), integer(1));

/** `use(lemma)`: from here on it is known what the lemma ensures. */
export function use(statement: Statement & { kind: 'use' }, scope: Scope): void {
  if (scope.run.bound !== undefined) return;
  const called = scope.run.program.functions.get(statement.lemma);
  const contract = called?.contract;
  if (!called || !contract) throw new Error(`the program has no lemma ${statement.lemma}`);
  const ghost = { ...scope, ghost: true };
  const given = statement.arguments.map((a) => evaluate(a, ghost));
  const asked = required(called, contract, given, scope);
  const { proving } = scope;
  // A ghost says something of every state; there a lemma is known where its condition holds.
  const proof = proving !== undefined && scope.calls.length === 0;
  const told = { ...scope, ghost: scope.ghost && !proof };
  oblige(told, 'contract', statement.at, asked);
  let smallerHere: Term = yes;
  if (proving?.key === called.key) {
    const less = lessThan(called, contract, given, proving, scope);
    if (!less)
      throw new Undecidable(
        'measure',
        statement.at,
        `${called.name} rests on itself: nothing becomes smaller`,
        'decreases(n), with a number that becomes smaller, before anything else in it',
      );
    oblige(told, 'measure', statement.at, less);
    smallerHere = less;
  }
  know(scope, implies(and(asked, smallerHere), ensured(called, contract, given, scope)));
}
