/** What code sees of the machine below: its operations, and nothing else. */
import { attachView } from '../model/machine.ts';
import type { MachineType } from './instance.ts';
import type { Session } from './session.ts';

const hooks = new Set(['constructor', 'crash', 'fault']);
const session = Symbol('session');

interface Handle {
  [session]: Session;
}

/** The names of the operations of a machine. */
export function operationsOf(machine: MachineType): string[] {
  const names = new Set<string>();
  for (let at = machine.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function' && !hooks.has(name)) names.add(name);
  return [...names];
}

/** Makes handles for executions; with `later`, operations answer with promises. */
export function handles(machine: MachineType, later: boolean): (on: Session) => object {
  const shape: Record<string, unknown> = {};
  for (const name of operationsOf(machine))
    shape[name] = later
      ? function (this: Handle, ...given: unknown[]) {
          return answer(this[session], name, given);
        }
      : function (this: Handle, ...given: unknown[]) {
          return this[session].perform(name, given);
        };
  return (on) => {
    const handle = Object.create(shape) as Handle;
    handle[session] = on;
    attachView(handle, () => on.present);
    return handle;
  };
}

/**
 * Notices that it is awaited. Code that leaves a promise alone would, on real disks, have two
 * operations under way at once, or return before the last has been done.
 */
class Answer extends Promise<unknown> {
  private on: Session | undefined;

  static override get [Symbol.species]() {
    return Promise;
  }

  static of(on: Session, settle: () => unknown): Answer {
    const made = new Answer((resolve) => resolve(settle()));
    // A promise that nobody awaits must not end the process when it fails.
    Promise.prototype.then.call(made, undefined, () => {});
    made.on = on;
    on.awaited++;
    return made;
  }

  // biome-ignore lint/suspicious/noThenProperty: noticing `then` is the purpose
  override then<A, B>(
    kept?: ((value: unknown) => A | PromiseLike<A>) | null,
    broken?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return super.then(
      (value) => {
        this.arrive();
        return kept ? kept(value) : (value as A);
      },
      (reason) => {
        this.arrive();
        if (broken) return broken(reason);
        throw reason;
      },
    );
  }

  private arrive(): void {
    if (this.on) this.on.awaited--;
    this.on = undefined;
  }
}

function answer(on: Session, name: string, given: unknown[]): Promise<unknown> {
  const made = Answer.of(on, () => on.perform(name, given));
  // When power is gone nothing goes on.
  return on.trouble ? new Promise(() => {}) : made;
}
