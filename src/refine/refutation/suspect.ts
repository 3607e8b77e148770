/**
 * Whole runs on small machines that the promise may not allow: loops are taken turn by turn, and
 * recovery is run to its end after power was lost once, or a second time during recovery. No
 * invariant plays a part, so what is found is a run of the code from a related state, not an
 * induction that fails.
 */
import { implies, not, type Term } from '../../logic/index.ts';
import {
  type Hooks,
  type ObjectValue,
  type ObligationKind,
  type State,
  termOf,
} from '../../symbolic/execute/index.ts';
import type { Position } from '../../symbolic/ir.ts';
import { firstPromise, firstStates } from '../obligations/initialisation.ts';
import { type Model, silent } from '../obligations/model.ts';
import { explanation, operationSteps } from '../obligations/operation.ts';
import { recovered } from '../obligations/recovery.ts';
import { lowerOf, related, unknownArguments } from '../obligations/relations.ts';
import { type Steps, someStep } from '../promise/steps.ts';

/** A state and a call after which something may be wrong, under these conditions. */
export interface Suspect {
  readonly call: string;
  readonly given: readonly Term[];
  readonly lower: ObjectValue;
  /** The memory of the code; none before initialisation. */
  readonly memory: ObjectValue | undefined;
  readonly wrong: readonly Term[];
}

/** Suspicious runs of one operation, the simplest first; made when they are asked for. */
export function* suspectsOf(model: Model, name: string): Iterable<Suspect> {
  const { state, promise } = related(model);
  const promised = model.method(model.promise, name);
  const code = model.method(model.code, name);
  const given = unknownArguments(model, promised, state);
  const steps = operationSteps(model, promise, name, given, silent);
  for (const fact of steps.facts) state.know(fact);
  for (const required of steps.required) state.assume(required);
  const from = { lower: lowerOf(state), memory: state.objects.get('code'), call: name, given };
  const powerless = new Powerless();
  const found: Suspect[] = [];
  powerless.broken = (kind, at, goal) => {
    if (kind === 'invariant' || kind === 'measure') return;
    found.push({ ...from, wrong: [...at.given(), not(goal)] });
  };
  for (const outcome of model.runCode(name, given, state, powerless)) {
    powerless.note(outcome.state);
    const explained = explanation(model, 'shown', outcome, steps, promised, code);
    found.push({ ...from, wrong: [...outcome.state.given(), not(explained)] });
  }
  yield* found;
  for (const wrong of lost(model, powerless.states, promise, steps)) yield { ...from, wrong };
}

/** Suspicious losses of power between operations. */
export function* idleSuspects(model: Model): Iterable<Suspect> {
  const { state, promise } = related(model);
  const from = {
    lower: lowerOf(state),
    memory: state.objects.get('code'),
    call: 'idle',
    given: [],
  };
  const nothing: Steps = {
    steps: [{ conditions: [], choices: [], after: promise }],
    facts: [],
    required: [],
  };
  for (const wrong of lost(model, [state], promise, nothing)) yield { ...from, wrong };
}

/** Suspicious initialisations. */
export function initialSuspects(model: Model): readonly Suspect[] {
  return firstStates(model, silent).flatMap((state) => {
    const from = { call: 'init', given: [], lower: lowerOf(state), memory: undefined };
    state.objects.set('code', model.memory(state));
    return model.runCode('init', [], state, silent).flatMap((outcome) => {
      if (outcome.kind !== 'return' || !outcome.value) return [];
      const right = implies(termOf(outcome.value), firstPromise(model, outcome.state));
      return [{ ...from, wrong: [...outcome.state.given(), not(right)] }];
    });
  });
}

/** Recovery from these states to one that the promise does not allow; also cut short once. */
function* lost(
  model: Model,
  states: readonly State[],
  promise: ObjectValue,
  steps: Steps,
): Iterable<readonly Term[]> {
  let points = states;
  for (const again of [true, false]) {
    const powerless = new Powerless();
    for (const point of points) {
      const state = model.powerLoss(point.fork(), silent);
      state.objects.set('code', model.memory(state));
      for (const outcome of model.runCode('recover', [], state, powerless)) {
        if (outcome.kind === 'throw') continue;
        const right = someStep(model, 'shown', steps.steps, (step) => ({
          pairs: [],
          holds: recovered(model, [promise, step.after], outcome.state),
        }));
        yield [...outcome.state.given(), not(right)];
      }
    }
    if (!again) return;
    points = powerless.states;
  }
}

/** Remembers where power may go. */
class Powerless implements Hooks {
  readonly states: State[] = [];
  /** Hears of every rule of the language that might be broken. */
  broken: (kind: ObligationKind, state: State, goal: Term) => void = () => {};
  assumeCrash = silent.assumeCrash;
  assumed = silent.assumed;

  oblige = (kind: ObligationKind, _: Position, state: State, goal: Term): void =>
    this.broken(kind, state, goal);

  crashPoint = (state: State, _at: Position, _text: string): void => this.note(state);

  note(state: State): void {
    this.states.push(state.fork());
  }
}
