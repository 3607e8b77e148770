/**
 * Whether a host may answer as it does: the machine is followed through every choice it has.
 *
 * A set of states is kept in which the machine may be by now. After each operation those stay to
 * which some run of the machine, with its faults, leads with the answer that the host gave. A host
 * conforms as long as one is left.
 */

import { withChooser } from '../../model/choice.ts';
import { type Block, bytesOf } from '../../model/index.ts';

/** A machine, as far as its surroundings drive it. */
interface Driven {
  crash(): void;
  fault?(): void;
}

export class Followers<M extends Driven> {
  private states: readonly M[];
  private readonly blocks: readonly Block[];

  /** `blocks` stand for every block. */
  constructor(states: readonly M[], blocks: readonly Block[]) {
    this.states = states;
    this.blocks = blocks;
  }

  /** The host was asked to do `step`, and answered `answer`. */
  saw(step: (machine: M) => unknown, answer: unknown): void {
    this.go((machine) => {
      machine.fault?.();
      return same(step(machine), answer);
    });
    if (this.states.length === 0) throw new Error(`the machine never answers ${shown(answer)}`);
  }

  /** Power was lost. */
  crash(): void {
    this.go((machine) => {
      machine.fault?.();
      machine.crash();
      machine.fault?.();
      return true;
    });
  }

  private go(step: (machine: M) => boolean): void {
    const reached = new Map<string, M>();
    for (const state of this.states)
      for (const { machine, stays } of this.runs(state, step))
        if (stays) reached.set(shown({ ...machine }), machine);
    this.states = [...reached.values()];
  }

  /** Every run of `step` from `state`: the choices of a run are a number in mixed radix. */
  private *runs(
    state: M,
    step: (machine: M) => boolean,
  ): Generator<{ machine: M; stays: boolean }> {
    let digits: { value: number; radix: number }[] = [];
    for (;;) {
      let at = 0;
      const pick = (radix: number) => {
        digits[at] ??= { value: 0, radix };
        return digits[at++]!.value;
      };
      const machine = copy(state);
      const stays = withChooser({ pick, blocks: this.blocks, length: 0 }, () => step(machine));
      yield { machine, stays };
      digits = digits.slice(0, at);
      while (digits.length > 0 && digits.at(-1)!.value === digits.at(-1)!.radix - 1) digits.pop();
      const last = digits.at(-1);
      if (!last) return;
      last.value++;
    }
  }
}

/** Blocks are immutable; the arrays that hold them are not. */
function copy<M extends object>(machine: M): M {
  const fields = Object.entries(machine).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...value] : value,
  ]);
  return Object.assign(Object.create(Object.getPrototypeOf(machine)), Object.fromEntries(fields));
}

function same(one: unknown, other: unknown): boolean {
  return shown(one) === shown(other);
}

function shown(value: unknown): string {
  return (
    JSON.stringify(value, (_, part) =>
      part instanceof Uint8Array
        ? Buffer.from(bytesOf(part as unknown as Block)).toString('hex')
        : part,
    ) ?? 'undefined'
  );
}
