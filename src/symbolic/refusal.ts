/** Why a source cannot be read: it lies outside the subset, or it is not TypeScript that checks. */
import type { Position } from './ir.ts';

/** One construct outside the subset. */
export interface Refusal {
  readonly at: Position;
  /** The name of the syntax kind, or of the library's symbol. */
  readonly construct: string;
  readonly why: string;
  /** What to write instead. */
  readonly instead: string;
}

/** Correct TypeScript that is outside the subset. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(describe).join('\n'));
    this.refusals = refusals;
  }
}

/** A message of the compiler; `at` is absent if it is about no file. */
export interface Problem {
  readonly at?: Position;
  readonly message: string;
}

/** A source with errors of syntax or of types. */
export class BadSource extends Error {
  override readonly name = 'BadSource';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${place(problem.at)}${problem.message}`).join('\n'));
    this.problems = problems;
  }
}

function describe(refusal: Refusal): string {
  return `${place(refusal.at)}${refusal.construct}: ${refusal.why}; instead: ${refusal.instead}`;
}

function place(at: Position | undefined): string {
  return at ? `${at.file}:${at.line}:${at.column}: ` : '';
}
