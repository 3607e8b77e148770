/** What the rules of the interpreter work on. */
import type {
  Callee,
  Choice,
  ClassKey,
  Expression,
  Intrinsic,
  Position,
  Program,
  Statement,
  Variable,
} from '../ir.ts';
import type { Application } from './application.ts';
import type { ChoiceRequest } from './choices.ts';
import { type Obligation, type Outcome, Stop, stuck } from './outcome.ts';
import type { ObjectValue, Value } from './value.ts';

/** Anything else than falling through to the next statement. */
export type Completion =
  | undefined
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'throw'; readonly error: ClassKey };

/** One activation of a function. */
export interface Frame {
  readonly run: Run;
  readonly self: ObjectValue | undefined;
  readonly variables: Map<Variable, Value>;
  /** Integers are unbounded, indices unchecked. */
  readonly ghost: boolean;
}

/** The machine below. */
export interface Lower {
  /** For ghosts; without it `stateOf` is stuck. */
  state?(): ObjectValue;
  /** Performs an operation: it returns, throws, or ends the run. */
  call(operation: string, given: readonly Value[]): Outcome;
}

export interface Limits {
  /** Statements executed and values tried by quantifiers. Default 100,000. */
  readonly steps?: number;
  /** Activations within activations. Default 200. */
  readonly depth?: number;
  /** The longest array or byte string made at once. Default 100,000. */
  readonly length?: number;
}

/** All that one run of a program shares. */
export interface Run {
  readonly program: Program;
  readonly rules: Rules;
  readonly lower: Lower | undefined;
  readonly limits: Required<Limits>;
  readonly crashBefore: number | undefined;
  readonly checkLoops: boolean;
  choose(request: ChoiceRequest, at: Position): Value;
  onEffect(operation: string, given: readonly Value[], at: Position): void;
  steps: number;
  depth: number;
  effects: number;
}

/** The members of a union whose kind may be `K`. */
type OfKind<T extends { readonly kind: string }, K> = T extends unknown
  ? K extends T['kind']
    ? T
    : never
  : never;

export type ExpressionOf<K extends Expression['kind']> = OfKind<Expression, K>;
export type StatementOf<K extends Statement['kind']> = OfKind<Statement, K>;
export type ChoiceOf<K extends Choice['kind']> = OfKind<Choice, K>;
export type CalleeOf<K extends Callee['kind']> = OfKind<Callee, K>;

/** The meaning of the language, one rule each: a test replaces one by a wrong one. */
export interface Rules {
  /** Those that are checked. */
  readonly obligations: ReadonlySet<Obligation>;
  readonly intrinsics: { readonly [I in Intrinsic]: (given: Application) => Value };
  readonly expressions: {
    readonly [K in Expression['kind']]: (node: ExpressionOf<K>, frame: Frame) => Value;
  };
  readonly statements: {
    readonly [K in Statement['kind']]: (node: StatementOf<K>, frame: Frame) => Completion;
  };
  readonly choices: {
    readonly [K in Choice['kind']]: (choice: ChoiceOf<K>, frame: Frame) => ChoiceRequest;
  };
  readonly callees: {
    readonly [K in Callee['kind']]: (
      callee: CalleeOf<K>,
      given: readonly Value[],
      frame: Frame,
      at: Position,
    ) => Completion;
  };
}

/** Something that must hold here. */
export function oblige(run: Run, obligation: Obligation, holds: boolean, at: Position): void {
  if (!holds && run.rules.obligations.has(obligation))
    throw new Stop({ kind: 'violated', obligation, at });
}

/** Counts a step, so that every run ends. */
export function step(run: Run, at: Position): void {
  run.steps++;
  if (run.steps > run.limits.steps) stuck('too many steps', at);
}
