/** Runs statements symbolically: every path to its end. */
import { no, not, type Term, yes } from '../../logic/index.ts';
import type { ClassKey, Statement } from '../ir.ts';
import { call, construct } from './call.ts';
import { choice } from './choice.ts';
import { use } from './contract.ts';
import { evaluate, term } from './expression.ts';
import { loop } from './loop.ts';
import { pick } from './pick.ts';
import { replaceElement } from './pure.ts';
import { assigning, oblige, type Scope, selfOf, Undecidable } from './run.ts';
import { merge, type Outcome, type State } from './state.ts';
import { termOf, withField } from './value.ts';

/** The ways in which a list of statements can end, from the scope's state on. */
export function run(statements: readonly Statement[], scope: Scope): readonly Outcome[] {
  let open: readonly State[] = [scope.state];
  const done: Outcome[] = [];
  for (const statement of statements) {
    const next: State[] = [];
    for (const state of open) {
      for (const outcome of runOne(statement, { ...scope, state })) {
        if (outcome.kind === 'next') next.push(outcome.state);
        else done.push(outcome);
      }
      // After each path: there may be a thousand of them, and each may part into a thousand.
      limitPaths(Math.max(next.length, done.length), statement);
    }
    open = next;
  }
  return [...done, ...open.map((state) => ({ kind: 'next', state }) as const)];
}

/** Paths that did different things to the machine below stay apart; more than this are hopeless. */
const mostPaths = 1_000;

export function limitPaths(paths: number, { at }: Statement): void {
  if (paths <= mostPaths) return;
  throw new Undecidable(
    'bound',
    at,
    `more than ${mostPaths.toLocaleString('en')} paths lead past here`,
    'give a loop an invariant, or let fewer branches touch the machine below',
  );
}

/** Whether a path is impossible on the face of it. */
export function impossible(state: State): boolean {
  return state.conditions.includes(no);
}

function runOne(statement: Statement, scope: Scope): readonly Outcome[] {
  const { state } = scope;
  const next: readonly Outcome[] = [{ kind: 'next', state }];
  switch (statement.kind) {
    case 'assign':
      state.variables.set(
        statement.variable,
        evaluate(statement.value, assigning(statement, scope)),
      );
      state.types.set(statement.variable, statement.value.type);
      return next;
    case 'assignField':
      assignField(statement.field, term(statement.value, scope), statement, scope);
      return next;
    case 'assignElement':
      assignElement(statement, scope);
      return next;
    case 'choose':
      return choice(statement, scope);
    case 'pick':
      pick(statement, scope);
      return impossible(state) ? [] : next;
    case 'call':
      return call(statement, scope);
    case 'construct':
      return construct(statement, scope);
    case 'if':
      return branch(statement, scope);
    case 'loop':
      return loop(statement, scope);
    case 'break':
      return [{ kind: 'break', state }];
    case 'continue':
      return [{ kind: 'continue', state }];
    case 'return': {
      const value = statement.value && evaluate(statement.value, scope);
      return [{ kind: 'return', state, value }];
    }
    case 'throw':
      return [{ kind: 'throw', state, error: statement.error, at: statement.at }];
    case 'try':
      return attempt(statement, scope);
    case 'assert':
    case 'requires': {
      // The proof of a lemma claims what ghosts may say.
      const told = scope.proving ? { ...scope, ghost: false } : scope;
      oblige(told, statement.kind, statement.at, term(statement.condition, scope));
      return next;
    }
    case 'use':
      use(statement, scope);
      return next;
    case 'assume': {
      const condition = term(statement.condition, assigning(statement, scope));
      state.assume(condition);
      scope.run.hooks.assumed(statement.at, statement.because, state, condition);
      return impossible(state) ? [] : next;
    }
  }
}

function assignField(name: string, value: Term, statement: Statement, scope: Scope): void {
  if (typeof scope.self !== 'string') throw new Error('only a running method assigns fields');
  scope.state.objects.set(scope.self, withField(selfOf(scope, statement.at), name, value));
}

function assignElement(statement: Statement & { kind: 'assignElement' }, scope: Scope): void {
  const { place } = statement;
  const index = term(statement.index, scope);
  const value = term(statement.value, scope);
  if (place.kind === 'variable') {
    const whole = scope.state.variables.get(place.variable);
    if (!whole) throw new Error(`${place.variable} has no value`);
    const changed = replaceElement(termOf(whole), index, value, statement, scope);
    scope.state.variables.set(place.variable, changed);
    return;
  }
  const whole = selfOf(scope, statement.at).fields.get(place.field);
  if (!whole) throw new Error(`${place.field} has no value`);
  assignField(place.field, replaceElement(whole, index, value, statement, scope), statement, scope);
}

function branch(statement: Statement & { kind: 'if' }, scope: Scope): readonly Outcome[] {
  const condition = term(statement.condition, scope);
  tell(statement, condition, scope);
  if (condition === yes) return run(statement.then, scope);
  if (condition === no) return run(statement.else, scope);
  const from = scope.state.fork();
  const otherwise = scope.state.fork();
  scope.state.assume(condition);
  otherwise.assume(not(condition));
  const outcomes = [
    ...run(statement.then, scope),
    ...run(statement.else, { ...scope, state: otherwise }),
  ];
  return scope.run.angelic ? outcomes : joined(from, outcomes);
}

/** Reports which sides of a branch can be reached. */
function tell(statement: Statement & { kind: 'if' }, condition: Term, scope: Scope): void {
  const { reached } = scope.run.hooks;
  if (!reached) return;
  for (const [side, holds] of [
    [statement.then, condition],
    [statement.else, not(condition)],
  ] as const) {
    const [first] = side;
    if (!first) continue;
    const state = scope.state.fork();
    state.assume(holds);
    reached(first.at, state);
  }
}

/** Paths on which nothing happened to the machine below go on as one. */
export function joined(from: State, outcomes: readonly Outcome[]): readonly Outcome[] {
  const quiet = outcomes.filter(
    (o) => o.kind === 'next' && o.state.effects === from.effects && o.state.loops === from.loops,
  );
  if (quiet.length < 2) return outcomes;
  const { state } = merge(from, quiet);
  return [...outcomes.filter((o) => !quiet.includes(o)), { kind: 'next', state }];
}

function attempt(statement: Statement & { kind: 'try' }, scope: Scope): readonly Outcome[] {
  const catches = (error: ClassKey) => statement.handlers.find((h) => h.error === error);
  return run(statement.body, scope).flatMap((outcome) => {
    const handler = outcome.kind === 'throw' ? catches(outcome.error) : undefined;
    return handler ? run(handler.body, { ...scope, state: outcome.state }) : [outcome];
  });
}
