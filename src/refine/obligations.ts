/**
 * Recovery refinement as obligations (Chajed et al., PLDI 2019, theorems 3 to 5; the premises of
 * the crash rule in their weaker form: docs/internals/obligations.md).
 *
 * With R the abstraction, C the crash invariant, s the promise and c the lower machine:
 *
 *   operation   R(s, c), then the code: same outcome as a step of the promise to some s', R(s', c')
 *   crash       wherever power may go on the way: C(s, s', c)
 *   idle        R(s, c) gives C(s, s, c)
 *   recovery    C(s, s', c), a power failure, then recover(): at each of its points C again, and in
 *               the end R(s*, c*) where s* is what a crash makes of s or of s'
 *   initial     init() from any first state, also cut short, ends in R of some first state
 */
import { and, implies, no, or, type Term, yes } from '../logic/index.ts';
import {
  convert,
  type Hooks,
  isObject,
  type ObjectValue,
  type Outcome,
  State,
  termOf,
  typed,
  Undecidable,
} from '../symbolic/execute/index.ts';
import type { Function as Callable, Class, Position } from '../symbolic/ir.ts';
import type { Model } from './model.ts';
import { silent } from './model.ts';
import type { Collected, Obligation, Phase } from './obligation.ts';
import { initialSteps, type Step, type Steps, someStep, stepsOf } from './steps.ts';

type Crash = (before: ObjectValue, after: ObjectValue, lower: ObjectValue, state: State) => Term;

/** Collects what the run of one method has to show. */
class Listener implements Hooks {
  private readonly into: Collected;
  private readonly phase: Phase;
  private readonly about: string;
  /** What must hold of a state in which power may go. */
  private readonly crash: (state: State) => Term;

  constructor(into: Collected, phase: Phase, about: string, crash: (state: State) => Term) {
    this.into = into;
    this.phase = phase;
    this.about = about;
    this.crash = crash;
  }

  oblige(kind: Obligation['kind'], at: Position, state: State, goal: Term): void {
    this.claim(kind, words[kind], at, state, goal);
  }

  crashPoint(state: State, at: Position, text: string): void {
    this.claim('crash', `power may go ${text}`, at, state, this.crash(state));
  }

  assumeCrash(state: State): void {
    state.assume(this.crash(state));
  }

  assumed(at: Position, because: string, _state?: State): void {
    this.into.assumptions.set(`${at.file}:${at.line}:${at.column}`, { at, because });
  }

  claim(kind: Obligation['kind'], text: string, at: Position, state: State, goal: Term): void {
    const { phase, about } = this;
    const { effects } = state;
    this.into.obligations.push({
      phase,
      about,
      kind,
      text,
      at,
      given: state.given(),
      goal,
      effects,
    });
  }

  all(): Hooks {
    return {
      oblige: (...told) => this.oblige(...told),
      crashPoint: (...told) => this.crashPoint(...told),
      assumeCrash: (...told) => this.assumeCrash(...told),
      assumed: (...told) => this.assumed(...told),
    };
  }

  /** The same, where nothing has to hold when power goes. */
  atomic(): Hooks {
    return { ...this.all(), crashPoint() {}, assumeCrash() {} };
  }
}

const words: Record<Obligation['kind'], string> = {
  bounds: 'the index is within bounds',
  range: 'the integer stays within its range',
  division: 'the divisor is positive',
  narrowing: 'the value is of the type it is used at',
  choice: 'there is something to choose from',
  assert: 'the assertion holds',
  requires: 'the precondition holds',
  invariant: 'the loop invariant holds',
  measure: 'the measure of the loop decreases and is not negative',
  outcome: 'the outcome is one the promise allows',
  crash: 'the crash invariant holds',
  initial: 'the store is as first promised',
};

/** Everything that has to be shown of a layer, but for the checks of sanity. */
export function obligationsOf(model: Model): Collected {
  const into: Collected = { obligations: [], assumptions: new Map() };
  for (const name of model.operations) operation(model, name, into);
  idle(model, into);
  recovery(model, undefined, into);
  for (const name of model.operations) if (!isQuiet(model, name)) recovery(model, name, into);
  return into;
}

/** The arguments of an operation: any of their types. */
export function unknownArguments(model: Model, method: Callable, state: State): readonly Term[] {
  return method.parameters.map((p) =>
    model.unknownValue(p.variable.split('#')[0] ?? 'argument', p.type, state),
  );
}

/** C for one operation, or for none: given by the user, or that R holds of before or after. */
export function crashInvariant(
  model: Model,
  name: string | undefined,
  given: readonly Term[],
): Crash {
  const { crash } = model.layer;
  const own = name === undefined ? undefined : crash.by.get(name);
  if (own !== undefined)
    return (before, after, lower, state) =>
      model.holds(own, [before, after, lower, ...given], state, lower);
  const { all } = crash;
  if (all !== undefined)
    return (before, after, lower, state) => model.holds(all, [before, after, lower], state, lower);
  return (before, after, lower, state) => {
    const memory = model.memory(state);
    return or(
      model.represents(before, lower, memory, state),
      model.represents(after, lower, memory, state),
    );
  };
}

