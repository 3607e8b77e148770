/** What a symbolic run needs to know, and whom it tells. */
import type { Term } from '../../logic/index.ts';
import { and, implies, yes } from '../../logic/index.ts';
import type { Expression, Position, Program } from '../ir.ts';
import type { Proving } from './contract.ts';
import type { Role, State } from './state.ts';
import type { ObjectValue } from './value.ts';

export type ObligationKind =
  | 'bounds'
  | 'range'
  | 'division'
  | 'narrowing'
  | 'choice'
  | 'assert'
  | 'requires'
  | 'contract'
  | 'invariant'
  | 'measure';

export interface Hooks {
  /** Something must hold here, of this path. */
  oblige(kind: ObligationKind, at: Position, state: State, goal: Term, text?: string): void;
  /** Power may go here. */
  crashPoint(state: State, at: Position, text: string): void;
  /** At the head of a loop whose turns touched the lower machine: what crash points keep. */
  assumeCrash(state: State): void;
  /** Something was taken on trust; `state` knows it. */
  assumed(at: Position, because: string, state: State, condition: Term): void;
  /** This statement of a machine can be reached, if `state` can be. */
  reached?(at: Position, state: State): void;
}

export interface Run {
  readonly program: Program;
  readonly hooks: Hooks;
  /** Loops are unrolled this often and sequences are at most this long; absent: unbounded. */
  readonly bound?: number;
  /** How often loops are unrolled where that is more than what is small has turns for. */
  readonly turns?: number;
  /**
   * The promise: choices are ours to make, so what limits them, and what must hold, are conditions
   * of a path rather than facts and obligations, and paths are never merged.
   */
  readonly angelic: boolean;
  /** Whether a run goes on where a rule of the language is broken: as if nobody had looked. */
  readonly heedless?: boolean;
  /** What makes these expressions true as well: to see which claim they come to. */
  readonly marks?: ReadonlyMap<Expression, { readonly term: Term }>;
}

/** Where an expression or statement is evaluated. */
export interface Scope {
  readonly run: Run;
  readonly state: State;
  /** Whose method runs: an object of the state by role, or a state of its own. */
  readonly self: Role | ObjectValue | undefined;
  /** What holds where this expression is evaluated, beside the path. */
  readonly guard: readonly Term[];
  readonly ghost: boolean;
  /** How many quantifiers this stands under. */
  readonly quantified: number;
  /** The functions being executed, outermost first. */
  readonly calls: readonly string[];
  /** The lemma, or function with a contract, that this is the proof of. */
  readonly proving?: Proving;
}

/** A ghost variable owes nothing for its value. */
export function assigning(statement: { readonly ghost: boolean }, scope: Scope): Scope {
  return statement.ghost ? { ...scope, ghost: true } : scope;
}

/** A construct that cannot be decided for all states: the verdict is unknown. */
export class Undecidable extends Error {
  override readonly name = 'Undecidable';
  readonly at: Position;
  readonly reason: 'measure' | 'subset' | 'bound';
  readonly remedy: string;

  constructor(reason: 'measure' | 'subset' | 'bound', at: Position, why: string, remedy: string) {
    super(why);
    this.reason = reason;
    this.at = at;
    this.remedy = remedy;
  }
}

/** Rules whose breach ends a run, or leaves it without a meaning. */
const ending: ReadonlySet<ObligationKind> = new Set([
  'bounds',
  'range',
  'division',
  'narrowing',
  'assert',
  'requires',
]);

/** `goal` must hold here; from now on it does. */
export function oblige(
  scope: Scope,
  kind: ObligationKind,
  at: Position,
  goal: Term,
  text?: string,
): void {
  if (scope.ghost) return;
  const guarded = implies(and(...scope.guard), goal);
  const told = !scope.run.angelic || kind === 'invariant' || kind === 'measure';
  // A promise's precondition is the caller's duty: the hooks take it as given.
  if (told || kind === 'requires') scope.run.hooks.oblige(kind, at, scope.state, guarded, text);
  const ignored = scope.run.heedless && !scope.run.angelic && ending.has(kind);
  // Under a quantifier it speaks of a variable that means nothing outside of it.
  if (!ignored && scope.quantified === 0) scope.state.assume(guarded);
}

/**
 * `fact` is true of any run that gets here. It may rest on obligations of this path, so elsewhere
 * nothing is said.
 */
export function know(scope: Scope, fact: Term): void {
  if (scope.quantified > 0 || fact === yes) return;
  const here = and(...scope.state.conditions, ...scope.guard);
  scope.state.know(implies(here, fact));
}

/** The type of a value says this of it. Ghost code checks no types, so there nothing is known. */
export function knowType(scope: Scope, fact: Term): void {
  if (!scope.ghost) know(scope, fact);
}

/** The state of the object whose method runs. */
export function selfOf(scope: Scope, at: Position): ObjectValue {
  const object = typeof scope.self === 'string' ? scope.state.objects.get(scope.self) : scope.self;
  if (!object) throw new Undecidable('subset', at, '`this` has no state here', 'use a parameter');
  return object;
}
