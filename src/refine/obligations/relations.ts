/** States that stand for one another, and what holds wherever power may go. */
import { or, type Term, yes } from '../../logic/index.ts';
import {
  convert,
  functionOf,
  type ObjectValue,
  State,
  Undecidable,
} from '../../symbolic/execute/index.ts';
import type { Function as Callable, FunctionKey } from '../../symbolic/ir.ts';
import type { Model } from './model.ts';

export type Crash = (
  before: ObjectValue,
  after: ObjectValue,
  lower: ObjectValue,
  state: State,
) => Term;

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
  if (name !== undefined && own !== undefined) {
    const taken = taking(model, own, name, given);
    return (before, after, lower, state) =>
      model.holds(own, [before, after, lower, ...taken], state, lower);
  }
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

/** The arguments of an operation, at the types at which its crash invariant takes them. */
function taking(
  model: Model,
  invariant: FunctionKey,
  name: string,
  given: readonly Term[],
): readonly Term[] {
  const promised = model.method(model.promise, name).parameters;
  const parameters = functionOf(model.program, invariant).parameters.slice(3);
  return given.map((value, i) => {
    const to = parameters[i];
    if (!to) return value;
    const converted = convert(value, promised[i]!.type, to.type);
    if (converted.when === yes) return converted.value;
    throw new Undecidable('subset', to.at, 'narrower than the promise', 'take what is promised');
  });
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
