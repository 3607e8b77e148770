/** Records of which every property is known, whatever their type leaves open. */
import ts from '@typescript/typescript6';
import { resolve } from './origin.ts';

/** A literal, or a constant that is one: it has the properties that are written, and no others. */
export function isExact(checker: ts.TypeChecker, node: ts.Expression): boolean {
  const inner = unwrapped(node);
  if (ts.isObjectLiteralExpression(inner))
    return !inner.properties.some((each) => ts.isSpreadAssignment(each));
  const declaration = ts.isIdentifier(inner) && resolve(checker, inner)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || declaration.type) return false;
  const constant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const value = declaration.initializer && unwrapped(declaration.initializer);
  return constant && value !== undefined && ts.isObjectLiteralExpression(value)
    ? isExact(checker, value)
    : false;
}

/** Without what does not make another value. */
function unwrapped(node: ts.Expression): ts.Expression {
  const through =
    ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node) || ts.isAsExpression(node);
  return through ? unwrapped(node.expression) : node;
}
