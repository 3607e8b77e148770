/** What callers have to know of a method: for explorers and generators. */
import type { ClassKey, FunctionKey, Program, Type } from './ir.ts';

export interface Signature {
  readonly function: FunctionKey;
  readonly parameters: readonly Type[];
  readonly returns: Type;
  readonly async: boolean;
}

/** The signature of a method of a class; undefined if it has none of this name. */
export function signatureOf(
  program: Program,
  key: ClassKey,
  method: string,
): Signature | undefined {
  const found = program.classes.get(key)?.methods.find((m) => m.name === method);
  const body = found && program.functions.get(found.function);
  return (
    body && {
      function: body.key,
      parameters: body.parameters.map((p) => p.type),
      returns: body.returns,
      async: body.async,
    }
  );
}
