/** Assignments, and changes of arrays in place. */
import ts from '@typescript/typescript6';
import type { Expression, Place, Statement, Type } from '../ir.ts';
import { describeType } from '../type.ts';
import { elementTypeOf, indexOf, isPlace } from './access.ts';
import { unparenthesised } from './branches.ts';
import { coerce, convert } from './coerce.ts';
import { type Context, emit, keep, Lost, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { apply, assign, integer, variable } from './make.ts';
import { selfOf } from './names.ts';
import { integerType, operation, unbranded } from './operators.ts';
import { inOrder, touches } from './order.ts';
import { declarationOf, resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { handleOf, typeOf } from './types.ts';

const { SyntaxKind } = ts;

const compound: Partial<Record<ts.SyntaxKind, ts.SyntaxKind>> = {
  [SyntaxKind.PlusEqualsToken]: SyntaxKind.PlusToken,
  [SyntaxKind.MinusEqualsToken]: SyntaxKind.MinusToken,
  [SyntaxKind.AsteriskEqualsToken]: SyntaxKind.AsteriskToken,
  [SyntaxKind.PercentEqualsToken]: SyntaxKind.PercentToken,
  [SyntaxKind.SlashEqualsToken]: SyntaxKind.SlashEqualsToken,
  [SyntaxKind.AmpersandEqualsToken]: SyntaxKind.AmpersandToken,
  [SyntaxKind.BarEqualsToken]: SyntaxKind.BarToken,
  [SyntaxKind.CaretEqualsToken]: SyntaxKind.CaretToken,
};

/** A variable or a field of `this`, and the type it was declared with. */
export interface Target {
  readonly place: Place;
  readonly type: Type;
}

export function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator === SyntaxKind.EqualsToken || compound[operator] !== undefined;
}

/** An assignment; the value is that of its right side. */
export function assignment(context: Context, node: ts.BinaryExpression): Expression {
  const left = written(node.left);
  const operator = compound[node.operatorToken.kind];
  if (ts.isElementAccessExpression(left))
    return operator === undefined
      ? assignElement(context, node, left)
      : changeElement(context, node, left, operator);
  const to = targetOf(context, left);
  const value = operator
    ? combined(context, node, operator, () => readTarget(context, left, to))
    : expression(context, node.right, to.type);
  const stored = isUsed(node) ? keep(context, node, value, 'value') : value;
  store(context, node, to, coerce(node.right, stored, to.type));
  return stored;
}

/** What is assigned, without `!`: an element that is changed in place has to be there anyway. */
function written(node: ts.Expression): ts.Expression {
  const left = unparenthesised(node);
  if (!ts.isNonNullExpression(left)) return left;
  const inner = unparenthesised(left.expression);
  return ts.isElementAccessExpression(inner) ? inner : left;
}

/** The old value is read before the right side is evaluated. */
function combined(
  context: Context,
  node: ts.BinaryExpression,
  operator: ts.SyntaxKind,
  old: () => Expression,
): Expression {
  const [left, right] = inOrder(context, [
    { node: node.left, lower: old },
    { node: node.right, lower: (inner) => expression(inner, node.right) },
  ]);
  return operation(node, operator, left!, right!);
}

/** Whether somebody looks at the value of an expression. */
export function isUsed(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isAwaitExpression(parent)) return isUsed(parent);
  if (ts.isExpressionStatement(parent)) return false;
  return !(
    ts.isForStatement(parent) &&
    (parent.incrementor === node || parent.initializer === node)
  );
}

type Step = ts.PrefixUnaryExpression | ts.PostfixUnaryExpression;

/** `x++` and the like. */
export function step(context: Context, node: Step): Expression {
  const operand = written(node.operand);
  if (ts.isElementAccessExpression(operand)) return stepElement(context, node, operand);
  const to = targetOf(context, operand);
  const old = readTarget(context, operand, to);
  const postfix = ts.isPostfixUnaryExpression(node);
  const used = isUsed(node);
  const kept = used && postfix ? keep(context, node, old, 'old') : old;
  const next = stepped(node, operand, kept);
  const result = used && !postfix ? keep(context, node, next, 'new') : next;
  store(context, node, to, coerce(node, result, to.type));
  return postfix ? kept : result;
}

