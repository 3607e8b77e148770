/** What a program is run on, and with. */

import { ObjectValue, type Value } from '../../src/symbolic/interpreter/value.ts';
import type { Class, Program, Type } from '../../src/symbolic/ir.ts';
import { randomValue } from './convert.ts';
import { Random } from './random.ts';

/** A program as the reader knows it. */
export interface Entry {
  readonly program: Program;
  readonly code: Class;
  readonly lower: Class;
  readonly method: string;
}

export interface Input {
  readonly given: readonly Value[];
  /** The object and the machine below before the run. */
  readonly self: ObjectValue;
  readonly lower: ObjectValue;
  /** Decides the choices of the machine below. */
  readonly picks: number;
}

export const typedFields = (of: Class): readonly { name: string; type: Type }[] =>
  of.fields.flatMap(({ name, type }) => (type ? [{ name, type }] : []));

export function functionOf({ program, code, method }: Entry) {
  const key = code.methods.find((m) => m.name === method)!.function;
  return program.functions.get(key)!;
}

export function randomInput(entry: Entry, seed: readonly number[]): Input {
  const random = Random.of(...seed);
  const object = (of: Class) =>
    new ObjectValue(
      of.key,
      typedFields(of).map(({ name, type }) => [name, randomValue(type, random)]),
    );
  return {
    given: functionOf(entry).parameters.map(({ type }) => randomValue(type, random)),
    self: object(entry.code),
    lower: object(entry.lower),
    picks: random.below(2 ** 30),
  };
}
