/**
 * One execution of code on a live machine.
 *
 * Everything the code does to the machine comes through here: faults happen, power goes, choices
 * are answered. Once a session is over its handle is dead: each call throws, and changes nothing.
 */
import { NoChoice, withChooser } from '../model/choice.ts';
import { Assumed, StatementFailed } from '../model/ghost.ts';
import { type Choices, Diverged, TooMany, unlike } from './choices.ts';
import type { Problem } from './instance.ts';
import type { Past } from './past.ts';
import { placeOf } from './place.ts';
import { copy, NotExplorable } from './value.ts';

/** Thrown at code whose execution has come to an end. */
export class PowerLoss extends Error {
  override readonly name = 'PowerLoss';
}

/** A live machine; its fields are its state. */
export type Machine = Record<string, unknown> & { fault?(): void; crash?(): void };

/** Why an execution ended before it returned. */
export type Trouble =
  | { readonly kind: 'power' }
  | { readonly kind: 'assumed' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The explorer itself cannot go on. */
  | { readonly kind: 'error'; readonly error: Error };

/** Looks on while code runs. */
export interface Watcher {
  /** Power may go now. */
  point?(session: Session): void;
  begin?(operation: string, given: readonly unknown[], session: Session): void;
  end?(result: unknown, session: Session): void;
}

export interface SessionOptions {
  readonly machine: Machine;
  readonly choices: Choices;
  readonly power: number | null;
  readonly effectLimit: number;
  readonly watcher?: Watcher | undefined;
  /** What need not be done again; then `machine` is as it is after that. */
  readonly past?: Past | undefined;
  /** Hears of operations that come after the end. */
  readonly onLate?: (problem: Problem) => void;
}

export class Session {
  readonly machine: Machine;
  readonly choices: Choices;
  /** Operations of the machine so far. */
  effects = 0;
  trouble: Trouble | undefined;
  /** Promises handed to the code that it has not yet awaited. */
  awaited = 0;
  private over = false;
  private readonly options: SessionOptions;

  constructor(options: SessionOptions) {
    this.machine = options.machine;
    this.choices = options.choices;
    this.options = options;
  }

  /** The machine as it is at this moment of the execution. */
  get present(): Machine {
    const { past } = this.options;
    return past?.at(this.effects) ? past.machineBefore(this.effects) : this.machine;
  }

  /** One operation of the machine, and what the environment does before it. */
  perform(operation: string, given: readonly unknown[]): unknown {
    this.admit(operation);
    const { watcher, past } = this.options;
    const known = past?.at(this.effects);
    if (known) return this.again(known, operation);
    watcher?.point?.(this);
    const copied = given.map((argument) => copy(argument));
    watcher?.begin?.(operation, copied, this);
    try {
      const result = copy(withChooser(this.choices, () => this.step(operation, copied)));
      this.effects++;
      past?.add({ operation, threw: false, result, choices: this.choices.at });
      watcher?.end?.(result, this);
      return result;
    } catch (error) {
      const trouble = judge(error, 'the machine');
      if (trouble) this.stop(trouble);
      this.effects++;
      past?.add({ operation, threw: true, result: error, choices: this.choices.at });
      watcher?.end?.(error, this);
      throw error;
    }
  }

  /** What was answered before is answered again, and the machine stays as it is. */
  private again(known: NonNullable<ReturnType<Past['at']>>, operation: string): unknown {
    if (known.operation !== operation) this.stop({ kind: 'error', error: unlike() });
    this.choices.at = known.choices;
    this.effects++;
    if (known.threw) throw known.result;
    return copy(known.result);
  }

  /** The code has returned or thrown; whatever it does from now on comes too late. */
  finish(): void {
    this.over = true;
    if (this.trouble) return;
    if (this.awaited > 0) this.trouble = wrong('it returned before its last operation was awaited');
    else if (this.options.power === this.effects) this.trouble = { kind: 'power' };
    else this.options.watcher?.point?.(this);
  }

  private step(operation: string, given: readonly unknown[]): unknown {
    this.machine.fault?.();
    return (this.machine[operation] as (...given: readonly unknown[]) => unknown)(...given);
  }

  private admit(operation: string): void {
    if (this.over) {
      const late = wrong(`${operation}() comes after the code has returned`);
      this.options.onLate?.(late.problem);
      this.stop(late);
    }
    if (this.trouble) throw new PowerLoss('the execution is over');
    if (this.awaited > 0) this.stop(wrong(`${operation}() begins before the last was awaited`));
    if (this.options.power === this.effects) this.stop({ kind: 'power' });
    if (this.effects >= this.options.effectLimit)
      this.stop(wrong(`it does not return: ${this.effects} operations and no end`));
  }

  private stop(trouble: Trouble): never {
    this.trouble ??= trouble;
    throw new PowerLoss('the execution is over');
  }
}

function wrong(because: string): Trouble & { kind: 'problem' } {
  const at = placeOf(new Error('here'));
  return { kind: 'problem', problem: { kind: 'violation', because, at } };
}

const builtIn: readonly unknown[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
];

/** Whether an error is one that code declares: a class of its own. */
export function isDeclared(error: unknown): error is Error {
  return error instanceof Error && !builtIn.includes(error.constructor);
}

/** What an error thrown by `who` means; undefined for a declared one. */
export function judge(error: unknown, who: string): Trouble | undefined {
  if (error instanceof Assumed) return { kind: 'assumed' };
  if (error instanceof TooMany || error instanceof Diverged || error instanceof NotExplorable)
    return { kind: 'error', error };
  if (error instanceof NoChoice) {
    const because = `${who} has no step here: ${error.message}`;
    return problem('vacuous', because, error, true);
  }
  if (error instanceof StatementFailed) return problem('statement', error.message, error);
  if (isDeclared(error)) return undefined;
  return problem('violation', `${who} threw ${String(error)}`, error, true);
}

function problem(kind: Problem['kind'], because: string, error: unknown, inside = false) {
  return {
    kind: 'problem',
    problem: { kind, because, at: placeOf(error, inside) },
  } as const satisfies Trouble;
}
