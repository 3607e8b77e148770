/** Closures: only markers take them, and only as arrow functions written on the spot. */
import ts from '@typescript/typescript6';
import type { Expression, Type, Variable } from '../ir.ts';
import { type Context, freshName, refuse } from './context.ts';
import { typeOf } from './types.ts';

export interface Closure {
  readonly parameters: readonly { readonly variable: Variable; readonly type: Type }[];
  /** The one expression that it returns. */
  readonly result: ts.Expression;
  /** Lowers the result, as a ghost. */
  lower(body: (inner: Context, result: ts.Expression) => Expression): Expression;
}

export function closure(context: Context, node: ts.Expression, most: number): Closure {
  if (!ts.isArrowFunction(node) || isAsync(node))
    return refuse(
      node,
      'a function is not a value of the subset',
      'an arrow function written here',
    );
  if (node.parameters.length > most)
    return refuse(node, 'the arrow function has too many parameters', `at most ${most}`);
  const parameters = node.parameters.map((parameter) => declare(context, parameter));
  const result = resultOf(node);
  const inner: Context = { ...context, ghost: true, closed: true };
  return { parameters, result, lower: (body) => body(inner, result) };
}

export function isAsync(node: ts.SignatureDeclaration): boolean {
  return Boolean(ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Async);
}

function declare(
  context: Context,
  parameter: ts.ParameterDeclaration,
): { readonly variable: Variable; readonly type: Type } {
  const { checker } = context.reader;
  const symbol = checker.getSymbolAtLocation(parameter.name);
  if (
    !ts.isIdentifier(parameter.name) ||
    parameter.initializer ||
    parameter.dotDotDotToken ||
    !symbol
  )
    return refuse(parameter, 'the parameter of a ghost is a plain name', 'a plain name');
  const type = typeOf(checker, checker.getTypeOfSymbol(symbol), parameter);
  const variable = freshName(context.scope, parameter.name.text, false);
  context.scope.locals.set(symbol, { variable, type, ghost: true });
  context.scope.stable.add(variable);
  return { variable, type };
}

/** The one expression that the arrow function returns. */
function resultOf(node: ts.ArrowFunction): ts.Expression {
  if (!ts.isBlock(node.body)) return node.body;
  const [only] = node.body.statements;
  if (node.body.statements.length === 1 && only && ts.isReturnStatement(only) && only.expression)
    return only.expression;
  return refuse(node.body, 'a ghost is one expression', 'an expression, or a function of its own');
}
