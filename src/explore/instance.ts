/** What is explored, and what comes of it. */
import type { Block } from '../model/block.ts';
import type { Counterexample } from './counterexample.ts';

export { isAsync } from '../model/lock.ts';

/** A machine, as a class: see model/machine.ts. */
export interface MachineType {
  readonly prototype: unknown;
  readonly name?: string;
  /** Says that it passes blocks on and compares them, and does nothing else with them. */
  readonly symmetric?: 'blocks';
  initial(): unknown;
}

/** What the explorer needs of a `refinement`. */
export interface Layer {
  readonly promise: MachineType;
  readonly code: new (lower: never) => unknown;
  readonly on: MachineType;
  /** The promised state of a store just initialised; without it, every initial state. */
  readonly initially?: (lower: never, code: never) => unknown;
  /** Of a stack: what its code says of itself is about machines that are not there. */
  readonly unchecked?: boolean;
  /** Of a stack that awaits: the code at its bottom does not. */
  readonly atOnce?: boolean;
}

/** A layer, small enough to be tried completely. */
export interface Instance {
  readonly layer: Layer;
  readonly operations: readonly {
    readonly name: string;
    /** Every tuple of arguments to try. */
    readonly arguments: readonly (readonly unknown[])[];
  }[];
  /** What stands for every block. */
  readonly blocks: readonly Block[];
  /** The longest sequence of blocks when a machine may choose one. */
  readonly length: number;
  /** Operations in a row; absent: until nothing new is found. */
  readonly depth?: number;
  /** False: every content of a block is tried, also where the machines declare them alike. */
  readonly symmetry?: boolean;
  /** Whether the code awaits the operations of the machine below. */
  readonly async: boolean;
  readonly limits?: Limits;
}

export interface Limits {
  readonly states?: number;
  /** Ways that code and machines go, and operations in them: the same on every computer. */
  readonly steps?: number;
  readonly milliseconds?: number;
  /** After so many operations of the lower machine an operation counts as endless. */
  readonly effects?: number;
}

/** A place in a source file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  /**
   * `violation`: the promise does not allow it. `statement`: something that the code says of itself
   * is false. `vacuous`: a machine has no step where it needs one.
   */
  readonly kind: 'violation' | 'statement' | 'vacuous';
  readonly because: string;
  readonly at?: Place | undefined;
  readonly found?: string;
  readonly allowed?: readonly string[];
}

export interface Counts {
  /** Different states between operations: lower machine, memory, possible states of the promise. */
  states: number;
  /** The same, counted as often as they were reached. */
  generated: number;
  /** Executions of the code from one such state to the next. */
  runs: number;
  /** Operations of the lower machine in them. */
  effects: number;
  /** Points at which power was lost, each with every answer to the choices before it. */
  crashes: number;
  /** Executions of `recover` that ran to their end. */
  recoveries: number;
  /** Executions of `init` that answered true, and false. */
  initialised: number;
  refused: number;
  /** Operations not tried because the promise does not allow the call. */
  skipped: number;
  /** Executions that an assumption ruled out. */
  assumed: number;
}

export function noCounts(): Counts {
  return {
    states: 0,
    generated: 0,
    runs: 0,
    effects: 0,
    crashes: 0,
    recoveries: 0,
    initialised: 0,
    refused: 0,
    skipped: 0,
    assumed: 0,
  };
}

export type Outcome =
  | {
      readonly kind: 'explored';
      /** Nothing is left to try within the bound. */
      readonly exhausted: boolean;
      /** The bound, in words. */
      readonly bound: string;
      /** What to do about it if something is left. */
      readonly remedy?: string;
      readonly counts: Counts;
    }
  | (Problem & {
      /** Its `layer` and `source` are for the caller to fill in. */
      readonly counterexample: Counterexample;
      readonly counts: Counts;
    });
