/** Moments of a run in which operations overlap, and what may happen next. */
import type { Move, Node } from '../engine.ts';
import type { Problem } from '../instance.ts';
import type { Call } from '../promised.ts';
import type { Edge } from '../search.ts';
import type { Way } from './effects.ts';
import type { Asked } from './gate.ts';
import type { Known } from './monitor.ts';
import type { Segment } from './segments.ts';

/** How many clients there are, and what keeps them apart. */
export interface Setting {
  readonly clients: number;
  /** Whether the layer is entered through its lock. */
  readonly locked: boolean;
  /** Whether schedules that lead to the same are taken once. */
  readonly reduced: boolean;
  /** The operations that may overlap, by name, while others come alone; absent: all. */
  readonly together?: readonly string[] | undefined;
  /** Whether code that remembers nothing may begin to; else a schedule in which it does throws. */
  readonly mayRemember?: boolean;
}

/** An operation under way. */
export interface Flight {
  readonly call: Call;
  /** The piece of it that ran last; absent while it waits at the lock. */
  readonly segment?: Segment;
  /** What the machine below did when asked, if it has. */
  readonly way?: Way;
}

export interface Busy {
  readonly phase: 'busy';
  readonly lower: number;
  readonly memory: number;
  readonly known: Known;
  /** For each client. */
  readonly flights: readonly (Flight | undefined)[];
  /** Who is in, and who waits for it, in order of arrival. */
  readonly queue: readonly number[];
}

/** A moment of a run: operations overlap, or code runs alone. */
export type Moment = Node | Busy;

/** What happens next. A client is called A, B and so on when it is shown. */
export type Turn =
  | { readonly kind: 'alone'; readonly move: Move }
  | { readonly kind: 'begin'; readonly client: number; readonly call: Call }
  /** The machine below does what the client's operation asked for. */
  | { readonly kind: 'effect'; readonly client: number; readonly picks: readonly number[] }
  /** The client's operation learns of it and goes on. */
  | { readonly kind: 'resume'; readonly client: number }
  | { readonly kind: 'crash'; readonly picks: readonly number[] };

export type TurnEdge = Edge<Moment, readonly Turn[], Problem>;

/** A turn that may come next, not yet taken. */
export interface Option {
  /** The same at the same moment, whichever client is which. */
  readonly name: string;
  /** The same without the client. */
  readonly does: string;
  /** Whose turn it is; absent if it is anybody's who is free. */
  readonly client?: number;
  /** The operation that begins in it. */
  readonly begins?: Call;
  /** Whether an operation ends in it. */
  readonly ends: boolean;
  /** Whether code runs in it that has a memory. */
  readonly remembers: boolean;
  readonly effect?: readonly [Asked, Way];
  /** Nothing if the turn is not possible after all. */
  take(): Promise<TurnEdge | undefined>;
}

/** The operation of each client that is under way. */
export function callsOf({ flights }: Busy): readonly (Call | undefined)[] {
  return flights.map((flight) => flight?.call);
}
