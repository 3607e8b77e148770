/**
 * Loops: by invariant, for any number of turns; or turn by turn when everything is small.
 *
 * At the head of a loop everything its turns may change is unknown but for the invariants and, if
 * the turns touch the machine below, for what holds wherever power may go.
 */
import {
  and,
  atMost,
  fresh,
  Int,
  implies,
  integer,
  less,
  not,
  or,
  type Term,
} from '../../logic/index.ts';
import type { Statement, Type } from '../ir.ts';
import { refuseChoices } from './choice.ts';
import { term } from './expression.ts';
import { freshMap } from './map.ts';
import { type Changes, changesOfTurns, type Extent } from './modifies.ts';
import { oblige, type Scope, selfOf, Undecidable } from './run.ts';
import { sortOf, typed } from './sorts.ts';
import type { Outcome, State } from './state.ts';
import { impossible, limitPaths, run } from './statement.ts';
import { isObject, itemsOf, lengthOf, sequence, type Value, withField } from './value.ts';

type Loop = Statement & { kind: 'loop' };

export function loop(statement: Loop, scope: Scope): readonly Outcome[] {
  const { bound, turns } = scope.run;
  if (bound !== undefined) return unrolled(statement, scope, turns ?? bound + 1);
  const lower = scope.state.objects.get('lower')?.class;
  const changes = changesOfTurns(statement, scope.run.program, lower);
  if (scope.state.choices.length > 0 || changes.choices) refuseChoices(scope, statement);
  // Without choices a promise has one run, and owes what code owes.
  const plain: Scope = { ...scope, run: { ...scope.run, angelic: false } };
  atHead(statement, plain, changes, beforeLoop);
  havoc(changes, statement, scope);
  const { state } = scope;
  const before = state.conditions;
  for (const invariant of statement.invariants) {
    const holds = term(invariant.holds, { ...scope, ghost: true });
    state.know(implies(and(...before), holds));
  }
  if (changes.effects) scope.run.hooks.assumeCrash(state);
  const { exits, again } = turn(statement, plain, true);
  for (const head of again) atHead(statement, { ...plain, state: head }, changes, kept);
  if (scope.run.angelic) ends(exits, before);
  return exits;
}

/** The loop comes to an end, so one of its exits is taken; which one is not ours to choose. */
function ends(exits: readonly Outcome[], before: readonly Term[]): void {
  const ways = exits.map(({ state }) => and(...state.conditions.slice(before.length)));
  const taken = implies(and(...before), or(...ways));
  for (const { state } of exits) state.know(taken);
}

/** What is obliged of an invariant where its loop begins. */
export const beforeLoop = 'the loop invariant holds before the first turn';
const kept = 'the loop invariant is kept by a turn of the loop';

/** What must hold each time the head is reached. */
function atHead(statement: Loop, scope: Scope, changes: Changes, text: string): void {
  for (const invariant of statement.invariants) {
    const holds = term(invariant.holds, { ...scope, ghost: true });
    oblige({ ...scope, ghost: false }, 'invariant', invariant.at, holds, text);
  }
  if (changes.effects)
    scope.run.hooks.crashPoint(scope.state, statement.at, 'between two turns of the loop');
}

/** One turn: the paths that leave the loop, and the states that reach the head again. */
function turn(
  statement: Loop,
  scope: Scope,
  measured: boolean,
): { exits: readonly Outcome[]; again: readonly State[] } {
  const exits: Outcome[] = [];
  const again: State[] = [];
  for (const outcome of run(statement.before, scope)) {
    if (outcome.kind !== 'next') exits.push(outcome);
    else tested(statement, { ...scope, state: outcome.state }, measured, exits, again);
  }
  return { exits, again };
}

function tested(
  statement: Loop,
  scope: Scope,
  measured: boolean,
  exits: Outcome[],
  again: State[],
): void {
  const condition = term(statement.condition, scope);
  const left = scope.state.fork();
  left.assume(not(condition));
  if (!impossible(left)) exits.push({ kind: 'next', state: left });
  scope.state.assume(condition);
  if (impossible(scope.state)) return;
  const before = measured ? measure(statement, scope) : undefined;
  for (const outcome of run(statement.body, scope)) {
    if (outcome.kind === 'break') exits.push({ kind: 'next', state: outcome.state });
    else if (outcome.kind === 'return' || outcome.kind === 'throw') exits.push(outcome);
    else
      for (const after of run(statement.after, { ...scope, state: outcome.state })) {
        if (after.kind !== 'next') {
          exits.push(after);
          continue;
        }
        if (before) decreased(statement, before, { ...scope, state: after.state });
        again.push(after.state);
      }
  }
}