/** What an assignment writes; refused unless it is a variable or a field of `this`. */
export function targetOf(context: Context, node: ts.Expression): Target {
  const { checker } = context.reader;
  const symbol = resolve(checker, ts.isPropertyAccessExpression(node) ? node.name : node);
  if (ts.isIdentifier(node) && symbol) {
    if (context.scope.lost.has(symbol)) throw new Lost();
    const local = context.scope.locals.get(symbol);
    if (local?.ghost) return refuse(node, 'a ghost is not assigned', 'another ghost');
    if (local) return { place: { kind: 'variable', variable: local.variable }, type: local.type };
    return refuse(node, 'a module has no state', 'a field, or a variable of the function');
  }
  if (
    ts.isPropertyAccessExpression(node) &&
    node.expression.kind === SyntaxKind.ThisKeyword &&
    symbol
  ) {
    const declaration = declarationOf(symbol);
    const declared = checker.getTypeOfSymbol(symbol);
    if (declaration && ts.isMethodDeclaration(declaration))
      return refuse(node, 'a method is not assigned', 'a field');
    if (handleOf(declared))
      return refuse(node, 'the handle is set once, by the constructor', 'no assignment here');
    const type = typeOf(checker, declared, node);
    return { place: { kind: 'field', field: node.name.text }, type };
  }
  return refuse(
    node,
    'only variables, fields of `this` and elements of arrays are assigned; records do not change',
    'a new record: { ...old, field: value }',
  );
}

export function readTarget(context: Context, node: ts.Node, { place, type }: Target): Expression {
  const at = positionOf(node);
  if (place.kind === 'variable') return variable(at, type, place.variable);
  return { kind: 'field', at, type, of: selfOf(context, node), name: place.field };
}

export function store(context: Context, node: ts.Node, to: Target, value: Expression): void {
  const at = positionOf(node);
  const { place } = to;
  emit(
    context,
    node,
    place.kind === 'variable'
      ? assign(at, place.variable, value)
      : { kind: 'assignField', at, field: place.field, value },
  );
}

function assignElement(
  context: Context,
  node: ts.BinaryExpression,
  left: ts.ElementAccessExpression,
): Expression {
  const to = targetOf(context, unparenthesised(left.expression));
  const whole = placeOf(context, left);
  const type = elementTypeOf(left, whole.type);
  const [array, index, value] = inOrder(context, [
    { node: left.expression, lower: () => whole, late: true },
    { node: left.argumentExpression, lower: (inner) => indexOf(inner, left.argumentExpression) },
    { node: node.right, lower: (inner) => expression(inner, node.right, type) },
  ]);
  const stored = isUsed(node) ? keep(context, node, value!, 'value') : value!;
  const element = coerce(node.right, stored, type);
  emit(context, node, elementStatement(node, to, array!, index!, element));
  return stored;
}

/** `xs[i] += n`: the index is evaluated once, and the old element is read before `n`. */
function changeElement(
  context: Context,
  node: ts.BinaryExpression,
  left: ts.ElementAccessExpression,
  operator: ts.SyntaxKind,
): Expression {
  const to = targetOf(context, unparenthesised(left.expression));
  const array = placeOf(context, left);
  const type = elementTypeOf(left, array.type);
  const index = keep(context, left, indexOf(context, left.argumentExpression), 'index');
  const before = context.out.length;
  const value = combined(context, node, operator, () =>
    apply(positionOf(left), type, 'element', array, index),
  );
  if (touches(context.out.slice(before), array))
    refuse(left, 'this array is changed while the new element is computed', 'a const before it');
  const stored = isUsed(node) ? keep(context, node, value, 'value') : value;
  emit(context, node, elementStatement(node, to, array, index, coerce(node, stored, type)));
  return stored;
}

/** `xs[i]++`, where nobody looks at the value. */
function stepElement(
  context: Context,
  node: Step,
  operand: ts.ElementAccessExpression,
): Expression {
  if (isUsed(node)) return refuse(node, 'the old or new element is used', 'two statements');
  const to = targetOf(context, unparenthesised(operand.expression));
  const array = placeOf(context, operand);
  const type = elementTypeOf(operand, array.type);
  const at = positionOf(node);
  const index = keep(context, operand, indexOf(context, operand.argumentExpression), 'index');
  const next = stepped(node, operand, apply(at, type, 'element', array, index));
  emit(context, node, elementStatement(node, to, array, index, coerce(node, next, type)));
  return next;
}

/** A value and one more, or one less. */
function stepped(node: Step, operand: ts.Node, old: Expression): Expression {
  const at = positionOf(node);
  const type = unbranded(integerType(operand, old));
  const name = node.operator === SyntaxKind.PlusPlusToken ? 'add' : 'subtract';
  return apply(at, type, name, coerce(operand, old, type), integer(at, type, 1));
}

function placeOf(context: Context, left: ts.ElementAccessExpression): Expression {
  const whole = expression(context, left.expression);
  if (isPlace(whole)) return whole;
  return refuse(left, `${describeType(whole.type)} does not change`, 'a copy with the change');
}

function elementStatement(
  node: ts.Node,
  to: Target,
  array: Expression,
  index: Expression,
  value: Expression,
): Statement {
  const at = positionOf(node);
  if (to.type.kind !== 'union') return { kind: 'assignElement', at, place: to.place, index, value };
  const changed = convert(apply(at, array.type, 'with', array, index, value), to.type);
  return to.place.kind === 'variable'
    ? assign(at, to.place.variable, changed)
    : { kind: 'assignField', at, field: to.place.field, value: changed };
}
