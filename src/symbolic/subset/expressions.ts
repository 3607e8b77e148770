/** Operators and literals: no conversions, no identity, integers only. */
import ts from '@typescript/typescript6';
import {
  around,
  bare,
  type Inspection,
  isAssignment,
  isStep,
  type Reason,
  type Rule,
  refuse,
  wrapped,
} from './inspection.ts';
import { spokenLibrary } from './names.ts';
import { calledMarker, fixedWidth, type Width } from './own.ts';
import { isAll, references, typeWhereThere } from './types.ts';

const { SyntaxKind, TypeFlags } = ts;

export const expressions: Rule = (node, _frame, inspection) => {
  const problem =
    conditionProblem(inspection, node) ??
    (ts.isBinaryExpression(node) ? binaryProblem(inspection, node) : undefined) ??
    (ts.isPrefixUnaryExpression(node) ? prefixProblem(inspection, node) : undefined) ??
    (isStep(node) ? operandProblem(inspection, node.operand) : undefined) ??
    literalProblem(node) ??
    (ts.isTypeOfExpression(node) ? typeofProblem(node) : undefined) ??
    (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type) ? reasons.cast : undefined);
  if (problem) refuse(inspection, node, problem);
};

/** `node` is a condition, and may be something else than true or false. */
function conditionProblem(inspection: Inspection, node: ts.Node): Reason | undefined {
  return isCondition(node) && !isBoolean(inspection, node as ts.Expression)
    ? reasons.condition
    : undefined;
}

function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  if (ts.isForStatement(parent) || ts.isConditionalExpression(parent))
    return parent.condition === node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
  if (!ts.isBinaryExpression(parent) || parent.operatorToken === node) return false;
  return logical.has(parent.operatorToken.kind);
}

const logical: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarEqualsToken,
]);

/** An element is proved to be there, so that the undefined of an index does not count. */
function isBoolean(inspection: Inspection, node: ts.Expression): boolean {
  const inner = bare(node);
  if (ts.isBinaryExpression(inner) && logical.has(inner.operatorToken.kind))
    return isBoolean(inspection, inner.left) && isBoolean(inspection, inner.right);
  return isAll(inspection, typeWhereThere(inspection.checker, node), TypeFlags.BooleanLike);
}

const equalities: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);
const arithmetic: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.PercentToken,
  SyntaxKind.SlashToken,
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.PercentEqualsToken,
]);
const bitwise: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AmpersandToken,
  SyntaxKind.BarToken,
  SyntaxKind.CaretToken,
  SyntaxKind.LessThanLessThanToken,
  SyntaxKind.GreaterThanGreaterThanToken,
]);
const bitwiseAssignments: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AmpersandEqualsToken,
  SyntaxKind.BarEqualsToken,
  SyntaxKind.CaretEqualsToken,
  SyntaxKind.LessThanLessThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanEqualsToken,
]);

function binaryProblem(inspection: Inspection, node: ts.BinaryExpression): Reason | undefined {
  const kind = node.operatorToken.kind;
  if (equalities.has(kind)) return equalityProblem(inspection, node.left, node.right);
  if (bitwiseAssignments.has(kind)) return reasons.bitwiseAssignment;
  if (bitwise.has(kind)) return bitwiseProblem(inspection, node);
  if (!arithmetic.has(kind)) return undefined;
  if (kind === SyntaxKind.SlashToken && !isFloored(inspection, node)) return reasons.division;
  return sameKind(inspection, node.left, node.right) ? undefined : reasons.operands;
}

/** Both numbers, or both bigints. */
function sameKind(inspection: Inspection, left: ts.Expression, right: ts.Expression): boolean {
  const types = [left, right].map((each) => inspection.checker.getTypeAtLocation(each));
  return [TypeFlags.NumberLike, TypeFlags.BigIntLike].some((flags) =>
    types.every((type) => isAll(inspection, type, flags)),
  );
}

