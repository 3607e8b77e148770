/** Activations of functions, and calls of the machine below. */
import type { FunctionKey, Position } from '../ir.ts';
import { checkDeep, execute } from './evaluate.ts';
import type { CalleeOf, Completion, Frame, Rules, Run } from './frame.ts';
import { Stop, stuck } from './outcome.ts';
import type { ObjectValue, Value } from './value.ts';

export interface Activation {
  readonly self: ObjectValue | undefined;
  readonly given: readonly Value[];
  readonly ghost: boolean;
  readonly at: Position;
}

/** Runs a function to its end: it returns, or throws. */
export function activate(run: Run, key: FunctionKey, activation: Activation): Completion {
  const { self, given, at } = activation;
  const called = run.program.functions.get(key) ?? stuck(`there is no function ${key}`, at);
  const ghost = activation.ghost || called.ghost;
  const frame: Frame = { run, self, variables: new Map(), ghost };
  called.parameters.forEach(({ variable, type }, i) => {
    if (i >= given.length) return;
    checkDeep(given[i], type, frame, at);
    frame.variables.set(variable, given[i]);
  });
  if (run.depth >= run.limits.depth) stuck('too many activations', at);
  run.depth++;
  const completion = execute(called.body, frame);
  run.depth--;
  if (completion?.kind === 'throw') return completion;
  if (completion && completion.kind !== 'return') stuck('left a loop that is not there', at);
  const value = completion?.kind === 'return' ? completion.value : undefined;
  checkDeep(value, called.returns, frame, called.at);
  return { kind: 'return', value };
}

export const callees: Rules['callees'] = {
  function: (callee, given, frame, at) =>
    activate(frame.run, callee.function, { self: undefined, given, ghost: frame.ghost, at }),
  method: (callee, given, frame, at) =>
    activate(frame.run, callee.function, { self: frame.self, given, ghost: frame.ghost, at }),
  lower: (callee, given, frame, at) => callLower(callee, given, frame.run, at),
};

/** An effect. Power may go before it, or it happens as a whole. */
function callLower(
  callee: CalleeOf<'lower'>,
  given: readonly Value[],
  run: Run,
  at: Position,
): Completion {
  const lower = run.lower ?? stuck('there is no machine below', at);
  if (run.crashBefore === run.effects) throw new Stop({ kind: 'crashed', before: run.effects, at });
  run.effects++;
  run.onEffect(callee.operation, given, at);
  const outcome = lower.call(callee.operation, given);
  if (outcome.kind === 'returned') return { kind: 'return', value: outcome.value };
  if (outcome.kind === 'threw') return { kind: 'throw', error: outcome.error };
  throw new Stop(outcome);
}
