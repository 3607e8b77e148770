/** A new store is as first promised, also when its initialisation was cut short. */
import { and, implies, no, type Term, yes } from '../logic/index.ts';
import {
  type Hooks,
  isObject,
  type ObjectValue,
  type Outcome,
  State,
  termOf,
  typed,
  Undecidable,
} from '../symbolic/execute/index.ts';
import type { Class } from '../symbolic/ir.ts';
import { Listener, words } from './listener.ts';
import type { Model } from './model.ts';
import type { Collected } from './obligation.ts';
import { lowerOf } from './relations.ts';
import { initialSteps, someStep } from './steps.ts';

/** The lower machine is in one of the states that a class calls initial. */
export function isInitial(model: Model, of: Class, object: ObjectValue): Term {
  const steps = initialSteps(model, of);
  return someStep(model, steps, (step) => ({
    pairs: of.fields.flatMap(({ name, type }) => {
      const chosen = step.after.fields.get(name);
      const found = object.fields.get(name);
      return type && chosen && found ? [{ type, chosen, found }] : [];
    }),
    holds: yes,
  }));
}

/**
 * Initialisation. `anyState`: from every state of the lower machine, which makes it safe to begin
 * again after a crash whatever was done; otherwise a crash must leave a state still initial.
 */
export function initialisation(
  model: Model,
  anyState: boolean,
  into: Collected,
): readonly Outcome[] {
  const all: Outcome[] = [];
  const listener = new Listener(into, 'initialisation', 'init', (at) =>
    anyState ? yes : isInitial(model, model.lower, lowerOf(at)),
  );
  for (const state of firstStates(model, anyState, listener.atomic())) {
    const lost = model.powerLoss(state.fork(), listener.atomic());
    const init = model.method(model.code, 'init');
    listener.crashPoint(lost, init.at, 'before initialisation, again');
    state.objects.set('code', model.memory(state));
    const outcomes = model.runCode('init', [], state, listener);
    all.push(...outcomes);
    for (const outcome of outcomes) {
      listener.crashPoint(outcome.state, init.at, 'when init has returned');
      // An init that throws has neither prepared the store nor refused it.
      const goal =
        outcome.kind === 'return' && outcome.value
          ? implies(termOf(outcome.value), firstPromise(model, outcome.state))
          : no;
      listener.claim('initial', words.initial, init.at, outcome.state, goal);
    }
  }
  return all;
}

export function firstStates(model: Model, anyState: boolean, told: Hooks): readonly State[] {
  const start = new State();
  if (anyState) {
    start.objects.set('lower', model.unknown(model.lower, 'found', start));
    return [start];
  }
  return model.initialLower(start, told).flatMap((outcome) => {
    if (outcome.kind !== 'return' || !outcome.value || !isObject(outcome.value)) return [];
    outcome.state.objects.set('lower', outcome.value);
    return [outcome.state];
  });
}

/** The state that `initially` names is initial, well typed, and what the machine stands for. */
export function firstPromise(model: Model, state: State): Term {
  const { initially, at } = model.layer;
  if (initially === undefined)
    throw new Undecidable(
      'subset',
      at,
      'nothing says what is promised at first',
      'add `initially`',
    );
  const memory = state.objects.get('code')!;
  const promise = model.ghost(initially, [lowerOf(state), memory], state, lowerOf(state));
  if (!isObject(promise)) throw new Error('`initially` gives a state of the promise');
  const types = model.promise.fields.map(({ name, type }) => {
    const value = promise.fields.get(name);
    return type && value ? typed(type, value) : yes;
  });
  return and(
    model.represents(promise, lowerOf(state), memory, state),
    isInitial(model, model.promise, promise),
    ...types,
  );
}
