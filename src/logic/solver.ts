/** What a solver is to the rest: text in, one answer out, whatever happens to the solver. */
import type { ModelValue } from './value.ts';

export interface Limits {
  /** Wall-clock time; the solver is killed when it is over. */
  readonly milliseconds: number;
  readonly megabytes: number;
  /** Steps as z3 counts them: the same on every machine, so this is what decides verdicts. */
  readonly resources: number;
}

/** The time is no limit of its own: see `limited`. */
export const usualLimits: Limits = {
  milliseconds: 86_400_000,
  megabytes: 1024,
  resources: 6_000_000,
};

/** Ten times what a quiet machine takes for so many steps, and what a process needs to start. */
const millisecondsPerStep = 0.1;
const millisecondsToStart = 20_000;

/** Solvers keep the limit in 32 bits. */
const mostResources = 4_000_000_000;

/**
 * The limits of one question, with `effort` times the steps. Time only guards against a solver that
 * hangs, unless less was asked for: a slow machine is not to change an answer.
 */
export function limited(usual: Limits, own: Partial<Limits>, effort = 1): Limits {
  const all = { ...usual, ...own };
  const resources = Math.min(mostResources, all.resources * effort);
  const guard = millisecondsToStart + resources * millisecondsPerStep;
  return { ...all, resources, milliseconds: Math.min(all.milliseconds, usual.milliseconds, guard) };
}

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
