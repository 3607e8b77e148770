/** What a solver is to the rest: text in, one answer out, whatever happens to the solver. */
import type { ModelValue } from './value.ts';

export interface Limits {
  /** Wall-clock time; the solver is killed when it is over. */
  readonly milliseconds: number;
  readonly megabytes: number;
  /** The solver's own count of steps: the same on every machine, so it decides verdicts. */
  readonly resources: number;
}

export const usualLimits: Limits = { milliseconds: 60_000, megabytes: 1024, resources: 6_000_000 };

export type Undecided = {
  readonly kind: 'unknown';
  readonly reason: 'timeout' | 'memory' | 'resources' | 'incomplete';
  readonly detail: string;
};

/** The solver did not do its work; this says nothing about the query. */
export type Failed = { readonly kind: 'error'; readonly detail: string };

/** What a solver says; values as it prints them, one for each wanted term. */
export type Reply =
  /** `core`: the names of assertions that contradict one another, if they were asked for. */
  | { readonly kind: 'unsat'; readonly core?: readonly string[] }
  | { readonly kind: 'sat'; readonly values: readonly string[] }
  | Undecided
  | Failed;

export type Outcome =
  | { readonly kind: 'unsat' }
  | { readonly kind: 'sat'; readonly values: readonly ModelValue[] }
  | Undecided
  | Failed;

export interface Effort {
  readonly milliseconds: number;
  readonly cached: boolean;
  /** Name and version. */
  readonly solver: string;
  /** Characters of the query. */
  readonly size: number;
}

export type Answer = Outcome & Effort;

/** One query at a time; `close` ends whatever it holds. */
export interface Solver {
  /** `named`: all assertions by name, if an answer `unsat` is to say which of them it took. */
  solve(
    text: string,
    wanted: readonly string[],
    limits: Limits,
    named?: readonly string[],
  ): Promise<Reply>;
  close(): Promise<void>;
}

/** A kind of solver: what it is, and how to start one. */
export interface Engine {
  readonly name: 'wasm' | 'z3' | 'cvc5';
  /** Name and version, as verdicts show it. */
  readonly title: string;
  /** All that may change an answer beside the query; part of what a cached answer is kept under. */
  readonly options: string;
  readonly constantArrays: 'native' | 'axiom';
  start(): Solver;
}
