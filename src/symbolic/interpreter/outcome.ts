/** How a concrete run ends. */
import type { ClassKey, Position } from '../ir.ts';
import type { Value } from './value.ts';

/** What code owes wherever it runs. The executor uses the same names. */
export const obligations = [
  'range', // an integer stays in the range of its type
  'division', // a divisor is positive, and the left side of % is not negative
  'bounds', // an index, a slice, a length, an element to drop
  'narrowing', // a value has the narrower type it is used at
  'choice', // there is something to choose from
  'assert',
  'requires',
  'invariant',
  'measure',
] as const;

export type Obligation = (typeof obligations)[number];

export type Outcome =
  | { readonly kind: 'returned'; readonly value: Value }
  /** A declared error left the function. */
  | { readonly kind: 'threw'; readonly error: ClassKey }
  | { readonly kind: 'violated'; readonly obligation: Obligation; readonly at: Position }
  /** An assumption is false: the run does not count. */
  | { readonly kind: 'assumed'; readonly at: Position }
  /** Power was lost before the effect of this number. */
  | { readonly kind: 'crashed'; readonly before: number; readonly at: Position }
  /** The run cannot go on: a limit, or a program that the reader should not have made. */
  | { readonly kind: 'stuck'; readonly why: string; readonly at: Position };

/** Ends a run from wherever it is. */
export class Stop extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

export function stuck(why: string, at: Position): never {
  throw new Stop({ kind: 'stuck', why, at });
}
