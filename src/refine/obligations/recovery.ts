/** A loss of power, idle or not, is made good by recovery, however often it happens. */
import { no, or, type Term } from '../../logic/index.ts';
import { type Hooks, type ObjectValue, type Outcome, State } from '../../symbolic/execute/index.ts';
import { type Step, type Steps, someStep, stepsOf } from '../promise/steps.ts';
import { Listener, words } from './listener.ts';
import { type Model, silent } from './model.ts';
import type { Collected } from './obligation.ts';
import { noStep, operationSteps, possible } from './operation.ts';
import { crashInvariant, lowerOf, related, unknownArguments } from './relations.ts';

export function idle(model: Model, into: Collected): void {
  const { state, promise } = related(model);
  const crash = crashInvariant(model, undefined, []);
  const listener = new Listener(
    into,
    'idle',
    'idle',
    (at) => crash(promise, promise, lowerOf(at), at),
    { promise },
  );
  listener.crashPoint(state, model.layer.at, 'between operations');
  for (const { of, object } of [
    { of: model.promise, object: promise },
    { of: model.lower, object: lowerOf(state) },
  ])
    for (const name of ['fault', 'crash']) {
      const hook = of.methods.find((m) => m.name === name);
      if (!hook) continue;
      const told = listener.atomic();
      const steps = stepsOf(model, of, object, [{ name, given: [] }], told, state.given());
      for (const fact of steps.facts) state.know(fact);
      const { at } = model.method(of, name);
      listener.claim('choice', noStep(`${of.name}.${name}`), at, state, possible(model, steps));
    }
}

export function recovery(
  model: Model,
  name: string | undefined,
  into: Collected,
): readonly Outcome[] {
  const start = new State();
  const before = model.unknown(model.promise, 'promised', start);
  const given =
    name === undefined ? [] : unknownArguments(model, model.method(model.promise, name), start);
  const idleStep: Step = { conditions: [], choices: [], after: before };
  const steps: Steps =
    name === undefined
      ? { steps: [idleStep], facts: [], required: [] }
      : operationSteps(model, before, name, given, silent);
  for (const fact of steps.facts) start.know(fact);
  for (const required of steps.required) start.assume(required);
  return steps.steps.flatMap((step) =>
    recoverFrom(model, name, given, before, step, start.fork(), into),
  );
}

function recoverFrom(
  model: Model,
  name: string | undefined,
  given: readonly Term[],
  before: ObjectValue,
  step: Step,
  start: State,
  into: Collected,
): readonly Outcome[] {
  const crash = crashInvariant(model, name, given);
  const { after } = step;
  const listener = new Listener(
    into,
    'recovery',
    'recover',
    (at) => crash(before, after, lowerOf(at), at),
    { 'promise before': before, 'promise after': after },
  );
  for (const condition of step.conditions) start.assume(condition);
  start.objects.set('lower', model.unknown(model.lower, 'found', start));
  start.assume(crash(before, after, lowerOf(start), start));
  const state = model.powerLoss(start, listener.atomic());
  state.objects.set('code', model.memory(state));
  const recover = model.method(model.code, 'recover');
  listener.crashPoint(state, recover.at, 'before recovery begins');
  const outcomes = model.runCode('recover', [], state, listener);
  for (const outcome of into.unwanted ? [] : outcomes) {
    listener.crashPoint(outcome.state, recover.at, 'when recovery is done');
    const goal = outcome.kind === 'throw' ? no : recovered(model, [before, after], outcome.state);
    listener.claim('outcome', words.outcome, recover.at, outcome.state, goal);
  }
  return outcomes;
}

/** The machine below stands for what a crash makes of one of these states of the promise. */
export function recovered(model: Model, from: readonly ObjectValue[], state: State): Term {
  const memory = state.objects.get('code')!;
  const different = from.filter((s, i) => i === 0 || !sameFields(s, from[0]!));
  return or(
    ...different.map((promise) => {
      const steps = crashSteps(model, promise, silent);
      for (const fact of steps.facts) state.know(fact);
      const claim = (step: Step) =>
        step.error === undefined
          ? { pairs: [], holds: model.represents(step.after, lowerOf(state), memory, state) }
          : undefined;
      return someStep(model, 'shown', steps.steps, claim, state);
    }),
  );
}

export function crashSteps(model: Model, promise: ObjectValue, told: Hooks): Steps {
  const calls = ['fault', 'crash', 'fault'].map((name) => ({ name, given: [] }));
  return stepsOf(model, model.promise, promise, calls, told);
}

function sameFields(a: ObjectValue, b: ObjectValue): boolean {
  return [...a.fields].every(([name, value]) => b.fields.get(name) === value);
}
