/** Statements. */
import ts from '@typescript/typescript6';
import type { Expression } from '../ir.ts';
import { admits } from '../type.ts';
import { isPlace } from './access.ts';
import { isTotal } from './alternatives.ts';
import { condition, unparenthesised } from './branches.ts';
import { call } from './calls.ts';
import { coerce } from './coerce.ts';
import { apart, attempt, type Context, emit, freshName, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { closure } from './ghosts.ts';
import { forOf, forStatement, whileStatement } from './loops.ts';
import { assign, branch, nothing } from './make.ts';
import { modelName, resolve } from './origin.ts';
import { bind, declareLocal } from './parameters.ts';
import { positionOf } from './position.ts';
import { switchStatement } from './switch.ts';
import { throwStatement, tryStatement } from './throwing.ts';
import { isPromise, typeOf } from './types.ts';

const { SyntaxKind } = ts;

/** Several statements; one that is refused does not keep the others from being read. */
export function statements(context: Context, nodes: readonly ts.Statement[]): void {
  nodes.forEach((node, i) => {
    const done = attempt(context.reader, () => {
      if (isMarker(context, node, 'requires') && !opens(context, nodes, i))
        refuse(node, 'what an operation requires stands at its beginning', 'the first statement');
      statement(context, node);
      return true;
    });
    if (!done) lose(context, node);
  });
}

/** A failed declaration leaves names that are not worth a second refusal. */
function lose(context: Context, node: ts.Statement): void {
  if (!ts.isVariableStatement(node)) return;
  const visit = (inner: ts.Node): void => {
    const symbol = ts.isIdentifier(inner) && context.reader.checker.getSymbolAtLocation(inner);
    if (symbol && !context.scope.locals.has(symbol)) context.scope.lost.add(symbol);
    ts.forEachChild(inner, visit);
  };
  for (const declaration of node.declarationList.declarations) visit(declaration.name);
}

/** Whether all statements before this one are preconditions of the function. */
function opens(context: Context, nodes: readonly ts.Statement[], i: number): boolean {
  const { parent } = nodes[i]!.parent;
  return (
    (ts.isFunctionDeclaration(parent) || ts.isMethodDeclaration(parent)) &&
    nodes.slice(0, i).every((node) => isMarker(context, node, 'requires'))
  );
}

/** Whether a statement is a call of a marker, which may be one of several. */
export function isMarker(context: Context, node: ts.Statement, ...names: string[]): boolean {
  return names.includes(markerOf(context, node)?.name ?? '');
}

export function markerOf(
  context: Context,
  node: ts.Statement,
): { readonly name: string; readonly call: ts.CallExpression } | undefined {
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return undefined;
  const name = modelName(resolve(context.reader.checker, node.expression.expression));
  return name === undefined ? undefined : { name, call: node.expression };
}

export function statement(context: Context, node: ts.Statement): void {
  const lower = lowerings[node.kind];
  if (!lower) refuse(node, 'this statement is not in the subset', 'another statement');
  lower(context, node as never);
}

const nothingToDo = (): void => {};

const lowerings: { readonly [K in ts.SyntaxKind]?: (context: Context, node: never) => void } = {
  [SyntaxKind.Block]: (context, node: ts.Block) => statements(context, node.statements),
  [SyntaxKind.EmptyStatement]: nothingToDo,
  [SyntaxKind.InterfaceDeclaration]: nothingToDo,
  [SyntaxKind.TypeAliasDeclaration]: nothingToDo,
  [SyntaxKind.VariableStatement]: (context, node: ts.VariableStatement) =>
    variables(context, node.declarationList),
  [SyntaxKind.ExpressionStatement]: (context, node: ts.ExpressionStatement) =>
    evaluate(context, node.expression),
  [SyntaxKind.IfStatement]: ifStatement,
  [SyntaxKind.WhileStatement]: whileStatement,
  [SyntaxKind.ForStatement]: forStatement,
  [SyntaxKind.ForOfStatement]: forOf,
  [SyntaxKind.BreakStatement]: jump,
  [SyntaxKind.ContinueStatement]: jump,
  [SyntaxKind.ReturnStatement]: returnStatement,
  [SyntaxKind.SwitchStatement]: switchStatement,
  [SyntaxKind.ThrowStatement]: throwStatement,
  [SyntaxKind.TryStatement]: tryStatement,
};

/** `let` and `const`. */
export function variables(context: Context, list: ts.VariableDeclarationList): void {
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  if (kind !== ts.NodeFlags.Const && kind !== ts.NodeFlags.Let)
    refuse(list, 'such a variable is not in the subset', 'let or const');
  for (const declaration of list.declarations) declare(context, declaration);
}

function declare(context: Context, declaration: ts.VariableDeclaration): void {
  const { name, initializer } = declaration;
  if (initializer && ts.isIdentifier(name) && isGhost(context, initializer))
    declareGhost(context, declaration, name, initializer);
  else if (ts.isIdentifier(name)) declareName(context, declaration, name, initializer);
  else if (initializer) bind(context, name, expression(context, initializer));
  else refuse(declaration, 'a pattern takes a value apart', 'a value');
}

function declareName(
  context: Context,
  declaration: ts.VariableDeclaration,
  name: ts.Identifier,
  initializer: ts.Expression | undefined,
): void {
  const { checker } = context.reader;
  const type = typeOf(checker, checker.getTypeAtLocation(name), name);
  const value = initializer && coerce(initializer, expression(context, initializer, type), type);
  const variable = declareLocal(context, name, type, false);
  if (value) {
    settle(context, declaration, variable, value);
  } else if (admits(type, 'undefined')) {
    const at = positionOf(declaration);
    emit(context, name, assign(at, variable, coerce(name, nothing(at), type)));
  }
}

/** A temporary that was made just for this value gets the name of the variable. */
function settle(
  context: Context,
  declaration: ts.VariableDeclaration,
  variable: string,
  value: Expression,
): void {
  const last = context.out.at(-1);
  if (value.kind === 'variable' && value.variable.includes('#')) {
    if (last?.kind === 'call' && last.result?.variable === value.variable) {
      context.out.push({
        ...context.out.pop()!,
        result: { ...last.result, variable },
      } as typeof last);
      return;
    }
    if (
      (last?.kind === 'choose' || last?.kind === 'construct') &&
      last.variable === value.variable
    ) {
      context.out.pop();
      context.out.push({ ...last, variable });
      return;
    }
  }
  emit(context, declaration, assign(positionOf(declaration), variable, value));
}

function isGhost(context: Context, node: ts.Expression): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    modelName(resolve(context.reader.checker, node.expression)) === 'ghost'
  );
}

