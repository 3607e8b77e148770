/**
 * Closures that a function of arrays calls at once: functions of their own, given what they see.
 *
 * What they see has one value while they run, because they change nothing.
 */
import ts from '@typescript/typescript6';
import type { Expression, Function as FunctionBody, FunctionKey, Type } from '../ir.ts';
import { describeType, sameType } from '../type.ts';
import { unparenthesised } from './branches.ts';
import { type Context, type Local, Lost, noteUse, refuse } from './context.ts';
import { assignedIn, emptyScope } from './functions.ts';
import { isAsync } from './ghosts.ts';
import { variable } from './make.ts';
import { changesOf } from './order.ts';
import { declareParameter } from './parameters.ts';
import { positionOf } from './position.ts';
import { firstEffect } from './purity.ts';
import { returnValue, statements } from './statements.ts';
import { classKey } from './types.ts';

/** What a closure is given with every call, in the order of its parameters. */
export interface Given {
  readonly value: Expression;
  /** There is nothing to be had, as in `Array.from({ length }, (_, i) => ...)`. */
  readonly nothing?: boolean;
}

/** The value of a closure for what it is given. */
export function closed(
  context: Context,
  node: ts.Expression | undefined,
  given: readonly Given[],
  returns: Type,
): Expression {
  const arrow = arrowOf(node, given.length);
  const { reader } = context;
  const captured = capturedBy(context, arrow);
  const key = freeKey(context, arrow);
  const inner = contextOf(context, arrow, key, returns, captured);
  const taken = arrow.parameters.flatMap((parameter, i) => {
    if (given[i]!.nothing) return unused(parameter);
    const declared = declareParameter(inner, parameter);
    checkType(parameter, declared.type, given[i]!.value.type);
    return [{ declared, value: given[i]!.value }];
  });
  if (ts.isBlock(arrow.body)) statements(inner, arrow.body.statements);
  else returnValue(inner, arrow.body, arrow.body);
  checkPure(arrow, inner, captured);
  const at = positionOf(arrow);
  const outside = captured.map((local) => ({
    declared: { variable: local.variable, type: local.type, at },
    value: variable(at, local.type, local.variable),
  }));
  const all = [...outside, ...taken];
  const { self } = inner.scope;
  const made: FunctionBody = {
    key,
    name: 'closure',
    at,
    parameters: all.map(({ declared }) => declared),
    returns,
    ...(self ? { self: classKey(self) } : {}),
    body: inner.out,
    pure: true,
    ghost: false,
    async: false,
  };
  reader.functions.set(key, made);
  noteUse(context, key);
  const call = { kind: 'invoke', at, type: returns, function: key } as const;
  const passed = { arguments: all.map(({ value }) => value) };
  if (!self) return { ...call, ...passed };
  const type: Type = { kind: 'object', class: classKey(self) };
  return { ...call, self: { kind: 'self', at, type }, ...passed };
}

export function arrowOf(node: ts.Expression | undefined, most: number): ts.ArrowFunction {
  const arrow = node && unparenthesised(node);
  if (!arrow || !ts.isArrowFunction(arrow) || isAsync(arrow))
    return refuse(
      node!,
      'a function is not a value of the subset',
      'an arrow function written here, as in xs.map((x) => x + 1)',
    );
  const extra = arrow.parameters[most];
  if (extra) refuse(extra, 'this would be a second name for the array', 'the name it has');
  for (const parameter of arrow.parameters)
    if (parameter.initializer || parameter.dotDotDotToken)
      refuse(parameter, 'a closure is given its values one by one', 'a plain parameter');
  return arrow;
}

function unused(parameter: ts.ParameterDeclaration): readonly [] {
  if (ts.isIdentifier(parameter.name) && /^_/.test(parameter.name.text)) return [];
  return refuse(parameter, 'there is no value to be had here', '_, and the index after it');
}

/** A wider type would let in properties that nobody sees. */
function checkType(parameter: ts.ParameterDeclaration, declared: Type, given: Type): void {
  if (sameType(declared, given)) return;
  refuse(
    parameter,
    `the closure is given ${describeType(given)}, and takes ${describeType(declared)}`,
    'a parameter without a type',
  );
}

/** The variables of the function around a closure that it names. */
function capturedBy(context: Context, arrow: ts.ArrowFunction): readonly Local[] {
  const { checker } = context.reader;
  const found = new Map<string, Local>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const symbol = ts.isShorthandPropertyAssignment(parent)
        ? checker.getShorthandAssignmentValueSymbol(parent)
        : checker.getSymbolAtLocation(node);
      const local = symbol && context.scope.locals.get(symbol);
      if (symbol && context.scope.lost.has(symbol)) throw new Lost();
      if (local) found.set(local.variable, local);
    }
    ts.forEachChild(node, visit);
  };
  visit(arrow.body);
  return [...found.values()];
}

function contextOf(
  context: Context,
  arrow: ts.ArrowFunction,
  key: FunctionKey,
  returns: Type,
  captured: readonly Local[],
): Context {
  const { scope, reader, ghost } = context;
  const self = namesThis(arrow) ? scope.self : undefined;
  if (self && scope.constructs)
    refuse(arrow, 'the object is not yet whole', 'a value that does not come from `this`');
  return {
    reader,
    out: [],
    ghost,
    closed: false,
    scope: {
      ...emptyScope(key, returns),
      names: new Set(scope.names),
      locals: new Map(scope.locals),
      lost: scope.lost,
      assigned: assignedIn(reader, arrow),
      stable: new Set(captured.map((local) => local.variable)),
      ...(self ? { self } : {}),
    },
  };
}

function namesThis(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.forEachChild(node, (child) => namesThis(child) || undefined) ?? false;
}

function freeKey({ reader, scope }: Context, arrow: ts.ArrowFunction): FunctionKey {
  const { line, column } = positionOf(arrow);
  const key = `${scope.key}.closure@${line}:${column}`;
  let free = key;
  for (let n = 1; reader.functions.has(free); n++) free = `${key}#${n}`;
  return free;
}

function checkPure(arrow: ts.ArrowFunction, inner: Context, captured: readonly Local[]): void {
  const effect = firstEffect(inner.out);
  const changes = changesOf(inner.out);
  const changed = captured.some(
    ({ variable: name }) => changes.variables.has(name) || changes.elements.has(name),
  );
  if (!effect && !changed) return;
  refuse(
    arrow,
    `a closure computes a value and does nothing else${effect ? ` (line ${effect.at.line})` : ''}`,
    'a loop, with an invariant',
  );
}
