/** Everything a run can say. Printers turn these into text; nobody else prints. */
import type { Counterexample } from '../explore/counterexample.ts';
import type { Trace } from '../explore/trace.ts';

/** A place in the user's source; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A part of what the user says, on which a proof fails. */
export interface Conjunct {
  readonly at: Place & { readonly endLine: number; readonly endColumn: number };
  /** The source between these places, on one line; absent if it cannot be read. */
  readonly text?: string;
  /** What it is a part of: `abstraction`, `crash invariant`, `loop invariant`. */
  readonly role?: string;
}

/**
 * What may be wrong where no run of the code shows it: an annotation of the code; the code, which
 * owes something in every state that its annotations allow; what a lemma says, or its proof.
 */
export type Blame = 'annotation' | 'code' | 'contract' | 'proof';

/** What may rule out whatever a proof is about, so that it says nothing. */
export type Emptied = 'annotation' | 'assumption' | 'machine' | 'promise' | 'code';

/** What contradicts each other in a counterexample. */
export interface Accused {
  /** The operation that goes wrong; where a single line fails, that one. */
  readonly code: Place;
  /** Absent where a line fails whatever is promised. */
  readonly promise?: Place;
}

export type Verdict =
  | { readonly kind: 'proved' }
  /** Nothing wrong within the stated bound. */
  | { readonly kind: 'explored'; readonly bound: string }
  | {
      readonly kind: 'refuted';
      readonly because: string;
      /** Absent for a codec, which is wrong without any run. */
      readonly counterexample?: Counterexample;
      /** The counterexample as it is shown: source lines, lost writes, states. */
      readonly shown: string;
      /** The same, piece by piece. */
      readonly trace: Trace;
      /** What is to be mended: one of these, as far as can be told. */
      readonly accused?: Accused;
    }
  | {
      readonly kind: 'vacuous';
      readonly because: string;
      readonly at: Place;
      readonly blame?: Emptied;
    }
  | {
      readonly kind: 'unknown';
      readonly reason:
        | 'timeout'
        | 'resources'
        | 'memory'
        | 'incomplete'
        | 'annotation'
        | 'subset'
        | 'bound'
        | 'measure'
        | 'solver'
        | 'certificate'
        /** Layers of a stack do not fit, or one of them is not proved. */
        | 'misfit'
        | 'layer'
        /** Only of a run: the sources are not those of a proof. */
        | 'unproved';
      readonly because: string;
      readonly at?: Place;
      /** What to try next. */
      readonly remedy?: string;
      /** What is to be mended, as far as can be told. */
      readonly blame?: Blame;
      /** The part of an annotation that is not shown, if it can be told. */
      readonly conjunct?: Conjunct;
      /** The smallest state found in which it fails: a line for each object and variable. */
      readonly state?: readonly string[];
    };

export type RunEvent =
  | {
      readonly event: 'begin';
      readonly verb: 'prove' | 'recheck' | 'explore' | 'run' | 'replay';
      readonly layer: string;
      readonly file: string;
    }
  /** One thing to be shown, decided. */
  | {
      readonly event: 'obligation';
      readonly layer: string;
      readonly name: string;
      readonly at: Place;
      readonly answer: 'proved' | 'failed' | 'unknown';
      readonly reason?: string;
      readonly milliseconds: number;
      readonly cached: boolean;
      readonly solver: string;
      /** Characters of the query. */
      readonly size: number;
    }
  | {
      readonly event: 'progress';
      readonly layer: string;
      readonly done: number;
      readonly of?: number;
      readonly what: string;
    }
  /** A construct outside the subset; the verdict about the file follows. */
  | {
      readonly event: 'refusal';
      readonly at: Place;
      readonly construct: string;
      readonly why: string;
      /** What to write instead. */
      readonly instead: string;
    }
  /** One line of what a run does, for people. */
  | { readonly event: 'note'; readonly text: string }
  /** What an operation that was run answered; blocks as text. */
  | { readonly event: 'result'; readonly operation: string; readonly value: string }
  | {
      readonly event: 'verdict';
      readonly verb: 'prove' | 'recheck' | 'explore' | 'run' | 'replay';
      readonly layer: string;
      readonly file: string;
      /** Where the layer is declared, if that is known. */
      readonly at?: Place;
      readonly verdict: Verdict;
      readonly milliseconds: number;
      /** The sources that the verdict is about: the SHA-256 of each file by its absolute path. */
      readonly sources?: Readonly<Record<string, string>>;
      /** What the verdict rests on. */
      readonly trusts: readonly string[];
      /** What a stack follows from: a theorem, and the verdicts of its layers. */
      readonly follows?: readonly string[];
      readonly counts?: Readonly<Record<string, number>>;
    }
  /** A mistake made in a layer's code, and who noticed it. */
  | {
      readonly event: 'mutant';
      readonly layer: string;
      readonly at: Place;
      readonly kind: string;
      readonly was: string;
      readonly becomes: string;
      /** What prove and explore said of it. */
      readonly prove: string;
      readonly explore: string;
      readonly outcome: 'noticed' | 'equivalent' | 'survived' | 'contradiction' | 'no program';
      /** Why it may go unnoticed, as the source says. */
      readonly explained?: string;
    }
  /** The run cannot go on: wrong use, or an error of ours. */
  | {
      readonly event: 'failure';
      readonly code: string;
      readonly text: string;
      readonly at?: Place;
    }
  | { readonly event: 'end'; readonly exit: 0 | 1 | 2 | 3 };

export interface Reporter {
  event(event: RunEvent): void;
}
