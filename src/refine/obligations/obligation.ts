/** What has to be shown of a layer. */
import type { Term } from '../../logic/index.ts';
import type { ObligationKind } from '../../symbolic/execute/index.ts';
import type { Position } from '../../symbolic/ir.ts';
import type { Scene } from '../discharge/scene.ts';

/** Which part of recovery refinement an obligation belongs to. */
export type Phase = 'initialisation' | 'operation' | 'recovery' | 'idle' | 'contract' | 'codec';

export interface Obligation {
  readonly phase: Phase;
  /** The operation it is about; `init` and `recover` for these. */
  readonly about: string;
  /** What it says: refinement, what holds wherever power may go, or a rule of the language. */
  readonly kind: ObligationKind | 'outcome' | 'crash' | 'initial' | 'ensures' | 'codec';
  /** In words. */
  readonly text: string;
  readonly at: Position;
  readonly given: readonly Term[];
  readonly goal: Term;
  readonly scene: Scene;
}

/** Something the user asked to be taken on trust. */
export interface Assumption {
  readonly at: Position;
  readonly because: string;
}

export interface Collected {
  readonly obligations: Obligation[];
  readonly assumptions: Map<string, Assumption>;
  /** Whether nobody wants the obligations, so that their goals need not be stated. */
  readonly unwanted?: boolean;
}

/** For runs of which only the outcomes matter. */
export function nobody(): Collected {
  return { obligations: [], assumptions: new Map(), unwanted: true };
}