/** `const g = ghost(() => value)`. */
function declareGhost(
  context: Context,
  declaration: ts.VariableDeclaration,
  name: ts.Identifier,
  node: ts.CallExpression,
): void {
  if (!(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const))
    refuse(declaration, 'a ghost does not change', 'const');
  const { checker } = context.reader;
  const type = typeOf(checker, checker.getTypeAtLocation(name), name);
  const body = closure(context, node.arguments[0]!, 0);
  const value = body.lower((inner, result) =>
    coerce(result, expression(inner, result, type), type),
  );
  const copy =
    ts.isArrayLiteralExpression(body.result) ||
    ts.isCallExpression(body.result) ||
    ts.isNewExpression(body.result);
  if (type.kind === 'object' || (isPlace(value) && !copy))
    refuse(node, 'this goes on changing when a layer is explored', 'a copy: [...xs]');
  const variable = declareLocal(context, name, type, true);
  emit(context, declaration, assign(positionOf(declaration), variable, value, true));
}

/** An expression whose value nobody looks at. */
export function evaluate(context: Context, node: ts.Expression): void {
  const inner = unparenthesised(node);
  const before = context.out.length;
  const value = expression(context, inner);
  const calls = ts.isCallExpression(inner) || ts.isAwaitExpression(inner);
  if (!calls && context.out.length === before)
    refuse(node, 'this has no effect', 'nothing, or a use of the value');
  if (!calls || isTotal(value)) return;
  const name = freshName(context.scope, 'unused', true);
  emit(context, node, assign(positionOf(node), name, value));
}

function ifStatement(context: Context, node: ts.IfStatement): void {
  const test = condition(context, node.expression);
  const yes = block(context, node.thenStatement);
  const no = node.elseStatement ? block(context, node.elseStatement) : [];
  emit(context, node, branch(positionOf(node), test, yes, no));
}

/** The statements of a part that runs only sometimes. */
export function block(context: Context, node: ts.Statement): Context['out'] {
  const { statements: inner } = apart(context, (within) => statements(within, [node]));
  return [...inner];
}

function jump(context: Context, node: ts.BreakOrContinueStatement): void {
  if (node.label) refuse(node, 'labels are not in the subset', 'a function with a return');
  const kind = ts.isBreakStatement(node) ? 'break' : 'continue';
  emit(context, node, { kind, at: positionOf(node) });
}

function returnStatement(context: Context, node: ts.ReturnStatement): void {
  const at = positionOf(node);
  const { returns } = context.scope;
  if (node.expression) returnValue(context, node, node.expression);
  else if (returns.kind === 'undefined') emit(context, node, { kind: 'return', at });
  else emit(context, node, { kind: 'return', at, value: coerce(node, nothing(at), returns) });
}

export function returnValue(context: Context, node: ts.Node, result: ts.Expression): void {
  const at = positionOf(node);
  const { returns } = context.scope;
  const value = coerce(result, returned(context, result), returns);
  emit(context, node, { kind: 'return', at, ...(returns.kind === 'undefined' ? {} : { value }) });
}

/** An async function may return the promise of a call as it is. */
function returned(context: Context, node: ts.Expression): Expression {
  const inner = unparenthesised(node);
  if (!ts.isCallExpression(inner) || !isPromise(context.reader.checker.getTypeAtLocation(inner)))
    return expression(context, node, context.scope.returns);
  if (!context.scope.async || context.guarded)
    return refuse(node, 'the promise would be awaited elsewhere', '`return await`');
  return call(context, inner, true);
}
