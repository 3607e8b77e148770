/** Nodes of the representation, made in one line each. */
import type { Expression, Intrinsic, Position, Statement, Type } from '../ir.ts';
import { booleanType, undefinedType } from '../type.ts';

export function apply(
  at: Position,
  type: Type,
  name: Intrinsic,
  ...given: readonly Expression[]
): Expression {
  return { kind: 'apply', at, type, function: name, arguments: given };
}

export function not(value: Expression): Expression {
  if (value.kind === 'constant') return { ...value, value: !value.value };
  if (value.kind === 'apply' && value.function === 'not') return value.arguments[0]!;
  return apply(value.at, booleanType, 'not', value);
}

export function conditional(
  at: Position,
  type: Type,
  condition: Expression,
  whenTrue: Expression,
  whenFalse: Expression,
): Expression {
  // biome-ignore lint/suspicious/noThenProperty: the name in the representation
  return { kind: 'conditional', at, type, condition, then: whenTrue, else: whenFalse };
}

export function branch(
  at: Position,
  condition: Expression,
  whenTrue: readonly Statement[],
  whenFalse: readonly Statement[] = [],
): Statement {
  // biome-ignore lint/suspicious/noThenProperty: the name in the representation
  return { kind: 'if', at, condition, then: whenTrue, else: whenFalse };
}

export function assign(
  at: Position,
  variable: string,
  value: Expression,
  ghost = false,
): Statement {
  return { kind: 'assign', at, variable, value, ghost };
}

export function variable(at: Position, type: Type, name: string): Expression {
  return { kind: 'variable', at, type, variable: name };
}

export function constant(
  at: Position,
  type: Type,
  value: boolean | bigint | string | null | undefined,
): Expression {
  return { kind: 'constant', at, type, value };
}

export function truth(at: Position, value: boolean): Expression {
  return constant(at, booleanType, value);
}

export function nothing(at: Position): Expression {
  return constant(at, undefinedType, undefined);
}

export function integer(at: Position, type: Type, value: bigint | number): Expression {
  return constant(at, type, BigInt(value));
}
