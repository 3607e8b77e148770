/** Expressions of which only a part is evaluated: `? :`, `&&`, `||`, `??`. */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import { admits, booleanType, describeType, nullType, undefinedType, without } from '../type.ts';
import { elementAccess } from './access.ts';
import { isOne } from './alternatives.ts';
import { coerce, convert } from './coerce.ts';
import { apart, type Context, emit, freshName, refuse } from './context.ts';
import { expression, mayBeOutside } from './expressions.ts';
import { apply, assign, branch, conditional, truth, variable } from './make.ts';
import { positionOf } from './position.ts';
import { typeOf } from './types.ts';

type Part = (inner: Context) => Expression;

/** One of two values; an `if` statement when evaluating one of them has effects. */
export function either(
  context: Context,
  node: ts.Node,
  type: Type,
  condition: Expression,
  whenTrue: Part,
  whenFalse: Part,
): Expression {
  const at = positionOf(node);
  const yes = apart(context, (inner) => coerce(node, whenTrue(inner), type));
  const no = apart(context, (inner) => coerce(node, whenFalse(inner), type));
  if (yes.statements.length + no.statements.length === 0)
    return conditional(at, type, condition, yes.value, no.value);
  const name = freshName(context.scope, 'either', true);
  const left = [...yes.statements, assign(at, name, yes.value)];
  const right = [...no.statements, assign(at, name, no.value)];
  emit(context, node, branch(at, condition, left, right));
  context.scope.stable.add(name);
  return variable(at, type, name);
}

/** A condition: a boolean, nothing that is merely true or false as JavaScript sees it. */
export function condition(context: Context, node: ts.Expression): Expression {
  const inner = unparenthesised(node);
  const value =
    ts.isElementAccessExpression(inner) && !ts.isOptionalChain(inner)
      ? flagAt(context, inner)
      : expression(context, node, booleanType);
  if (value.type.kind === 'boolean') return value;
  return refuse(
    node,
    `a condition must be a boolean, and this is ${describeType(value.type)}`,
    'a comparison, such as `x !== null` or `n > 0`',
  );
}

/** An element that is asked for as a condition lies within its array; for ghosts, outside is no. */
function flagAt(context: Context, node: ts.ElementAccessExpression): Expression {
  if (!context.ghost) return elementAccess(context, node, { outside: false });
  const value = elementAccess(context, node, { outside: true });
  if (value.type.kind !== 'union' || !admits(value.type, 'boolean')) return value;
  if (without(value.type, ['undefined'])?.kind !== 'boolean') return value;
  const at = positionOf(node);
  return apply(at, booleanType, 'and', isOne(value, [booleanType]), convert(value, booleanType));
}

export function conditionalExpression(
  context: Context,
  node: ts.ConditionalExpression,
  wanted: Type | undefined,
): Expression {
  const type = wanted ?? ownType(context, node);
  return either(
    context,
    node,
    type,
    condition(context, node.condition),
    (inner) => expression(inner, node.whenTrue, type),
    (inner) => expression(inner, node.whenFalse, type),
  );
}

export function shortCircuit(
  context: Context,
  node: ts.BinaryExpression,
  operator: 'and' | 'or',
): Expression {
  const left = condition(context, node.left);
  const right = apart(context, (inner) => condition(inner, node.right));
  const at = positionOf(node);
  if (right.statements.length === 0) return apply(at, booleanType, operator, left, right.value);
  const again = (inner: Context) => {
    inner.out.push(...right.statements);
    return right.value;
  };
  const decided = () => truth(at, operator === 'or');
  return operator === 'and'
    ? either(context, node, booleanType, left, again, decided)
    : either(context, node, booleanType, left, decided, again);
}

/** `a ?? b ?? c`, from left to right. */
export function coalesced(
  context: Context,
  node: ts.BinaryExpression,
  wanted: Type | undefined,
): Expression {
  const type = wanted ?? ownType(context, node);
  return firstOf(context, node, operandsOf(node), type);
}

function operandsOf(node: ts.BinaryExpression): readonly ts.Expression[] {
  const left = unparenthesised(node.left);
  return isCoalescing(left) ? [...operandsOf(left), node.right] : [left, node.right];
}

function firstOf(
  context: Context,
  node: ts.Node,
  operands: readonly ts.Expression[],
  type: Type,
): Expression {
  const [first, ...rest] = operands;
  const value = rest.length > 0 ? mayBeOutside(context, first!) : expression(context, first!, type);
  if (rest.length === 0 || !isNullable(value.type)) return value;
  const present = without(value.type, ['null', 'undefined']);
  if (!present) return firstOf(context, node, rest, type);
  return either(
    context,
    node,
    type,
    isNullish(value),
    (inner) => firstOf(inner, node, rest, type),
    () => convert(value, present),
  );
}

export function isNullable(type: Type): boolean {
  return admits(type, 'null') || admits(type, 'undefined');
}

export function isNullish(value: Expression): Expression {
  return isOne(
    value,
    [nullType, undefinedType].filter((t) => admits(value.type, t.kind)),
  );
}

function ownType(context: Context, node: ts.Expression): Type {
  return typeOf(context.reader.checker, context.reader.checker.getTypeAtLocation(node), node);
}

function isCoalescing(node: ts.Expression): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

export function unparenthesised(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unparenthesised(node.expression) : node;
}
