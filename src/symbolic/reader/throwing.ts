/** Declared errors: thrown, and caught by name. */
import ts from '@typescript/typescript6';
import type { ClassKey, Handler } from '../ir.ts';
import { unparenthesised } from './branches.ts';
import { errorClass } from './classes.ts';
import { apart, type Context, emit, refuse } from './context.ts';
import { literalText } from './markers.ts';
import { declarationOf, resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { completes } from './purity.ts';
import { block, statements } from './statements.ts';

/** `throw new E()`, or the caught error again where a handler's chain ends. */
export function throwStatement(context: Context, node: ts.ThrowStatement): void {
  const thrown = node.expression;
  if (!ts.isNewExpression(thrown))
    refuse(node, 'only new errors are thrown', 'throw new E(), of a class that extends Error');
  for (const argument of thrown.arguments ?? []) literalText(argument);
  const error = errorOf(context, thrown.expression);
  emit(context, node, { kind: 'throw', at: positionOf(node), error });
}

function errorOf(context: Context, node: ts.Expression): ClassKey {
  const symbol = resolve(context.reader.checker, node);
  const declaration = symbol && declarationOf(symbol);
  if (declaration && ts.isClassDeclaration(declaration))
    return errorClass(context.reader, declaration);
  return refuse(node, 'this is not a declared error', 'class E extends Error {}');
}

export function tryStatement(context: Context, node: ts.TryStatement): void {
  if (node.finallyBlock)
    refuse(node.finallyBlock, 'finally comes with a later version', 'the statements after it');
  const body = apart({ ...context, guarded: true }, (inner) =>
    statements(inner, node.tryBlock.statements),
  );
  const handlers = handlersOf(context, node.catchClause!);
  emit(context, node, {
    kind: 'try',
    at: positionOf(node),
    body: body.statements,
    handlers,
  });
}

const shape =
  'catch (e) { if (e instanceof E) { ... } else if (e instanceof F) { ... } else throw e; }';

function handlersOf(context: Context, clause: ts.CatchClause): readonly Handler[] {
  const name = clause.variableDeclaration?.name;
  const error = name && ts.isIdentifier(name) && context.reader.checker.getSymbolAtLocation(name);
  if (error) {
    const only = onlyHandler(context, clause, error);
    if (only) return [only];
  }
  const [chain, again, ...others] = clause.block.statements;
  if (!error || !chain || !ts.isIfStatement(chain) || others.length > 0)
    return refuse(clause, 'a handler names the errors it handles', shape);
  if (again && !isRethrow(context, again, error)) return refuse(again, 'other errors go on', shape);
  return links(context, chain, error, again !== undefined);
}

/** `if (!(e instanceof E)) throw e;`, and then what is done about E. */
function onlyHandler(
  context: Context,
  clause: ts.CatchClause,
  caught: ts.Symbol,
): Handler | undefined {
  const [guard, ...rest] = clause.block.statements;
  if (!guard || !ts.isIfStatement(guard) || guard.elseStatement) return undefined;
  const test = unparenthesised(guard.expression);
  if (!ts.isPrefixUnaryExpression(test) || test.operator !== ts.SyntaxKind.ExclamationToken)
    return undefined;
  if (!isRethrow(context, guard.thenStatement, caught))
    return refuse(guard.thenStatement, 'other errors go on', shape);
  const error = tested(context, unparenthesised(test.operand), caught);
  const { statements: body } = apart(context, (inner) => statements(inner, rest));
  return { error, body };
}

/** One handler for each `if`; the errors that nobody handled are thrown again. */
function links(
  context: Context,
  node: ts.IfStatement,
  error: ts.Symbol,
  rethrownAfter: boolean,
): readonly Handler[] {
  const body = block(context, node.thenStatement);
  if (rethrownAfter && completes(body))
    return refuse(node.thenStatement, 'after this the error is thrown again', shape);
  const handler: Handler = { error: tested(context, node.expression, error), body };
  const rest = node.elseStatement;
  if (rest && ts.isIfStatement(rest))
    return [handler, ...links(context, rest, error, rethrownAfter)];
  if (rest && isRethrow(context, rest, error)) return [handler];
  if (!rest && rethrownAfter) return [handler];
  return refuse(rest ?? node, 'an error that is not named must be thrown again', shape);
}

function tested(context: Context, node: ts.Expression, error: ts.Symbol): ClassKey {
  if (
    !ts.isBinaryExpression(node) ||
    node.operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword ||
    context.reader.checker.getSymbolAtLocation(node.left) !== error
  )
    return refuse(node, 'a handler asks for one class of errors', shape);
  return errorOf(context, node.right);
}

function isRethrow(context: Context, node: ts.Statement, error: ts.Symbol): boolean {
  if (ts.isBlock(node) && node.statements.length === 1)
    return isRethrow(context, node.statements[0]!, error);
  return (
    ts.isThrowStatement(node) &&
    context.reader.checker.getSymbolAtLocation(node.expression) === error
  );
}