function operandProblem(inspection: Inspection, operand: ts.Expression): Reason | undefined {
  return sameKind(inspection, operand, operand) ? undefined : reasons.operands;
}

/** The one argument of `Math.floor`: for safe integers that quotient is exact. */
function isFloored(inspection: Inspection, node: ts.BinaryExpression): boolean {
  const call = around(node);
  const whole = call && ts.isCallExpression(call) && call.arguments[0] === wrapped(node);
  return (
    whole &&
    spokenLibrary(inspection, call.expression) === 'Math.floor' &&
    [node.left, node.right].every((each) =>
      isAll(inspection, inspection.checker.getTypeAtLocation(each), TypeFlags.NumberLike),
    )
  );
}

/** Identity of anything but a plain value shows what the model does not have. */
function equalityProblem(
  inspection: Inspection,
  left: ts.Expression,
  right: ts.Expression,
): Reason | undefined {
  const types = [left, right].map((each) => inspection.checker.getTypeAtLocation(each));
  if (types.some((type) => type.flags & (TypeFlags.Any | TypeFlags.Unknown)))
    return reasons.identity;
  if (types.every((type) => references(inspection, type).length === 0)) return undefined;
  return types.some((type) => isUnit(type)) ? undefined : reasons.identity;
}

function isUnit(type: ts.Type): boolean {
  return type.isUnion() ? type.types.every(isUnit) : (type.flags & TypeFlags.Unit) !== 0;
}

function bitwiseProblem(inspection: Inspection, node: ts.BinaryExpression): Reason | undefined {
  const kind = node.operatorToken.kind;
  const shift =
    kind === SyntaxKind.LessThanLessThanToken || kind === SyntaxKind.GreaterThanGreaterThanToken;
  const operands = shift ? [node.left] : [node.left, node.right];
  const widths = operands.map((each) => widthOf(inspection, each));
  if (widths.includes(undefined)) return reasons.bitwise;
  if (shift && !isShift(node.right, widths[0] === 'u64' ? 63n : 31n)) return reasons.shift;
  if (kind === SyntaxKind.GreaterThanGreaterThanToken && widths[0] === 'u32')
    return reasons.shiftRight;
  return undefined;
}

/** The width of an operand; a literal that fits has the width of the other one. */
function widthOf(inspection: Inspection, node: ts.Expression): Width | 'literal' | undefined {
  const inner = bare(node);
  if (ts.isNumericLiteral(inner) || ts.isBigIntLiteral(inner)) return 'literal';
  if (isBitwise(inner)) return widthOf(inspection, inner.left);
  return fixedWidth(inspection, inspection.checker.getTypeAtLocation(inner));
}

function isBitwise(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && bitwise.has(node.operatorToken.kind);
}

function isShift(node: ts.Expression, most: bigint): boolean {
  const inner = bare(node);
  if (!ts.isNumericLiteral(inner) && !ts.isBigIntLiteral(inner)) return false;
  return BigInt(inner.text.replace(/n$/, '')) <= most;
}

function prefixProblem(inspection: Inspection, node: ts.PrefixUnaryExpression): Reason | undefined {
  if (node.operator === SyntaxKind.PlusToken) return reasons.plus;
  if (node.operator === SyntaxKind.TildeToken) return reasons.tilde;
  if (node.operator === SyntaxKind.MinusToken) return operandProblem(inspection, node.operand);
  return undefined;
}

function literalProblem(node: ts.Node): Reason | undefined {
  if (!ts.isNumericLiteral(node)) return undefined;
  return Number.isSafeInteger(Number(node.text)) ? undefined : reasons.fraction;
}

/** Only to tell the members of a union apart. */
function typeofProblem(node: ts.TypeOfExpression): Reason | undefined {
  const comparison = around(node);
  const against =
    comparison && ts.isBinaryExpression(comparison) && equalities.has(comparison.operatorToken.kind)
      ? [comparison.left, comparison.right].map(bare).find((each) => each !== node)
      : undefined;
  const known = ['number', 'bigint', 'boolean', 'undefined', 'string'];
  return against && ts.isStringLiteral(against) && known.includes(against.text)
    ? undefined
    : reasons.typeof;
}

