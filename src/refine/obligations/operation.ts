/** An operation of the code does what some step of the promise does. */
import { and, implies, type Term, yes } from '../../logic/index.ts';
import {
  convert,
  type Hooks,
  type ObjectValue,
  type Outcome,
  State,
  termOf,
  Undecidable,
} from '../../symbolic/execute/index.ts';
import type { Function as Callable } from '../../symbolic/ir.ts';
import { type Claim, type Step, type Steps, someStep, stepsOf } from '../promise/steps.ts';
import type { Side } from '../promise/witness.ts';
import { Listener, words } from './listener.ts';
import { type Model, silent } from './model.ts';
import type { Collected } from './obligation.ts';
import { crashInvariant, lowerOf, related, unknownArguments } from './relations.ts';

export function operation(
  model: Model,
  name: string,
  into: Collected,
  told: Partial<Hooks> = {},
  each?: (outcome: Outcome, steps: Steps, promise: ObjectValue, ...methods: Callable[]) => void,
): readonly Outcome[] {
  const promised = model.method(model.promise, name);
  const code = model.method(model.code, name);
  const { state, promise } = related(model);
  const given = unknownArguments(model, promised, state);
  const listener: Listener = new Listener(
    into,
    'operation',
    name,
    (at, side) =>
      someStep(
        model,
        side,
        steps.steps,
        (step) => ({ pairs: [], holds: crash(promise, step.after, lowerOf(at), at) }),
        at,
      ),
    { 'promise before': promise },
  );
  const steps = operationSteps(model, promise, name, given, listener.atomic(), state.given());
  const crash = crashInvariant(model, name, given);
  for (const fact of steps.facts) state.know(fact);
  for (const required of steps.required) state.assume(required);
  const converted = given.map((value, i) =>
    convertTo(value, promised.parameters[i]!, code.parameters[i]),
  );
  const hooks: Hooks = { ...listener.all(), ...told };
  if (!into.unwanted)
    listener.claim('choice', noStep(name), promised.at, state, possible(model, steps));
  const outcomes = model.runCode(name, converted, state, hooks);
  for (const outcome of outcomes) {
    each?.(outcome, steps, promise, promised, code);
    if (into.unwanted) continue;
    listener.crashPoint(outcome.state, code.at, `when ${name} has returned`);
    const explained = explanation(model, 'shown', outcome, steps, promised, code);
    listener.claim('outcome', words.outcome, code.at, outcome.state, explained);
  }
  return outcomes;
}

type Parameter = Callable['parameters'][number];

function convertTo(value: Term, from: Parameter, to: Parameter | undefined): Term {
  if (!to) return value;
  const converted = convert(value, from.type, to.type);
  if (converted.when !== yes)
    throw new Undecidable('subset', to.at, 'narrower than the promise', 'accept what is promised');
  return converted.value;
}

/** The steps of the promise for an operation, with the fault that may come first. */
export function operationSteps(
  model: Model,
  promise: ObjectValue,
  name: string,
  given: readonly Term[],
  told: Hooks,
  known: readonly Term[] = [],
): Steps {
  return stepsOf(
    model,
    model.promise,
    promise,
    [
      { name: 'fault', given: [] },
      { name, given },
    ],
    told,
    known,
  );
}

/** Some step of the promise has this outcome, and the machine below then stands for its state. */
export function explanation(
  model: Model,
  side: Side,
  outcome: Outcome,
  steps: Steps,
  promised: Callable,
  code: Callable,
): Term {
  const { state } = outcome;
  const claim = (step: Step): Claim | undefined => {
    const memory = state.objects.get('code')!;
    const holds = () => model.represents(step.after, lowerOf(state), memory, state);
    if (outcome.kind === 'throw')
      return step.error === outcome.error ? { pairs: [], holds: holds() } : undefined;
    if (step.error !== undefined || outcome.kind !== 'return') return undefined;
    const nothing = promised.returns.kind === 'undefined';
    if (nothing || !step.value || !outcome.value) return { pairs: [], holds: holds() };
    const found = convert(termOf(outcome.value), code.returns, promised.returns);
    const pair = { type: promised.returns, chosen: step.value, found: found.value };
    return { pairs: [pair], holds: and(found.when, holds()) };
  };
  return someStep(model, side, steps.steps, claim, state);
}

export const noStep = (name: string) => `${name}() of the machine has a step`;

/** Whether some step can be taken at all. */
export function possible(model: Model, { steps, required }: Steps): Term {
  return implies(
    and(...required),
    someStep(model, 'shown', steps, () => ({ pairs: [], holds: yes })),
  );
}

/** Whether an operation never changes the state, so that a crash in it is one of idleness. */
export function isQuiet(model: Model, name: string): boolean {
  return !model.layer.crash.by.has(name) && changesNothing(model, name, ['fault', name]);
}

/** Whether an operation itself, faults apart, never changes the state. */
export function isReading(model: Model, name: string): boolean {
  return changesNothing(model, name, [name]);
}

function changesNothing(model: Model, name: string, calls: readonly string[]): boolean {
  const state = new State();
  const promise = model.unknown(model.promise, 'promised', state);
  const given = unknownArguments(model, model.method(model.promise, name), state);
  const done = calls.map((call) => ({ name: call, given: call === name ? given : [] }));
  const { steps } = stepsOf(model, model.promise, promise, done, silent);
  return steps.every((step) =>
    [...step.after.fields].every(([field, value]) => promise.fields.get(field) === value),
  );
}
