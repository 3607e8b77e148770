/**
 * Transition systems: a state of declared fields, and the steps that may be taken in it.
 *
 * For models that are smaller than a layer: a protocol, a cache, the order of writes and flushes.
 * States are kept as packed records, which makes this several times faster than keeping objects.
 * Steps are plain functions that change the state they are given.
 */
import type { Fields, Seen, State } from './fields.ts';
import { explorePacked } from './sweep.ts';

export interface Step<S> {
  /** How many values each argument of `does` takes: from 0 up to, not including, this number. */
  readonly given?: readonly number[];
  /** Whether the step may be taken; always, if absent. It must not change the state. */
  readonly when?: (state: Seen<S>) => boolean;
  /**
   * Takes it, or answers false where it cannot be taken with these arguments. What it says with
   * `assert` has to hold.
   */
  readonly does: (state: S, ...given: number[]) => unknown;
}

export interface Transitions<F extends Fields> {
  readonly state: F;
  /** Where it starts. A field that is left alone has its smallest value, or its first. */
  readonly start?: readonly ((state: State<F>) => void)[];
  readonly steps: { readonly [name: string]: Step<State<F>> };
  /** What has to hold in every state. */
  readonly always?: (state: Seen<State<F>>) => boolean;
}

export interface TransitionBounds {
  readonly states?: number;
  /** A point in time of `Date.now()`. */
  readonly deadline?: number;
  readonly onProgress?: (distinct: number, waiting: number) => void;
}

export interface Swept<S> {
  readonly distinct: number;
  /** Every start and every step to a state, also to one known already. */
  readonly generated: number;
  /** Steps on a shortest way to the state that is furthest from the start. */
  readonly depth: number;
  readonly bytes: number;
  readonly found?: {
    readonly because: string;
    /** A shortest way: steps with their arguments. */
    readonly path: readonly string[];
    /** The last state before what is wrong, or the one that is. */
    readonly state: S;
  };
  /** Which bound ended it before its end. */
  readonly stopped?: 'states' | 'time';
}

/** Declares a transition system. */
export function transitions<const F extends Fields>(system: Transitions<F>): Transitions<F> {
  for (const [name, { given = [] }] of Object.entries(system.steps)) {
    if (given.length > 4) throw new RangeError(`${name}: a step may have four arguments`);
    for (const many of given)
      if (!Number.isSafeInteger(many) || many < 0)
        throw new RangeError(`${name}: given must say how many values each argument has`);
  }
  return system;
}

/** Every state that can be reached, breadth first, or the first that is wrong. */
export function exploreTransitions<F extends Fields>(
  system: Transitions<F>,
  bounds: TransitionBounds = {},
): Promise<Swept<State<F>>> {
  return explorePacked(system, bounds);
}
