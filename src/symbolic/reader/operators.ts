/** Arithmetic, comparison and bitwise operators. */
import ts from '@typescript/typescript6';
import type { Expression, Intrinsic, Type } from '../ir.ts';
import { nameOfKind } from '../subset/syntax.ts';
import { big, booleanType, describeType, type IntegerType, isBig, safe } from '../type.ts';
import { bitwise, isBitwise } from './bitwise.ts';
import { unparenthesised } from './branches.ts';
import { coerce } from './coerce.ts';
import { type Context, refuse } from './context.ts';
import { equality } from './equality.ts';
import { expression } from './expressions.ts';
import { apply, integer } from './make.ts';
import { inOrder } from './order.ts';
import { modelName, resolve } from './origin.ts';
import { positionOf } from './position.ts';

const { SyntaxKind } = ts;

const arithmetical: Partial<Record<ts.SyntaxKind, Intrinsic>> = {
  [SyntaxKind.PlusToken]: 'add',
  [SyntaxKind.MinusToken]: 'subtract',
  [SyntaxKind.AsteriskToken]: 'multiply',
  [SyntaxKind.PercentToken]: 'remainder',
};

/** The intrinsic, and whether its operands change places. */
const comparisons: Partial<Record<ts.SyntaxKind, readonly [Intrinsic, boolean]>> = {
  [SyntaxKind.LessThanToken]: ['less', false],
  [SyntaxKind.LessThanEqualsToken]: ['lessOrEqual', false],
  [SyntaxKind.GreaterThanToken]: ['less', true],
  [SyntaxKind.GreaterThanEqualsToken]: ['lessOrEqual', true],
};

/** An operator with two operands of which both are evaluated. */
export function binary(context: Context, node: ts.BinaryExpression): Expression {
  const operator = node.operatorToken.kind;
  if (
    operator === SyntaxKind.EqualsEqualsEqualsToken ||
    operator === SyntaxKind.ExclamationEqualsEqualsToken
  )
    return equality(context, node, operator === SyntaxKind.ExclamationEqualsEqualsToken);
  const values = inOrder(
    context,
    [node.left, node.right].map((operand) => ({
      node: operand,
      lower: (inner: Context) => expression(inner, operand),
    })),
  );
  const wrapped = isWrapped(context.reader.checker, node);
  return operation(node, operator, values[0]!, values[1]!, wrapped);
}

/** The operator of a binary expression or of a compound assignment, on values. */
export function operation(
  node: ts.BinaryExpression,
  operator: ts.SyntaxKind,
  left: Expression,
  right: Expression,
  wrapped = false,
): Expression {
  const at = positionOf(node);
  const comparison = comparisons[operator];
  if (comparison) {
    const type = plain(widest(node, left, right));
    const pair = [coerce(node.left, left, type), coerce(node.right, right, type)] as const;
    const [name, swapped] = comparison;
    return apply(at, booleanType, name, swapped ? pair[1] : pair[0], swapped ? pair[0] : pair[1]);
  }
  const name = arithmetical[operator];
  if (name) {
    const type = unbranded(widest(node, left, right));
    return apply(at, type, name, coerce(node.left, left, type), coerce(node.right, right, type));
  }
  if (isBitwise(operator)) return bitwise(node, operator, left, right, wrapped);
  return refuseOperator(node);
}

function refuseOperator(node: ts.BinaryExpression): never {
  const { operatorToken: token } = node;
  const name = nameOfKind(token.kind);
  if (token.kind === SyntaxKind.SlashToken || token.kind === SyntaxKind.SlashEqualsToken)
    return refuse(token, 'a quotient need not be an integer', 'Math.floor(a / b)', 'SlashToken');
  if (
    token.kind === SyntaxKind.EqualsEqualsToken ||
    token.kind === SyntaxKind.ExclamationEqualsToken
  )
    return refuse(token, 'this operator converts its operands', '=== or !==', name);
  return refuse(
    token,
    `the operator ${token.getText()} is not in the subset`,
    'another operator',
    name,
  );
}

/** The type that has the values of both operands; refused unless both are integers. */
export function widest(
  node: ts.BinaryExpression,
  left: Expression,
  right: Expression,
): IntegerType {
  const [a, b] = [integerType(node.left, left), integerType(node.right, right)];
  if (isBig(a) !== isBig(b)) return refuse(node, 'number and bigint do not mix', 'BigInt(n)');
  if (a.range === b.range) return a;
  return isBig(a) ? (big as IntegerType) : (safe as IntegerType);
}

export function integerType(node: ts.Node, value: Expression): IntegerType {
  if (value.type.kind === 'integer') return value.type;
  return refuse(
    node,
    `an integer was expected, and this is ${describeType(value.type)}`,
    'a number or a bigint',
  );
}

/** Without the list of its values. */
export function plain(type: IntegerType): IntegerType {
  return { kind: 'integer', range: type.range };
}

export function unbranded(type: IntegerType): Type {
  return isBig(type) ? big : safe;
}

export function prefix(context: Context, node: ts.PrefixUnaryExpression): Expression {
  const at = positionOf(node);
  if (node.operator !== SyntaxKind.MinusToken) {
    const name = nameOfKind(node.operator);
    return refuse(node, 'this operator is not in the subset', 'another operator', name);
  }
  const value = expression(context, node.operand);
  const type = unbranded(integerType(node.operand, value));
  if (value.kind === 'constant') return integer(at, type, -(value.value as bigint));
  return apply(at, type, 'negate', coerce(node.operand, value, type));
}

/** `Math.floor(a / b)`. */
export function flooredDivision(context: Context, node: ts.CallExpression): Expression {
  const quotient = node.arguments[0] && unparenthesised(node.arguments[0]);
  if (
    node.arguments.length !== 1 ||
    !quotient ||
    !ts.isBinaryExpression(quotient) ||
    quotient.operatorToken.kind !== SyntaxKind.SlashToken
  )
    return refuse(
      node,
      'there is nothing to round in an integer',
      'Math.floor(a / b)',
      'Math.floor',
    );
  const values = inOrder(
    context,
    [quotient.left, quotient.right].map((operand) => ({
      node: operand,
      lower: (inner: Context) => coerce(operand, expression(inner, operand), safe),
    })),
  );
  return apply(positionOf(node), safe, 'divideFloor', values[0]!, values[1]!);
}

/** Whether an expression is the argument of a `wrap` of the model. */
function isWrapped(checker: ts.TypeChecker, node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isWrapped(checker, parent);
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== node) return false;
  return /^wrapU(8|16|32|64)$/.test(modelName(resolve(checker, parent.expression)) ?? '');
}