/** The measure at the start of a turn: not negative. */
function measure(statement: Loop, scope: Scope): Term {
  if (!statement.measure)
    throw new Undecidable(
      'measure',
      statement.at,
      'nothing shows that this loop ends',
      'open its body with decreases(() => ...), a number that becomes smaller with every turn',
    );
  const value = term(statement.measure.value, { ...scope, ghost: true });
  oblige({ ...scope, ghost: false }, 'measure', statement.measure.at, atMost(integer(0), value));
  return value;
}

function decreased(statement: Loop, before: Term, scope: Scope): void {
  if (!statement.measure) return;
  const after = term(statement.measure.value, { ...scope, ghost: true });
  oblige({ ...scope, ghost: false }, 'measure', statement.measure.at, less(after, before));
}

function havoc(changes: Changes, statement: Loop, scope: Scope): void {
  const { state } = scope;
  state.loops++;
  for (const [name, extent] of changes.variables) {
    const value = state.variables.get(name);
    const type = state.types.get(name);
    if (!value || !type) continue;
    if (isObject(value))
      throw new Undecidable('subset', statement.at, 'a loop changes a state', '');
    const types = [type, ...(changes.types.get(name) ?? [])];
    state.variables.set(name, unknown(name, value, types, extent, state));
  }
  if (typeof scope.self === 'string' && changes.self.size > 0)
    fields(scope.self, changes.self, selfOf(scope, statement.at).class, scope);
  const lower = state.objects.get('lower');
  if (lower) fields('lower', changes.lower, lower.class, scope);
}

function fields(
  role: string,
  changed: ReadonlyMap<string, Extent>,
  key: string,
  scope: Scope,
): void {
  const { state } = scope;
  for (const [name, extent] of changed) {
    const object = state.objects.get(role);
    const value = object?.fields.get(name);
    const type = scope.run.program.classes.get(key)?.fields.find((f) => f.name === name)?.type;
    if (!object || !value || !type) continue;
    state.objects.set(role, withField(object, name, unknown(name, value, [type], extent, state)));
  }
}

/** A value of which only its possible types are known, and for sequences perhaps its length. */
function unknown(
  name: string,
  old: Value,
  types: readonly Type[],
  extent: Extent,
  state: State,
): Term {
  const hint = name.split('#')[0] || 'value';
  if (extent === 'elements' && !isObject(old) && old.sort.kind === 'datatype')
    return sequence(old.sort, lengthOf(old), fresh(hint, itemsOf(old).sort));
  const [first] = types;
  if (!first || types.some((t) => sortOf(t) !== sortOf(first)))
    throw new Error(`${hint} is given values of different sorts`);
  const value = freshValue(hint, first);
  state.know(or(...types.map((t) => typed(t, value))));
  return value;
}

/** An unknown value; a sequence in two parts, so that patterns meet its items. */
export function freshValue(hint: string, type: Type): Term {
  if (type.kind === 'map') return freshMap(hint, type);
  const sort = sortOf(type);
  if ((type.kind === 'array' || type.kind === 'bytes') && sort.kind === 'datatype')
    return sequence(
      sort,
      fresh(`${hint}_length`, Int),
      fresh(hint, sort.constructors[0]!.fields[1]!.sort),
    );
  return fresh(hint, sort);
}

/** Every turn for itself; runs with more turns than the bound are left out. */
function unrolled(statement: Loop, scope: Scope, turns: number): readonly Outcome[] {
  const exits: Outcome[] = [];
  let heads: readonly State[] = [scope.state];
  for (let i = 0; i <= turns && heads.length > 0; i++) {
    const next: State[] = [];
    for (const state of heads) {
      const result = turn(statement, { ...scope, state }, false);
      exits.push(...result.exits);
      next.push(...result.again);
      limitPaths(exits.length + next.length, statement);
    }
    heads = next;
  }
  return exits;
}
