/**
 * A run that the promise does not allow, as data: enough to see it again on the real code.
 * Written as JSON by `prove` and `explore`, read by `replay`.
 */
export interface Counterexample {
  readonly format: 1;
  /** `file` is relative to the working directory in which it was written. */
  readonly layer: { readonly file: string; readonly name: string };
  /** SHA-256 over the sources of the layer when this was found. */
  readonly source: string;
  /** The lower machine before its first use. */
  readonly start: Encoded;
  /** What stands for every block, and the longest sequence of blocks, when a machine may choose. */
  readonly blocks: readonly Encoded[];
  readonly length: number;
  readonly steps: readonly Step[];
  /** Instead of steps, if operations overlap. */
  readonly schedule?: Schedule;
}

/** Who goes on when. */
export interface Schedule {
  /** Whether the layer is entered through its lock. */
  readonly locked: boolean;
  readonly turns: readonly ScheduleStep[];
}

/** Clients are counted from 0; `picks` and `power` are as in `Step`. */
export type ScheduleStep =
  | {
      readonly do: 'init' | 'recover';
      readonly picks: readonly number[];
      readonly power: number | null;
    }
  | {
      readonly do: 'begin';
      readonly client: number;
      readonly operation: string;
      readonly arguments: readonly Encoded[];
    }
  /** The machine below does what the client's operation asked for. */
  | { readonly do: 'effect'; readonly client: number; readonly picks: readonly number[] }
  /** The client's operation learns of it, and goes on. */
  | { readonly do: 'resume'; readonly client: number }
  | { readonly do: 'crash'; readonly picks: readonly number[] };

export interface Step {
  /** `init`, `recover`, `idle` (power lost between operations), or the name of an operation. */
  readonly do: string;
  readonly arguments: readonly Encoded[];
  /**
   * The answers to the choices of the lower machine, in order; also of its fault and crash. Where
   * they end, the first option is taken.
   */
  readonly picks: readonly number[];
  /** Power is lost before the effect of this number, counted from 0; null: it never is. */
  readonly power: number | null;
}

/**
 * A value as JSON: blocks as `{block: hex}`, bigints as `{big: decimal}`, undefined as
 * `{undefined: true}`; the rest is in encode.ts.
 */
export type Encoded =
  | null
  | boolean
  | number
  | string
  | readonly Encoded[]
  | { readonly [name: string]: Encoded };
