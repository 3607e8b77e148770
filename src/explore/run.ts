/** Runs one method of the real code to its end, or to where power goes. */
import { withChecks } from '../model/ghost.ts';
import type { Choices } from './choices.ts';
import { handles } from './handle.ts';
import type { Instance, Problem } from './instance.ts';
import type { Past } from './past.ts';
import { placeOf } from './place.ts';
import { judge, type Machine, Session, type Watcher } from './session.ts';
import { copy, NotExplorable } from './value.ts';

export type Ending =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: Error }
  | { readonly kind: 'power' }
  | { readonly kind: 'assumed' }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface Task {
  /** Owned by the run, which changes it. */
  readonly machine: Machine;
  /** Fields of the code, as `memoryOf` returned them; absent: it is constructed anew. */
  readonly memory?: object | undefined;
  readonly method: string;
  readonly arguments: readonly unknown[];
  readonly choices: Choices;
  readonly power: number | null;
  readonly watcher?: Watcher | undefined;
  readonly past?: Past | undefined;
}

export interface Ran {
  readonly ending: Ending;
  readonly effects: number;
  /** The code as it was left, with what stands for its handle; absent if it is of no more use. */
  readonly memory: object | undefined;
}

/** Stands for the handle in stored memory. */
export const hole: object = Object.freeze({});

/** Instances are small: what does more than this to the machine below has no end. */
const effectsAllowed = 10_000;
type Code = Record<string, (...given: readonly unknown[]) => unknown>;

export class Runner {
  /** Whether the code's statements about itself are checked. */
  checks: boolean;
  private late: Problem | undefined;
  private readonly instance: Instance;
  private readonly handle: (on: Session) => object;

  constructor(instance: Instance) {
    this.instance = instance;
    const { on, unchecked, atOnce } = instance.layer;
    this.checks = !unchecked;
    this.handle = handles(on, instance.async && !atOnce);
  }

  /** Something that was done after an execution had ended, told once. */
  takeLate(): Problem | undefined {
    const { late } = this;
    this.late = undefined;
    return late;
  }

  async run(task: Task): Promise<Ran> {
    const session = new Session({
      ...task,
      effectLimit: this.instance.limits?.effects ?? effectsAllowed,
      onLate: (problem) => {
        this.late ??= problem;
      },
    });
    const handle = this.handle(session);
    const made: { code?: object } = {};
    const body = () => this.call(task, handle, made);
    const ending = this.instance.async ? await this.later(session, body) : this.now(session, body);
    // Microtasks that the code left behind have run when this is awaited.
    await undefined;
    const trouble = session.trouble;
    if (trouble?.kind === 'error') throw trouble.error;
    if (trouble) return { ending: trouble, effects: session.effects, memory: undefined };
    const memory = made.code && copy(made.code, handle, hole);
    return { ending, effects: session.effects, memory };
  }

  private call(task: Task, handle: object, made: { code?: object }): unknown {
    const code = task.memory
      ? copy(task.memory, hole, handle)
      : (new this.instance.layer.code(handle as never) as object);
    made.code = code;
    return (code as Code)[task.method]!(...task.arguments.map((argument) => copy(argument)));
  }

  private checked<T>(body: () => T): T {
    return this.checks ? withChecks(body) : body();
  }

  private now(session: Session, body: () => unknown): Ending {
    let ending: Ending;
    try {
      const value = this.checked(body);
      if (value instanceof Promise)
        throw new NotExplorable(
          'an operation returned a promise, but the layer is not async',
          'declare its operations async',
        );
      ending = { kind: 'returned', value };
    } catch (error) {
      ending = thrown(session, error);
    }
    session.finish();
    return ending;
  }

  /** After one turn of the event loop the code has returned, or it never will. */
  private async later(session: Session, body: () => unknown): Promise<Ending> {
    let ending: Ending | undefined;
    const settle = (how: Ending) => {
      ending = how;
      session.finish();
    };
    await this.checked(() => {
      (async () => body())().then(
        (value) => settle({ kind: 'returned', value }),
        (error) => settle(thrown(session, error)),
      );
      return new Promise((resolve) => setImmediate(resolve));
    });
    if (ending) return ending;
    session.finish();
    const because = 'it awaits something that never comes';
    return { kind: 'problem', problem: { kind: 'violation', because } };
  }
}

function thrown(session: Session, error: unknown): Ending {
  // What ended the session counts, not what the code made of it.
  if (session.trouble) return { kind: 'assumed' };
  const trouble = judge(error, 'the code');
  if (!trouble) return { kind: 'threw', error: error as Error };
  if (trouble.kind === 'error') throw trouble.error;
  if (trouble.kind !== 'problem') return trouble;
  const at = placeOf(error);
  return { kind: 'problem', problem: { ...trouble.problem, at } };
}
