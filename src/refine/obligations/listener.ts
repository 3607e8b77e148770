/** Collects what the run of one method has to show. */
import type { Term } from '../../logic/index.ts';
import type { Hooks, ObjectValue, State } from '../../symbolic/execute/index.ts';
import type { Position } from '../../symbolic/ir.ts';
import type { Scene } from '../discharge/scene.ts';
import type { Side } from '../promise/witness.ts';
import type { Collected, Obligation, Phase } from './obligation.ts';

export class Listener implements Hooks {
  private readonly into: Collected;
  private readonly phase: Phase;
  private readonly about: string;
  /** What must hold of a state in which power may go. */
  private readonly crash: (state: State, side: Side) => Term;
  /** States of the promise that it is about, by name. */
  private readonly promised: Readonly<Record<string, ObjectValue>>;

  constructor(
    into: Collected,
    phase: Phase,
    about: string,
    crash: (state: State, side: Side) => Term,
    promised: Readonly<Record<string, ObjectValue>> = {},
  ) {
    this.into = into;
    this.phase = phase;
    this.about = about;
    this.crash = crash;
    this.promised = promised;
  }

  oblige(
    kind: Obligation['kind'],
    at: Position,
    state: State,
    goal: Term,
    text: string = words[kind],
  ): void {
    this.claim(kind, text, at, state, goal);
  }

  crashPoint(state: State, at: Position, text: string): void {
    if (this.into.unwanted) return;
    this.claim('crash', `power may go ${text}`, at, state, this.crash(state, 'shown'));
  }

  assumeCrash(state: State): void {
    state.assume(this.crash(state, 'given'));
  }

  assumed(at: Position, because: string): void {
    this.into.assumptions.set(`${at.file}:${at.line}:${at.column}`, { at, because });
  }

  claim(kind: Obligation['kind'], text: string, at: Position, state: State, goal: Term): void {
    if (this.into.unwanted) return;
    const { phase, about } = this;
    const given = state.given();
    const scene = this.scene(state);
    this.into.obligations.push({ phase, about, kind, text, at, given, goal, scene });
  }

  private scene({ objects, variables, types }: State): Scene {
    const all = new Map([...Object.entries(this.promised), ...objects]);
    return { objects: all, variables: new Map(variables), types: new Map(types) };
  }

  all(): Hooks {
    return {
      oblige: (...told) => this.oblige(...told),
      crashPoint: (...told) => this.crashPoint(...told),
      assumeCrash: (...told) => this.assumeCrash(...told),
      assumed: (at, because) => this.assumed(at, because),
    };
  }

  /** The same, where nothing has to hold when power goes. */
  atomic(): Hooks {
    return { ...this.all(), crashPoint() {}, assumeCrash() {} };
  }
}

export const words: Record<Obligation['kind'], string> = {
  bounds: 'the index is within bounds',
  range: 'the integer stays within its range',
  division: 'the divisor is positive',
  narrowing: 'the value is of the type it is used at',
  choice: 'there is something to choose from',
  assert: 'the assertion holds',
  requires: 'the precondition holds',
  contract: 'what it requires holds where it is used',
  invariant: 'the loop invariant holds',
  measure: 'the measure decreases and is not negative',
  ensures: 'what it ensures holds',
  codec: 'the codec keeps what it encodes',
  outcome: 'the outcome is one the promise allows',
  crash: 'the crash invariant holds',
  initial: 'the store is as first promised',
};
