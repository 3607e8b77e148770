/** A new store is as first promised, also when its initialisation was cut short. */
import { and, implies, no, type Term, yes } from '../../logic/index.ts';
import {
  type Hooks,
  isObject,
  methodOf,
  type ObjectValue,
  type Outcome,
  State,
  termOf,
  typed,
  Undecidable,
} from '../../symbolic/execute/index.ts';
import type { Class } from '../../symbolic/ir.ts';
import { initialSteps, type Step, someStep, stepsOf } from '../promise/steps.ts';
import type { Side } from '../promise/witness.ts';
import { Listener, words } from './listener.ts';
import { type Model, silent } from './model.ts';
import type { Collected } from './obligation.ts';
import { lowerOf } from './relations.ts';

/** The lower machine is in one of the states that a class calls initial. */
export function isInitial(model: Model, side: Side, of: Class, object: ObjectValue): Term {
  const steps = initialSteps(model, of);
  return someStep(model, side, steps, (step) => ({
    pairs: of.fields.flatMap(({ name, type }) => {
      const chosen = step.after.fields.get(name);
      const found = object.fields.get(name);
      return type && chosen && found ? [{ type, chosen, found }] : [];
    }),
    holds: yes,
  }));
}

/** Why an initialisation that was cut short may begin again. The first that holds will do. */
export const restarts = ['still initial', 'initial after a crash', 'from any state'] as const;
export type Restart = (typeof restarts)[number];

/** Initialisation, from every state in which it may begin, or begin again. */
export function initialisation(
  model: Model,
  restart: Restart,
  into: Collected,
): readonly Outcome[] {
  const all: Outcome[] = [];
  const { hooks, listener } = listening(model, restart, into);
  for (const state of beginnings(model, restart, listener.atomic())) {
    const lost = model.powerLoss(state.fork(), listener.atomic());
    const init = model.method(model.code, 'init');
    hooks.crashPoint(lost, init.at, 'before initialisation, again');
    state.objects.set('code', model.memory(state));
    const outcomes = model.runCode('init', [], state, hooks);
    all.push(...outcomes);
    for (const outcome of outcomes) {
      hooks.crashPoint(outcome.state, init.at, 'when init has returned');
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

/** What has to hold wherever power may go. */
function listening(
  model: Model,
  restart: Restart,
  into: Collected,
): { readonly hooks: Hooks; readonly listener: Listener } {
  const { lower } = model;
  const listener = new Listener(into, 'initialisation', 'init', (at, side) => {
    if (restart === 'from any state') return yes;
    if (restart === 'still initial') return isInitial(model, side, lower, lowerOf(at));
    return mayBeInitialAfterLoss(model, side, at);
  });
  if (restart !== 'initial after a crash') return { hooks: listener, listener };
  const crashPoint: Hooks['crashPoint'] = (state, at, text) => {
    listener.crashPoint(state, at, text);
    const lost = model.powerLoss(state.fork(), listener.atomic());
    const goal = isInitial(model, 'shown', lower, lowerOf(lost));
    listener.claim('crash', `power may go ${text}, for good`, at, lost, goal);
  };
  return { hooks: { ...listener.all(), crashPoint }, listener };
}

/** Some loss of power makes the state initial: what the turns of a loop may rely on. */
function mayBeInitialAfterLoss(model: Model, side: Side, state: State): Term {
  const { lower } = model;
  const calls = ['fault', 'crash', 'fault'].map((name) => ({ name, given: [] }));
  const { steps, facts, loops } = stepsOf(
    model,
    lower,
    lowerOf(state),
    calls,
    silent,
    state.given(),
  );
  // Nobody has shown here what their loops say of themselves, so nothing may rest on it.
  if (loops) return yes;
  for (const fact of facts) state.know(fact);
  const claim = ({ after }: Step) => ({ pairs: [], holds: isInitial(model, side, lower, after) });
  return someStep(model, side, steps, claim, state);
}

/** States in which initialisation may begin, the first time or again. */
function beginnings(model: Model, restart: Restart, told: Hooks): readonly State[] {
  if (restart !== 'from any state') return firstStates(model, told);
  const found = new State();
  found.objects.set('lower', model.unknown(model.lower, 'found', found));
  // Where a crash loses nothing, whatever can be initial can also be found.
  if (losesNothing(model)) return [found];
  return [...firstStates(model, told), model.powerLoss(found, told)];
}

function losesNothing({ lower, program }: Model): boolean {
  const crash = methodOf(program, lower.key, 'crash');
  return !crash || crash.body.length === 0;
}

/** States in which the machine below may be before its first use. */
export function firstStates(model: Model, told: Hooks): readonly State[] {
  const start = new State();
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
    isInitial(model, 'shown', model.promise, promise),
    ...types,
  );
}
