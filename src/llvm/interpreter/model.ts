/** What is said from outside: models, and limits. */
import type { Machine } from './machine.ts';
import type { Rules } from './rules.ts';
import type { Value } from './value.ts';

/** What a function that is defined elsewhere does. */
export type Model = (args: readonly Value[], machine: Machine) => Value | undefined;

export interface MachineOptions {
  readonly models?: Readonly<Record<string, Model>>;
  /** By the text of the assembly. */
  readonly assembly?: Readonly<Record<string, Model>>;
  /** How many instructions a call from outside may take. */
  readonly steps?: number;
  /** When poison is a fault: where it is used, or already where it is made. */
  readonly poison?: 'used' | 'made';
  readonly rules?: Rules;
}
