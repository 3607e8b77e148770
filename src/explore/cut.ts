import type { Move } from './engine.ts';
import type { Call } from './promised.ts';

/**
 * Power lost during a call. There are many of these, and of most of them nobody asks what the
 * answers were: they are put together when asked for.
 */
export class Cut implements Move {
  readonly call: Call;
  readonly power: number;
  private readonly before: readonly number[];
  private readonly after: readonly number[];

  constructor(call: Call, before: readonly number[], after: readonly number[], power: number) {
    this.call = call;
    this.before = before;
    this.after = after;
    this.power = power;
  }

  get picks(): readonly number[] {
    return [...this.before, ...this.after];
  }
}