export function lowerOf(state: State): ObjectValue {
  return state.objects.get('lower')!;
}

/** Starts a path on which the lower machine stands for a state of the promise. */
export function related(model: Model): { state: State; promise: ObjectValue } {
  const state = new State();
  const promise = model.unknown(model.promise, 'promised', state);
  const lower = model.unknown(model.lower, 'found', state);
  const memory = model.unknownMemory(state);
  state.objects.set('lower', lower);
  state.objects.set('code', memory);
  state.assume(model.represents(promise, lower, memory, state));
  return { state, promise };
}

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
  const listener: Listener = new Listener(into, 'operation', name, (at) =>
    someStep(model, steps.steps, (step) => ({
      pairs: [],
      holds: crash(promise, step.after, lowerOf(at), at),
    })),
  );
  const steps = operationSteps(model, promise, name, given, listener.atomic());
  const crash = crashInvariant(model, name, given);
  for (const fact of steps.facts) state.know(fact);
  for (const required of steps.required) state.assume(required);
  const converted = given.map((value, i) =>
    convertTo(value, promised.parameters[i]!, code.parameters[i]),
  );
  const hooks: Hooks = { ...listener.all(), ...told };
  listener.claim('choice', noStep(name), promised.at, state, possible(model, steps));
  const outcomes = model.runCode(name, converted, state, hooks);
  for (const outcome of outcomes) {
    each?.(outcome, steps, promise, promised, code);
    listener.crashPoint(outcome.state, code.at, `when ${name} has returned`);
    const explained = explanation(model, outcome, steps, promised, code);
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
  );
}

/** Some step of the promise has this outcome, and the machine below then stands for its state. */
export function explanation(
  model: Model,
  outcome: Outcome,
  steps: Steps,
  promised: Callable,
  code: Callable,
): Term {
  const { state } = outcome;
  return someStep(model, steps.steps, (step) => {
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
  });
}

function idle(model: Model, into: Collected): void {
  const { state, promise } = related(model);
  const crash = crashInvariant(model, undefined, []);
  const listener = new Listener(into, 'idle', 'idle', (at) =>
    crash(promise, promise, lowerOf(at), at),
  );
  listener.crashPoint(state, model.layer.at, 'between operations');
  for (const { of, object } of [
    { of: model.promise, object: promise },
    { of: model.lower, object: lowerOf(state) },
  ])
    for (const name of ['fault', 'crash']) {
      const hook = of.methods.find((m) => m.name === name);
      if (!hook) continue;
      const steps = stepsOf(model, of, object, [{ name, given: [] }], silent);
      const { at } = model.method(of, name);
      listener.claim('choice', noStep(`${of.name}.${name}`), at, state, possible(model, steps));
    }
}

const noStep = (name: string) => `${name}() of the machine has a step`;

/** Whether some step can be taken at all. */
function possible(model: Model, { steps, required }: Steps): Term {
  return implies(
    and(...required),
    someStep(model, steps, () => ({ pairs: [], holds: yes })),
  );
}

/** Whether an operation never changes the state, so that a crash in it is one of idleness. */
export function isQuiet(model: Model, name: string): boolean {
  if (model.layer.crash.by.has(name)) return false;
  const state = new State();
  const promise = model.unknown(model.promise, 'promised', state);
  const given = unknownArguments(model, model.method(model.promise, name), state);
  const { steps } = operationSteps(model, promise, name, given, silent);
  return steps.every((step) =>
    [...step.after.fields].every(([field, value]) => promise.fields.get(field) === value),
  );
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
  const listener = new Listener(into, 'recovery', 'recover', (at) =>
    crash(before, after, lowerOf(at), at),
  );
  for (const condition of step.conditions) start.assume(condition);
  start.objects.set('lower', model.unknown(model.lower, 'found', start));
  start.assume(crash(before, after, lowerOf(start), start));
  const state = model.powerLoss(start, listener.atomic());
  state.objects.set('code', model.memory(state));
  const recover = model.method(model.code, 'recover');
  listener.crashPoint(state, recover.at, 'before recovery begins');
  const outcomes = model.runCode('recover', [], state, listener);
  for (const outcome of outcomes) {
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
      return someStep(model, steps.steps, (step) =>
        step.error === undefined
          ? { pairs: [], holds: model.represents(step.after, lowerOf(state), memory, state) }
          : undefined,
      );
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
 * again after a crash whatever was done; otherwise a crash must leave a state that is still initial.
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
      if (outcome.kind !== 'return' || !outcome.value) continue;
      const goal = implies(termOf(outcome.value), firstPromise(model, outcome.state));
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
