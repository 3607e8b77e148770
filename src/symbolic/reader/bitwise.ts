/**
 * Bitwise operators, on integers of a fixed width.
 *
 * JavaScript computes them on signed 32 bits. Where the result is the same as the mathematical one
 * they are read as they stand; elsewhere only within a `wrapU32`, which makes it the same.
 */
import ts from '@typescript/typescript6';
import type { Expression, Intrinsic, Type } from '../ir.ts';
import { big, type IntegerType, integerOf, safe } from '../type.ts';
import { coerce } from './coerce.ts';
import { refuse } from './context.ts';
import { apply } from './make.ts';
import { positionOf } from './position.ts';

const { SyntaxKind } = ts;

const operators: Partial<Record<ts.SyntaxKind, Intrinsic>> = {
  [SyntaxKind.AmpersandToken]: 'bitAnd',
  [SyntaxKind.BarToken]: 'bitOr',
  [SyntaxKind.CaretToken]: 'bitXor',
  [SyntaxKind.LessThanLessThanToken]: 'shiftLeft',
  [SyntaxKind.GreaterThanGreaterThanToken]: 'shiftRight',
};

export function isBitwise(operator: ts.SyntaxKind): boolean {
  return operators[operator] !== undefined;
}

export function bitwise(
  node: ts.BinaryExpression,
  operator: ts.SyntaxKind,
  left: Expression,
  right: Expression,
  wrapped: boolean,
): Expression {
  const name = operators[operator]!;
  if (name === 'shiftLeft' || name === 'shiftRight') return shift(node, name, left, right, wrapped);
  const type = width(left) ?? width(right);
  if (!type) return refuseWidth(node);
  if (type.range === 'u32' && !wrapped)
    return refuse(node, 'the result is signed in JavaScript', 'wrapU32(...) around it');
  const fit = (operand: ts.Expression, value: Expression) =>
    width(value)?.range === type.range || fits(value, type)
      ? coerce(operand, value, type)
      : refuseWidth(operand);
  return apply(positionOf(node), type, name, fit(node.left, left), fit(node.right, right));
}

/** The fixed width of a value that is not a constant. */
function width(value: Expression): IntegerType | undefined {
  const { type } = value;
  if (type.kind !== 'integer' || !type.range.startsWith('u')) return undefined;
  return integerOf(type.range);
}

function fits(value: Expression, type: IntegerType): boolean {
  if (value.kind !== 'constant' || typeof value.value !== 'bigint') return false;
  return value.value >= 0n && value.value < 2n ** BigInt(type.range.slice(1));
}

function shift(
  node: ts.BinaryExpression,
  name: 'shiftLeft' | 'shiftRight',
  left: Expression,
  right: Expression,
  wrapped: boolean,
): Expression {
  const type = width(left);
  if (!type) return refuseWidth(node.left);
  const most = type.range === 'u64' ? 63n : 31n;
  if (
    right.kind !== 'constant' ||
    typeof right.value !== 'bigint' ||
    right.value < 0n ||
    right.value > most
  )
    return refuse(node.right, `a shift is by a constant from 0 to ${most}`, 'such a constant');
  const result = name === 'shiftLeft' ? shifted(type, right.value, wrapped) : type;
  if (!result)
    return refuse(node, 'JavaScript cuts the result to 32 bits', 'wrapU32(...) around it');
  if (name === 'shiftRight' && type.range === 'u32')
    return refuse(node, 'JavaScript shifts in the sign', 'Math.floor(a / b)');
  return apply(positionOf(node), result, name, left, right);
}

/** What a shift to the left gives; none if JavaScript might cut off a bit, or see a sign. */
function shifted({ range }: IntegerType, by: bigint, wrapped: boolean): Type | undefined {
  if (wrapped || range === 'u64') return big;
  return BigInt(range.slice(1)) + by < 32n ? safe : undefined;
}

function refuseWidth(node: ts.Node): never {
  return refuse(
    node,
    'bitwise operators are for u8, u16, u32 and u64',
    'u8(n) to u64(n), or arithmetic',
  );
}
