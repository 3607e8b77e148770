/**
 * Expressions. What has an effect becomes statements, in the order in which JavaScript evaluates;
 * what is left is pure, and has the type that the representation can vouch for.
 */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import { big, literal, nullType, safe } from '../type.ts';
import { elementAccess, nonNull, propertyAccess, seesOutside } from './access.ts';
import { assignment, isAssignment, step } from './assign.ts';
import {
  coalesced,
  condition,
  conditionalExpression,
  shortCircuit,
  unparenthesised,
} from './branches.ts';
import { call } from './calls.ts';
import { construction } from './construction.ts';
import { type Context, refuse } from './context.ts';
import { arrayLiteral, objectLiteral } from './literals.ts';
import { isLogicalAssignment, logicalAssignment } from './logical-assign.ts';
import { constant, integer, not, truth } from './make.ts';
import { identifier, wholeSelf } from './names.ts';
import { binary, prefix } from './operators.ts';
import { positionOf } from './position.ts';

const { SyntaxKind } = ts;

/** Lowers an expression; `wanted` is a hint at the type that the surroundings will ask for. */
export function expression(context: Context, node: ts.Expression, wanted?: Type): Expression {
  const at = positionOf(node);
  switch (node.kind) {
    case SyntaxKind.Identifier:
      return identifier(context, node as ts.Identifier);
    case SyntaxKind.ThisKeyword:
      return wholeSelf(context, node);
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return truth(at, node.kind === SyntaxKind.TrueKeyword);
    case SyntaxKind.NullKeyword:
      return constant(at, nullType, null);
    case SyntaxKind.NumericLiteral:
      return numeric(node as ts.NumericLiteral);
    case SyntaxKind.BigIntLiteral:
      return integer(at, big, BigInt((node as ts.BigIntLiteral).text.slice(0, -1)));
    case SyntaxKind.StringLiteral:
      return constant(
        at,
        literal((node as ts.StringLiteral).text),
        (node as ts.StringLiteral).text,
      );
    case SyntaxKind.ParenthesizedExpression:
      return expression(context, (node as ts.ParenthesizedExpression).expression, wanted);
    case SyntaxKind.SatisfiesExpression:
      return expression(context, (node as ts.SatisfiesExpression).expression, wanted);
    case SyntaxKind.AsExpression:
      return asConst(context, node as ts.AsExpression, wanted);
    case SyntaxKind.NonNullExpression:
      return nonNull(context, node as ts.NonNullExpression);
    case SyntaxKind.PropertyAccessExpression:
      return propertyAccess(context, node as ts.PropertyAccessExpression);
    case SyntaxKind.ElementAccessExpression:
      return element(context, node as ts.ElementAccessExpression);
    case SyntaxKind.ArrayLiteralExpression:
      return arrayLiteral(context, node as ts.ArrayLiteralExpression, wanted);
    case SyntaxKind.ObjectLiteralExpression:
      return objectLiteral(context, node as ts.ObjectLiteralExpression, wanted);
    case SyntaxKind.ConditionalExpression:
      return conditionalExpression(context, node as ts.ConditionalExpression, wanted);
    case SyntaxKind.BinaryExpression:
      return binaryExpression(context, node as ts.BinaryExpression, wanted);
    case SyntaxKind.PrefixUnaryExpression:
      return prefixExpression(context, node as ts.PrefixUnaryExpression);
    case SyntaxKind.PostfixUnaryExpression:
      return step(context, node as ts.PostfixUnaryExpression);
    case SyntaxKind.CallExpression:
      return call(context, node as ts.CallExpression, false);
    case SyntaxKind.AwaitExpression:
      return awaitExpression(context, node as ts.AwaitExpression);
    case SyntaxKind.NewExpression:
      return construction(context, node as ts.NewExpression, wanted);
    default:
      return refuse(node, 'this expression is not in the subset', 'a simpler expression');
  }
}

function numeric(node: ts.NumericLiteral): Expression {
  const value = Number(node.text);
  if (!Number.isSafeInteger(value))
    return refuse(
      node,
      'a number is an integer within ±(2^53 - 1)',
      'a bigint, or a smaller number',
    );
  return integer(positionOf(node), safe, value);
}

function asConst(context: Context, node: ts.AsExpression, wanted: Type | undefined): Expression {
  if (!ts.isConstTypeReference(node.type))
    return refuse(node, 'a cast is not checked by anybody', 'a value that has the type');
  return expression(context, node.expression, wanted);
}

function element(context: Context, node: ts.ElementAccessExpression): Expression {
  return elementAccess(context, node, { outside: seesOutside(context, node) });
}

/** An expression that is compared with undefined: an element may lie outside of its array. */
export function mayBeOutside(context: Context, node: ts.Expression): Expression {
  const inner = unparenthesised(node);
  return ts.isElementAccessExpression(inner)
    ? elementAccess(context, inner, { outside: true })
    : expression(context, node);
}

function binaryExpression(
  context: Context,
  node: ts.BinaryExpression,
  wanted: Type | undefined,
): Expression {
  const operator = node.operatorToken.kind;
  if (isAssignment(operator)) return assignment(context, node);
  if (isLogicalAssignment(operator)) return logicalAssignment(context, node);
  switch (operator) {
    case SyntaxKind.AmpersandAmpersandToken:
      return shortCircuit(context, node, 'and');
    case SyntaxKind.BarBarToken:
      return shortCircuit(context, node, 'or');
    case SyntaxKind.QuestionQuestionToken:
      return coalesced(context, node, wanted);
    default:
      return binary(context, node);
  }
}

function prefixExpression(context: Context, node: ts.PrefixUnaryExpression): Expression {
  switch (node.operator) {
    case SyntaxKind.ExclamationToken:
      return { ...not(condition(context, node.operand)), at: positionOf(node) };
    case SyntaxKind.PlusPlusToken:
    case SyntaxKind.MinusMinusToken:
      return step(context, node);
    default:
      return prefix(context, node);
  }
}

/** Nothing else runs while one waits: the layer's operations come one after the other. */
function awaitExpression(context: Context, node: ts.AwaitExpression): Expression {
  const inner = unparenthesised(node.expression);
  if (ts.isCallExpression(inner)) return call(context, inner, true);
  return refuse(node, 'a promise is awaited where it is made', '`await` directly before the call');
}
