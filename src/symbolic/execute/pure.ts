/** Pure functions, evaluated in place: branches become choices between values. */
import { no, not, store, type Term } from '../../logic/index.ts';
import type { Function as Callable, Expression, Statement, Type } from '../ir.ts';
import { constructed } from './call.ts';
import { applied, use } from './contract.ts';
import { convert } from './convert.ts';
import { evaluate, term, under } from './expression.ts';
import { inside } from './intrinsic.ts';
import { assigning, oblige, type Scope, Undecidable } from './run.ts';
import { chooseValue, itemsOf, lengthOf, sequence, termOf, unit, type Value } from './value.ts';

export function invoke(e: Expression & { kind: 'invoke' }, scope: Scope): Value {
  const called = scope.run.program.functions.get(e.function);
  if (!called) throw new Error(`the program has no function ${e.function}`);
  const given = e.arguments.map((a) => evaluate(a, scope));
  const self = e.self ? evaluate(e.self, scope) : undefined;
  if (self && !('kind' in self)) throw new Error('a method was called on a value');
  if (called.contract) return applied(called, called.contract, given, e, scope);
  return inPlace(called, given, { ...scope, self: e.self?.kind === 'self' ? scope.self : self });
}

/** The value of a pure function for these arguments. */
export function inPlace(called: Callable, given: readonly Value[], scope: Scope): Value {
  if (scope.calls.includes(called.key))
    throw new Undecidable('measure', called.at, `${called.name} calls itself`, 'write a loop');
  return bodyOf(called, given, scope);
}

/** What the body of a pure function makes of these arguments. */
export function bodyOf(called: Callable, given: readonly Value[], scope: Scope): Value {
  const { state } = scope;
  const outer = { variables: state.variables, types: state.types };
  state.variables = new Map();
  state.types = new Map();
  called.parameters.forEach((p, i) => {
    const value = given[i];
    if (value) state.variables.set(p.variable, value);
    state.types.set(p.variable, p.type);
  });
  const inner = {
    ...scope,
    ghost: scope.ghost || called.ghost,
    calls: [...scope.calls, called.key],
  };
  const value = block(called.body, inner, called);
  state.variables = outer.variables;
  state.types = outer.types;
  if (!value) throw new Error(`${called.name} returns nothing`);
  return value;
}

/** The value returned by statements; none if they cannot be reached to their end. */
function block(
  statements: readonly Statement[],
  scope: Scope,
  called: Callable,
): Value | undefined {
  for (const [i, statement] of statements.entries()) {
    if (statement.kind === 'return')
      return statement.value ? evaluate(statement.value, scope) : unit({ kind: 'undefined' });
    if (statement.kind === 'if') return branch(statement, statements.slice(i + 1), scope, called);
    step(statement, scope);
  }
  return endWithoutReturn(called, scope);
}

/** Past the last statement the value is undefined; a type without it says nobody gets there. */
export function endWithoutReturn(called: Callable, scope: Scope): Term | undefined {
  const nothing: Type = { kind: 'undefined' };
  const { returns } = called;
  const allowed = returns.kind === 'union' ? returns.of : [returns];
  if (allowed.some((t) => t.kind === 'undefined'))
    return convert(unit(nothing), nothing, returns).value;
  oblige(scope, 'narrowing', called.at, no);
  return undefined;
}

function branch(
  statement: Statement & { kind: 'if' },
  rest: readonly Statement[],
  scope: Scope,
  called: Callable,
): Value | undefined {
  const condition = term(statement.condition, scope);
  const before = new Map(scope.state.variables);
  const a = block([...statement.then, ...rest], under(scope, condition), called);
  scope.state.variables = before;
  const b = block([...statement.else, ...rest], under(scope, not(condition)), called);
  // A side that cannot be reached may end without a value.
  if (!a || !b) return a ?? b;
  return chooseValue(condition, a, b);
}

function step(statement: Statement, scope: Scope): void {
  const { state } = scope;
  switch (statement.kind) {
    case 'assign':
      state.variables.set(
        statement.variable,
        evaluate(statement.value, assigning(statement, scope)),
      );
      state.types.set(statement.variable, statement.value.type);
      return;
    case 'assignElement':
      assignElement(statement, scope);
      return;
    case 'construct': {
      const given = statement.arguments.map((a) => evaluate(a, scope));
      const { object } = constructed(statement.class, given, scope);
      state.variables.set(statement.variable, object);
      return;
    }
    case 'use':
      use(statement, scope);
      return;
    case 'assert':
    case 'requires':
      oblige(scope, statement.kind, statement.at, term(statement.condition, scope));
      return;
    default:
      throw new Undecidable(
        'subset',
        statement.at,
        `a ${statement.kind} statement stands where an expression is evaluated`,
        'call this function in a statement of its own',
      );
  }
}

function assignElement(statement: Statement & { kind: 'assignElement' }, scope: Scope): void {
  if (statement.place.kind === 'field') throw new Error('a pure function assigns no field');
  const name = statement.place.variable;
  const whole = scope.state.variables.get(name);
  const type = scope.state.types.get(name);
  if (!whole || !type) throw new Error(`${name} has no value`);
  const index = term(statement.index, scope);
  const value = term(statement.value, scope);
  scope.state.variables.set(name, replaceElement(termOf(whole), index, value, statement, scope));
}

/** A sequence with one element replaced; the index must lie within it. */
export function replaceElement(
  whole: Term,
  index: Term,
  value: Term,
  statement: Statement,
  scope: Scope,
): Term {
  oblige(scope, 'bounds', statement.at, inside(whole, index));
  if (whole.sort.kind !== 'datatype') throw new Error('only a sequence has elements');
  return sequence(whole.sort, lengthOf(whole), store(itemsOf(whole), index, value));
}
