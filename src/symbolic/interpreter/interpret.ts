/**
 * The interpreter: one concrete run of a function of a program.
 *
 * It is slow, plain and checks everything: each obligation of the representation, and the type of
 * every value. The executor and the JavaScript itself are held against it.
 */
import type { FunctionKey, Position, Program } from '../ir.ts';
import { activate, callees } from './calls.ts';
import { type ChoiceRequest, choices } from './choices.ts';
import { expressions } from './expressions.ts';
import type { Limits, Lower, Rules, Run } from './frame.ts';
import { intrinsics } from './intrinsics.ts';
import { type Outcome, obligations, Stop, stuck } from './outcome.ts';
import { statements } from './statements.ts';
import type { ObjectValue, Value } from './value.ts';

export const rules: Rules = {
  obligations: new Set(obligations),
  intrinsics,
  expressions,
  statements,
  choices,
  callees,
};

export interface Options {
  /** The object whose method runs. It is not changed: the outcome has a changed copy. */
  readonly self?: ObjectValue;
  readonly arguments: readonly Value[];
  readonly lower?: Lower;
  /** Answers the choices; without it a choice is stuck. */
  readonly choose?: (request: ChoiceRequest, at: Position) => Value;
  readonly onEffect?: (operation: string, given: readonly Value[], at: Position) => void;
  /** Power is lost before the effect of this number, counted from 0. */
  readonly crashBefore?: number;
  /** Whether loop invariants and measures are checked. Default true. */
  readonly checkLoops?: boolean;
  readonly limits?: Limits;
  /** Other rules than those of the language. */
  readonly rules?: Rules;
}

export interface Result {
  readonly outcome: Outcome;
  /** The object after the run. */
  readonly self: ObjectValue | undefined;
  /** How many operations of the lower machine were performed. */
  readonly effects: number;
}

export function interpret(program: Program, key: FunctionKey, options: Options): Result {
  const run = newRun(program, options);
  const self = options.self?.copy();
  return { outcome: runToEnd(run, key, self, options.arguments), self, effects: run.effects };
}

function newRun(program: Program, options: Options): Run {
  return {
    program,
    rules: options.rules ?? rules,
    lower: options.lower,
    limits: { steps: 100_000, depth: 200, length: 100_000, ...options.limits },
    crashBefore: options.crashBefore,
    checkLoops: options.checkLoops ?? true,
    choose: options.choose ?? ((_request, at) => stuck('nobody answers the choice', at)),
    onEffect: options.onEffect ?? (() => {}),
    steps: 0,
    depth: 0,
    effects: 0,
  };
}

function runToEnd(
  run: Run,
  key: FunctionKey,
  self: ObjectValue | undefined,
  given: readonly Value[],
): Outcome {
  const at = run.program.functions.get(key)?.at ?? nowhere;
  try {
    const completion = activate(run, key, { self, given, ghost: false, at });
    if (completion?.kind === 'throw') return { kind: 'threw', error: completion.error };
    return {
      kind: 'returned',
      value: completion?.kind === 'return' ? completion.value : undefined,
    };
  } catch (error) {
    if (error instanceof Stop) return error.outcome;
    throw error;
  }
}

const nowhere: Position = { file: '', line: 0, column: 0, endLine: 0, endColumn: 0 };
