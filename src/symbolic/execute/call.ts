/** Calls: functions, methods, and the operations of the machine below. */
import type {
  Function as Callable,
  ClassKey,
  FunctionKey,
  Position,
  Program,
  Statement,
} from '../ir.ts';
import { evaluate } from './expression.ts';
import { endWithoutReturn } from './pure.ts';
import { type Scope, Undecidable } from './run.ts';
import { merge, type Outcome, type Role, type State } from './state.ts';
import { run } from './statement.ts';
import { type ObjectValue, termOf, type Value } from './value.ts';

export function functionOf(program: Program, key: FunctionKey): Callable {
  const found = program.functions.get(key);
  if (!found) throw new Error(`the program has no function ${key}`);
  return found;
}

/** The method of a class by name, if it has one. */
export function methodOf(program: Program, key: ClassKey, name: string): Callable | undefined {
  const found = program.classes.get(key)?.methods.find((m) => m.name === name);
  return found && functionOf(program, found.function);
}

type Ended = Extract<Outcome, { kind: 'return' | 'throw' }>;

/** Runs a function to its ends; the caller's variables are back in each. */
export function enter(
  called: Callable,
  given: readonly Value[],
  self: Role | ObjectValue | undefined,
  scope: Scope,
): readonly Ended[] {
  if (scope.calls.includes(called.key))
    throw new Undecidable(
      'measure',
      called.at,
      `${called.name} calls itself: nothing shows that it ends`,
      'write a loop with an invariant and a measure',
    );
  const { variables, types } = scope.state;
  const { state } = scope;
  state.variables = new Map();
  state.types = new Map();
  called.parameters.forEach((p, i) => {
    const value = given[i];
    if (value) state.variables.set(p.variable, value);
    state.types.set(p.variable, p.type);
  });
  const inner: Scope = {
    ...scope,
    self,
    ghost: scope.ghost || called.ghost,
    calls: [...scope.calls, called.key],
  };
  return run(called.body, inner).map((outcome) => {
    const ended = end(called, outcome, inner);
    ended.state.variables = new Map(variables);
    ended.state.types = new Map(types);
    return ended;
  });
}

function end(called: Callable, outcome: Outcome, scope: Scope): Ended {
  const { state } = outcome;
  if (outcome.kind === 'throw') return outcome;
  if (outcome.kind === 'return' && outcome.value) return outcome;
  const value = endWithoutReturn(called, { ...scope, state });
  return { kind: 'return', state, value };
}

export function call(statement: Statement & { kind: 'call' }, scope: Scope): readonly Outcome[] {
  const given = statement.arguments.map((a) => evaluate(a, scope));
  return ended(statement, given, scope).map((outcome): Outcome => {
    if (outcome.kind === 'throw') return outcome;
    const { result } = statement;
    if (result && outcome.value) {
      outcome.state.variables.set(result.variable, outcome.value);
      outcome.state.types.set(result.variable, result.type);
    }
    return { kind: 'next', state: outcome.state };
  });
}

function ended(
  statement: Statement & { kind: 'call' },
  given: readonly Value[],
  scope: Scope,
): readonly Ended[] {
  const { callee, at } = statement;
  const { program } = scope.run;
  switch (callee.kind) {
    case 'lower':
      return lowerOperation(callee.operation, given, at, scope);
    case 'method':
      return enter(functionOf(program, callee.function), given, scope.self, scope);
    case 'function':
      return enter(functionOf(program, callee.function), given, undefined, scope);
  }
}

/** One operation of the machine below: power may go before it, and a fault may come first. */
function lowerOperation(
  name: string,
  given: readonly Value[],
  at: Position,
  scope: Scope,
): readonly Ended[] {
  const { state, run: context } = scope;
  const lower = state.objects.get('lower');
  if (!lower) throw new Undecidable('subset', at, 'there is no machine below here', '');
  context.hooks.crashPoint(state, at, `before ${name}`);
  const effect = { operation: name, arguments: given.map(termOf), at };
  state.effects = [...state.effects, { ...effect, choices: state.choices.length }];
  const ready = hook('fault', { ...scope, state });
  const operation = methodOf(context.program, lower.class, name);
  if (!operation) throw new Error(`the machine has no operation ${name}`);
  const from = ready.fork();
  return together(from, enter(operation, given, 'lower', { ...scope, state: ready }), scope);
}

/** What the environment does to the machine below, if it can do that: one state after it. */
export function hook(name: 'fault' | 'crash', scope: Scope): State {
  const { state, run: context } = scope;
  const lower = state.objects.get('lower');
  const method = lower && methodOf(context.program, lower.class, name);
  if (!method) return state;
  const from = state.fork();
  const ends = together(from, enter(method, [], 'lower', scope), scope);
  const [only] = ends.filter((e) => e.kind === 'return');
  if (!only || ends.length > 1)
    throw new Undecidable('subset', method.at, `${name}() may throw`, 'a hook only changes state');
  return only.state;
}

/** An atomic step has one outcome of each kind: its paths become choices between values. */
function together(from: State, ends: readonly Ended[], scope: Scope): readonly Ended[] {
  if (scope.run.angelic) return ends;
  const results: Ended[] = [];
  const returns = ends.filter((e) => e.kind === 'return');
  if (returns.length > 0) results.push({ kind: 'return', ...merge(from, returns) });
  const errors = new Map(ends.flatMap((e) => (e.kind === 'throw' ? [[e.error, e]] : [])));
  for (const [error, { at }] of errors) {
    const thrown = ends.filter((e) => e.kind === 'throw' && e.error === error);
    results.push({ kind: 'throw', error, at, state: merge(from, thrown).state });
  }
  return results;
}

export function construct(
  statement: Statement & { kind: 'construct' },
  scope: Scope,
): readonly Outcome[] {
  const given = statement.arguments.map((a) => evaluate(a, scope));
  const { object, state } = constructed(statement.class, given, scope);
  state.variables.set(statement.variable, object);
  state.types.set(statement.variable, { kind: 'object', class: statement.class });
  return [{ kind: 'next', state }];
}

/** A new object: constructors only assign fields. */
export function constructed(
  key: ClassKey,
  given: readonly Value[],
  scope: Scope,
): { object: ObjectValue; state: State } {
  const found = scope.run.program.classes.get(key);
  if (!found) throw new Error(`the program has no class ${key}`);
  const role = `new ${found.name}`;
  scope.state.objects.set(role, { kind: 'object', class: key, fields: new Map() });
  const ends = enter(functionOf(scope.run.program, found.construct), given, role, scope);
  const [only] = ends;
  const object = only?.state.objects.get(role);
  if (!only || ends.length !== 1 || !object)
    throw new Undecidable('subset', found.at, 'a constructor branches', 'use ?: instead of if');
  only.state.objects.delete(role);
  return { object, state: only.state };
}
