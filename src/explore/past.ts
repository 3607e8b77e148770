/**
 * What executions from the same state have in common.
 *
 * The next one goes as the last one did, up to the first choice that is answered otherwise. Until
 * there the machine need not do again what it did: its answers are known. The code does run, for
 * where it stands cannot be copied.
 */
import type { Machine } from './session.ts';
import type { States } from './store.ts';
import { copy } from './value.ts';

/** What an operation of the machine answered. */
interface Known {
  readonly operation: string;
  readonly threw: boolean;
  readonly result: unknown;
  /** How many choices had been answered after it. */
  readonly choices: number;
}

export class Past {
  /** Operations at the beginning of this execution that go as in the last one. */
  shared = 0;
  private readonly known: Known[] = [];
  /** The number of the machine's state before each operation. */
  private readonly states: number[] = [];
  private readonly lowers: States<Machine>;

  constructor(lowers: States<Machine>) {
    this.lowers = lowers;
  }

  /** An execution begins in which the answer of this number is the first new one. */
  begin(changed: number): void {
    let shared = 0;
    while (shared < this.known.length && this.known[shared]!.choices <= changed) shared++;
    this.shared = shared;
    this.known.length = shared;
  }

  /** The state in which the machine first has something to do; undefined if not known. */
  get state(): number | undefined {
    return this.states[this.shared];
  }

  /** The machine before an operation that this execution has in common with the last. */
  machineBefore(effect: number): Machine {
    return copy(this.lowers.value(this.states[effect]!));
  }

  see(effect: number, state: number): void {
    this.states[effect] = state;
  }

  add(known: Known): void {
    this.known.push({ ...known, result: known.threw ? known.result : copy(known.result) });
  }

  /** The operation of this number, if it goes as in the last execution. */
  at(effect: number): Known | undefined {
    return effect < this.shared ? this.known[effect] : undefined;
  }
}