/** `u8` goes into bytes, and nothing wider: the rest would be cut off without a word. */
export const bytes: Rule = (node, _frame, inspection) => {
  if (!isAssignment(node) || !ts.isElementAccessExpression(bare(node.left))) return;
  const target = bare(node.left) as ts.ElementAccessExpression;
  const { checker } = inspection;
  if (checker.getTypeAtLocation(target.expression).getSymbol()?.name !== 'Uint8Array') return;
  const plain = node.operatorToken.kind === SyntaxKind.EqualsToken;
  if (!plain || !isByte(inspection, node.right)) refuse(inspection, node.right, reasons.byte);
};

function isByte(inspection: Inspection, node: ts.Expression): boolean {
  const type = inspection.checker.getTypeAtLocation(node);
  const values = type.isUnion() ? type.types : [type];
  const inner = bare(node);
  if (ts.isElementAccessExpression(inner)) {
    const from = inspection.checker.getTypeAtLocation(inner.expression);
    if (from.getSymbol()?.name === 'Uint8Array') return true;
  }
  if (['u8', 'wrapU8'].includes(calledMarker(inspection, inner) ?? '')) return true;
  return values.every(
    (value) =>
      fixedWidth(inspection, value) === 'u8' ||
      (value.isNumberLiteral() && Number.isInteger(value.value) && value.value >> 8 === 0),
  );
}

const reasons = {
  condition: {
    construct: 'condition',
    why: 'a condition is true or false; 0, null and empty values are not converted',
    instead: 'a comparison, as in x !== null or n > 0',
  },
  division: {
    construct: 'SlashToken',
    why: 'division makes fractions, or cuts them off',
    instead: 'Math.floor(a / b) of numbers',
  },
  operands: {
    construct: 'operands',
    why: 'this operator works on two numbers or on two bigints; anything else is converted',
    instead: 'operands of one kind: Number(x) or BigInt(x) converts integers',
  },
  identity: {
    construct: 'identity',
    why: 'two values with the same content may or may not be the same object',
    instead: 'sameBlock, sameBlocks, or a comparison of the fields that are meant',
  },
  bitwise: {
    construct: 'bitwise operator',
    why: 'bitwise operators convert numbers to 32 bits without a word',
    instead: 'operands of a fixed width, as in u32(x)',
  },
  bitwiseAssignment: {
    construct: 'bitwise assignment',
    why: 'the result need not fit where it came from',
    instead: 'x = wrapU32(x | y), with the width that is meant',
  },
  shift: {
    construct: 'shift',
    why: 'how far is taken modulo 32 or 64',
    instead: 'a literal within the width',
  },
  shiftRight: {
    construct: 'GreaterThanGreaterThanToken',
    why: 'the highest of 32 bits counts as a sign',
    instead: 'Math.floor(x / 256), with the power of two written out',
  },
  plus: {
    construct: 'PlusToken',
    why: 'it converts its operand to a number',
    instead: 'the number itself, or Number(x) of a bigint',
  },
  tilde: {
    construct: 'TildeToken',
    why: 'it converts to a signed number of 32 bits',
    instead: 'wrapU8(x ^ u8(0xff)) and the like',
  },
  fraction: {
    why: 'a number is an integer within ±(2^53 - 1)',
    instead: 'an integer, or a bigint',
  },
  typeof: {
    why: 'only typeof x === "number", "bigint", "boolean" or "undefined" is read',
    instead: 'a comparison with null, or a tag',
  },
  cast: {
    why: 'it overrules the type checker',
    instead: 'a check that narrows, as in if (x !== null), or x!',
  },
  byte: {
    construct: 'byte',
    why: 'a byte keeps the lowest 8 bits and drops the rest without a word',
    instead: 'u8(x) if it fits, or wrapU8(x)',
  },
} satisfies Record<string, Reason>;
