/** `x ??= e`, `a &&= b` and `a ||= b`: the right side is evaluated only if it is assigned. */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import { alternativesOf, describeType } from '../type.ts';
import { isUsed, readTarget, store, type Target, targetOf } from './assign.ts';
import { condition, isNullable, isNullish, unparenthesised } from './branches.ts';
import { coerce } from './coerce.ts';
import { apart, type Context, emit, keep, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { branch, not } from './make.ts';
import { narrowed } from './names.ts';
import { positionOf } from './position.ts';

const { SyntaxKind } = ts;

export function isLogicalAssignment(operator: ts.SyntaxKind): boolean {
  return (
    operator === SyntaxKind.QuestionQuestionEqualsToken ||
    operator === SyntaxKind.AmpersandAmpersandEqualsToken ||
    operator === SyntaxKind.BarBarEqualsToken
  );
}

/** The value is what the target has in the end. */
export function logicalAssignment(context: Context, node: ts.BinaryExpression): Expression {
  const left = unparenthesised(node.left);
  const to = targetOf(context, left);
  const test = testOf(context, node, left, to);
  const right = apart(context, (inner) => {
    const value = rightSide(inner, node, to.type);
    store(inner, node, to, coerce(node.right, value, to.type));
  });
  emit(context, node, branch(positionOf(node), test, right.statements));
  const result = readTarget(context, left, to);
  return isUsed(node) ? keep(context, node, narrowed(context, node, result), 'value') : result;
}

function rightSide(context: Context, node: ts.BinaryExpression, type: Type): Expression {
  return node.operatorToken.kind === SyntaxKind.QuestionQuestionEqualsToken
    ? expression(context, node.right, type)
    : condition(context, node.right);
}

/** Whether the right side is assigned. */
function testOf(
  context: Context,
  node: ts.BinaryExpression,
  left: ts.Expression,
  to: Target,
): Expression {
  const old = readTarget(context, left, to);
  if (node.operatorToken.kind === SyntaxKind.QuestionQuestionEqualsToken) return absent(node, old);
  const value = narrowed(context, left, old);
  if (value.type.kind !== 'boolean')
    return refuse(left, `a boolean was expected, and this is ${describeType(value.type)}`, 'if');
  return node.operatorToken.kind === SyntaxKind.BarBarEqualsToken ? not(value) : value;
}

/** An array that can change has one place, and here it would be in doubt which array that is. */
function absent(node: ts.BinaryExpression, old: Expression): Expression {
  const all = alternativesOf(old.type);
  if (all.some((t) => t.kind === 'bytes' || (t.kind === 'array' && t.mutable)))
    return refuse(node, 'an array that can change is not assigned like this', 'an if statement');
  if (isNullable(old.type)) return isNullish(old);
  return refuse(node, 'this is never null or undefined', 'the value itself');
}
