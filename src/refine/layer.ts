import type { AsyncOperations, Operations } from '../model/machine.ts';

/** A machine, as a class: see model/machine.ts. */
export interface MachineClass<M> {
  // biome-ignore lint/suspicious/noExplicitAny: a machine may be constructed from anything
  new (...given: any[]): M;
  initial(): M;
}

/** What every implementation has beside its operations. */
export interface Life {
  /** Prepares a new store; whether it can be used. */
  init(): boolean | Promise<boolean>;
  /** Runs after every start, before anything else. */
  recover(): void | Promise<void>;
}

type Arguments<P, K extends keyof P> = P[K] extends (...given: infer A) => unknown ? A : never;

/** What may be on the lower machine when power goes: half-way from `before` to `after`. */
export type CrashInvariant<P, L> = (before: P, after: P, lower: L) => boolean;

export interface Refinement<P, L, C extends Life> {
  /** The machine that users of the layer see. */
  readonly promise: MachineClass<P>;
  /** The implementation. */
  readonly code: new (
    // biome-ignore lint/suspicious/noExplicitAny: Operations<L> or AsyncOperations<L>
    lower: any,
  ) => C & (Operations<P> | AsyncOperations<P>);
  /** The machine it runs on. */
  readonly on: MachineClass<L>;
  /** When the lower machine, and the memory of the code, stand for a state of the promise. */
  readonly abstraction: (promise: P, lower: L, code: C) => boolean;
  /**
   * What holds wherever power may go, of the promise before and after the operation that runs.
   * One for all operations, or one for each by name, which also gets the operation's arguments;
   * `otherwise` is for the rest. Left out: the lower machine stands for `before` or for `after`.
   */
  readonly crash?:
    | CrashInvariant<P, L>
    | ({
        readonly [K in keyof Operations<P>]?: (
          before: P,
          after: P,
          lower: L,
          ...given: Arguments<P, K & keyof P>
        ) => boolean;
      } & { readonly otherwise?: CrashInvariant<P, L> });
  /** The promised state of a store that has just been initialised. */
  readonly initially: (lower: L, code: C) => P;
  /** The instance that is explored; each has a default. */
  readonly bounds?: Bounds;
}

export interface Bounds {
  /** The longest sequence of blocks in an initial state. Default 2. */
  readonly length?: number;
  /** How many different blocks there are. Default 2. */
  readonly values?: number;
  /** Integers to try as arguments, beside the small ones. */
  readonly integers?: readonly (number | bigint)[];
  /** Operations in a row. Default: as many as it takes until nothing new is found. */
  readonly operations?: number;
}

/** Declares that `code` on the machine `on` cannot be told apart from `promise`. */
export function refinement<P, L, C extends Life>(layer: Refinement<P, L, C>): Refinement<P, L, C> {
  return layer;
}
