/** Defaults in patterns and of parameters: for what is undefined, and for nothing else. */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import { admits, undefinedType, unionOf, without } from '../type.ts';
import { isOne } from './alternatives.ts';
import { either } from './branches.ts';
import { coerce, convert } from './coerce.ts';
import { type Context, type Reader, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { typeOf } from './types.ts';

/** The value, or that of the default, which is evaluated only if it is needed. */
export function orDefault(
  context: Context,
  element: ts.BindingElement | ts.ParameterDeclaration,
  value: Expression,
): Expression {
  const { initializer } = element;
  if (!initializer || !admits(value.type, 'undefined')) return value;
  const present = without(value.type, ['undefined']);
  const type = typeOfName(context.reader, element, present, initializer);
  return either(
    context,
    element,
    type,
    isOne(value, [undefinedType]),
    (inner) => coerce(initializer, expression(inner, initializer, type), type),
    (inner) => (present ? convert(value, present) : expression(inner, initializer, type)),
  );
}

function typeOfName(
  { checker }: Reader,
  element: ts.BindingElement | ts.ParameterDeclaration,
  present: Type | undefined,
  initializer: ts.Expression,
): Type {
  const symbol = ts.isIdentifier(element.name) && checker.getSymbolAtLocation(element.name);
  if (symbol) return typeOf(checker, checker.getTypeOfSymbol(symbol), element.name);
  return present ?? typeOf(checker, checker.getTypeAtLocation(initializer), initializer);
}

/** Whether a default is the same for every call, so that the caller puts it in. */
export function isLiteral(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return isLiteral(node.operand);
  const words = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword];
  return (
    ts.isNumericLiteral(node) ||
    ts.isBigIntLiteral(node) ||
    ts.isStringLiteral(node) ||
    words.includes(node.kind)
  );
}

/** Whether the function itself evaluates the default of a parameter. */
export function isEvaluatedWithin(parameter: ts.ParameterDeclaration): boolean {
  return parameter.initializer !== undefined && !isLiteral(parameter.initializer);
}

/** The type with which such a parameter comes in. */
export function withUndefined(type: Type): Type {
  return unionOf([type, undefinedType]);
}

/** What an expression must not have when nobody sees whether it is evaluated. */
export function checkDefault(element: ts.BindingElement | ts.ParameterDeclaration): void {
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node))
      refuse(node, 'a default is evaluated only sometimes', 'no call in it, or ?? in the body');
    ts.forEachChild(node, visit);
  };
  if (element.initializer) visit(element.initializer);
}
