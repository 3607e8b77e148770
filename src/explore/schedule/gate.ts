/** Stands before the machine below: operations are answered when the explorer says so. */
import { attachState } from '../../model/machine.ts';
import { operationsOf } from '../handle.ts';
import type { MachineType, Place } from '../instance.ts';
import { callPlace } from '../place.ts';
import type { Answer, Call } from '../promised.ts';
import { copy, keyOf } from '../value.ts';

/** An operation of the machine below that code has asked for, and awaits. */
export interface Asked {
  readonly operation: string;
  readonly arguments: readonly unknown[];
  /** The same for the same operation with the same arguments. */
  readonly key: string;
  readonly at: Place | undefined;
  settle(answer: Answer): void;
}

/** An operation of the code that is under way. */
export interface Started {
  ending?: Answer;
}

export class Gate {
  /** What the code is constructed on. */
  readonly handle: object;
  private asked: Asked[] = [];

  /** With a `machine`, invariants can look at it. */
  constructor(type: MachineType, machine?: object) {
    this.handle = Object.fromEntries(
      operationsOf(type).map((name) => [name, (...given: unknown[]) => this.ask(name, given)]),
    );
    if (machine) attachState(this.handle, machine);
  }

  /** What has been asked for since this was called last. */
  takeAsked(): readonly Asked[] {
    const { asked } = this;
    this.asked = [];
    return asked;
  }

  private ask(operation: string, given: readonly unknown[]): Promise<unknown> {
    const copied = given.map((argument) => copy(argument));
    const answer = new Promise<unknown>((resolve, reject) => {
      this.asked.push({
        operation,
        arguments: copied,
        key: operation + keyOf(copied),
        at: callPlace(),
        settle: (how) =>
          how.kind === 'returned' ? resolve(copy(how.value)) : reject(how.error as Error),
      });
    });
    // A promise that nobody awaits must not end the process when it fails.
    answer.catch(() => {});
    return answer;
  }
}

/** Calls an operation of code, or of its entrance. */
export function start(code: object, { name, arguments: given }: Call): Started {
  const started: Started = {};
  const method = (code as Record<string, (...given: readonly unknown[]) => unknown>)[name]!;
  const body = async () =>
    method.apply(
      code,
      given.map((argument) => copy(argument)),
    );
  body().then(
    (value) => {
      started.ending = { kind: 'returned', value: copy(value) };
    },
    (error) => {
      started.ending = { kind: 'threw', error: error as Error };
    },
  );
  return started;
}

/** Afterwards all code has gone on as far as it can. */
export function turnOfEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
