/** A replayed counterexample in words, piece by piece: what printers lay out as they like. */
import type { Place } from './instance.ts';
import type { Effect, Replayed, ReplayedStep } from './replay.ts';
import { show } from './show.ts';

export interface Trace {
  readonly because: string;
  /** What was answered, and what the promise allows instead. */
  readonly found?: string;
  readonly allowed?: readonly string[];
  /** The line that fails, if it is one. */
  readonly at?: Place;
  readonly steps: readonly TraceStep[];
}

export interface TraceStep {
  /** `write(0, #01)`, or that nothing was under way. */
  readonly call: string;
  readonly answer?: string;
  /** Whether this is where the promise is broken. */
  readonly wrong: boolean;
  readonly effects: readonly TraceEffect[];
  /** Where power was lost: before the effect there, or else after it; no place if nobody called. */
  readonly cut?: { readonly at?: Place; readonly before: boolean };
  /** The fields of the lower machine. */
  readonly state: readonly TraceField[];
  /** The states in which the promise may be afterwards. */
  readonly promised: readonly string[];
}

/** An operation of the lower machine that was done, or that was lost with the power. */
export interface TraceEffect {
  readonly call: string;
  readonly answer?: string;
  readonly done: boolean;
  readonly at?: Place;
}

export interface TraceField {
  readonly name: string;
  readonly before: string;
  /** When power went, before the machine felt it; only where it went. */
  readonly cut?: string;
  readonly after: string;
}

export function traceOf({ because, problem, steps, violated }: Replayed): Trace {
  return {
    because,
    ...(problem?.found !== undefined && { found: problem.found }),
    ...(problem?.allowed && { allowed: problem.allowed }),
    ...(problem?.at && { at: problem.at }),
    steps: steps.map((step, i) => stepOf(step, violated && i === steps.length - 1)),
  };
}

function stepOf(step: ReplayedStep, wrong: boolean): TraceStep {
  const { answer } = step;
  return {
    call:
      step.title ?? (step.do === 'idle' ? 'nothing under way' : callText(step.do, step.arguments)),
    ...(answer !== undefined && answer !== 'undefined' && { answer }),
    wrong,
    effects: [
      ...step.effects.map((effect) => effectOf(effect, true)),
      ...step.missed.map((effect) => effectOf(effect, false)),
    ],
    ...(step.powerLost && { cut: cutOf(step) }),
    state: fields(step),
    promised: step.promised.map(show),
  };
}

function cutOf({ effects, missed }: ReplayedStep): NonNullable<TraceStep['cut']> {
  const next = missed[0]?.at;
  if (next) return { at: next, before: true };
  const last = effects.at(-1)?.at;
  return { ...(last && { at: last }), before: false };
}

function effectOf({ operation, arguments: given, result, at }: Effect, done: boolean): TraceEffect {
  return {
    call: callText(operation, given),
    ...(done && result !== undefined && { answer: answerText(result) }),
    done,
    ...(at && { at }),
  };
}

function fields({ before, cut, after, powerLost }: ReplayedStep): TraceField[] {
  const [old, mid] = [before, cut] as Record<string, unknown>[];
  return Object.entries(after as object).map(([name, value]) => ({
    name,
    before: show(old?.[name]),
    ...(powerLost && { cut: show(mid?.[name]) }),
    after: show(value),
  }));
}

function callText(operation: string, given: readonly unknown[]): string {
  return `${operation}(${given.map(show).join(', ')})`;
}

function answerText(result: unknown): string {
  return result instanceof Error ? `throws ${result.constructor.name}` : show(result);
}
