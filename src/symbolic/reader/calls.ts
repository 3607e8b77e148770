/** Calls: of the lower machine, of methods and functions, of markers and of the library. */
import ts from '@typescript/typescript6';
import type { Callee, Expression, FunctionKey, Type } from '../ir.ts';
import { unparenthesised } from './branches.ts';
import { codecCall } from './codecs.ts';
import { coerce } from './coerce.ts';
import { type Context, emit, freshName, noteUse, refuse } from './context.ts';
import { lemmaCall } from './contracts.ts';
import { expression } from './expressions.ts';
import { demand, type Signature, signature } from './functions.ts';
import { instanceOf } from './instances.ts';
import { libraryCall } from './library.ts';
import { nothing, variable } from './make.ts';
import { markerCall } from './markers.ts';
import { noteGhostly, selfOf } from './names.ts';
import { inOrder, type Operand } from './order.ts';
import { declarationOf, libraryName, modelName, resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { classKey, handleOf, isPromise } from './types.ts';

/** A call; `awaits` if its promise is awaited on the spot. */
export function call(context: Context, node: ts.CallExpression, awaits: boolean): Expression {
  if (ts.isOptionalChain(node))
    return refuse(node, 'an optional call is not in the subset', 'an if statement');
  const { checker } = context.reader;
  const callee = unparenthesised(node.expression);
  const symbol = resolve(checker, ts.isPropertyAccessExpression(callee) ? callee.name : callee);
  const model = modelName(symbol);
  if (model && ts.isIdentifier(callee)) return markerCall(context, node, model);
  if (!awaits && isPromise(checker.getTypeAtLocation(node)))
    return refuse(
      node,
      'a promise that is not awaited runs on beside the rest',
      '`await` before it',
    );
  const library = libraryName(symbol);
  if (library) return libraryCall(context, node, library);
  return ownCall(context, node, callee, symbol);
}

function ownCall(
  context: Context,
  node: ts.CallExpression,
  callee: ts.Expression,
  symbol: ts.Symbol | undefined,
): Expression {
  const coded = codecCall(context, node);
  if (coded) return coded;
  const declaration = symbol && declarationOf(symbol);
  if (ts.isPropertyAccessExpression(callee) && declaration && ts.isMethodDeclaration(declaration))
    return methodCall(context, node, callee, declaration);
  if (ts.isIdentifier(callee) && declaration) {
    const { reader, suffix } = instanceOf(context, node, declaration);
    const key = demand(reader, declaration, node, suffix);
    const taken = signature(reader, declaration);
    return invoke(context, node, taken, { kind: 'function', function: key });
  }
  return refuse(
    node,
    'what this calls is not known when the source is read',
    'a function of a module, a method of `this`, or an operation of the lower machine',
  );
}

function methodCall(
  context: Context,
  node: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  declaration: ts.MethodDeclaration,
): Expression {
  const { checker } = context.reader;
  const base = unparenthesised(callee.expression);
  if (handleOf(checker.getTypeAtLocation(base))) return lowerCall(context, node, base, declaration);
  if (!context.reader.classes.has(classKey(declaration.parent as ts.ClassDeclaration)))
    return refuse(node, 'this class is not part of a layer', 'a function of a module');
  const taken = signature(context.reader, declaration);
  const key = demand(context.reader, declaration, node);
  if (isStatic(declaration))
    return invoke(context, node, taken, { kind: 'function', function: key });
  if (base.kind === ts.SyntaxKind.ThisKeyword && context.scope.constructs)
    return refuse(node, 'the object is not yet whole', 'a function of the module');
  if (base.kind === ts.SyntaxKind.ThisKeyword)
    return invoke(context, node, taken, { kind: 'method', function: key }, selfOf(context, base));
  const self = expression(context, base);
  if (self.type.kind !== 'object')
    return refuse(node, 'only methods of `this` are called', 'an operation of the lower machine');
  noteGhostly(
    context,
    node,
    'only ghosts ask another machine',
    'an operation of the lower machine',
  );
  return invoke(context, node, taken, { kind: 'method', function: key }, self);
}

export function isStatic(declaration: ts.ClassElement): boolean {
  return Boolean(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static);
}

/** `this.handle.operation(...)`. */
function lowerCall(
  context: Context,
  node: ts.CallExpression,
  base: ts.Expression,
  declaration: ts.MethodDeclaration,
): Expression {
  if (!ts.isPropertyAccessExpression(base) || base.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return refuse(
      base,
      'operations are called on the handle that is a field',
      'this.handle.operation()',
    );
  const taken = signature(context.reader, declaration);
  const operation = declaration.name.getText();
  return callStatement(context, node, taken, { kind: 'lower', operation });
}

/** In place if the function is pure, else as a statement. */
function invoke(
  context: Context,
  node: ts.CallExpression,
  taken: Signature,
  callee: Callee & { function: FunctionKey },
  self?: Expression,
): Expression {
  const { reader } = context;
  noteUse(context, callee.function);
  const said = reader.contracts.get(callee.function);
  if (said === 'lemma') return lemmaCall(context, node, callee.function, taken);
  const whole = !reader.open.has(callee.function) && reader.functions.get(callee.function)?.pure;
  const pure = said === 'function' || whole;
  if (!pure) {
    if (context.ghost || (self && self.kind !== 'self'))
      return refuse(
        node,
        'a ghost calls pure functions only: no effects, choices, loops, recursion, claims',
        'a pure function',
      );
    return callStatement(context, node, taken, callee);
  }
  const given = values(context, node, taken);
  const base = { kind: 'invoke', at: positionOf(node), function: callee.function } as const;
  return self
    ? { ...base, type: taken.returns, self, arguments: given }
    : { ...base, type: taken.returns, arguments: given };
}

function callStatement(
  context: Context,
  node: ts.CallExpression,
  taken: Signature,
  callee: Callee,
): Expression {
  const given = values(context, node, taken);
  const at = positionOf(node);
  const base = { kind: 'call', at, callee, arguments: given } as const;
  if (taken.returns.kind === 'undefined') {
    emit(context, node, base);
    return nothing(at);
  }
  const name = freshName(context.scope, nameOf(callee), true);
  emit(context, node, { ...base, result: { variable: name, type: taken.returns } });
  context.scope.stable.add(name);
  return variable(at, taken.returns, name);
}

function nameOf(callee: Callee): string {
  const name = callee.kind === 'lower' ? callee.operation : callee.function;
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
}

/** The arguments at the types of the parameters; what is left out has its default. */
export function values(
  context: Context,
  node: ts.CallExpression | ts.NewExpression,
  taken: Signature,
): readonly Expression[] {
  const given = node.arguments ?? ts.factory.createNodeArray<ts.Expression>();
  const operands = given.slice(0, taken.parameters.length).map((argument, i): Operand => {
    const { type } = taken.parameters[i]!;
    return { node: argument, lower: (inner) => passed(inner, argument, type) };
  });
  if (given.length > taken.parameters.length)
    return refuse(
      given[taken.parameters.length]!,
      'there is no parameter for this',
      'fewer arguments',
    );
  const listed = inOrder(context, operands);
  const rest = taken.parameters
    .slice(listed.length)
    .map(({ otherwise, type }) => coerce(node, otherwise?.() ?? nothing(positionOf(node)), type));
  return [...listed, ...rest];
}

function passed(context: Context, argument: ts.Expression, type: Type): Expression {
  if (ts.isSpreadElement(argument))
    return refuse(
      argument,
      'arguments are written one by one',
      'one expression for each parameter',
    );
  return coerce(argument, expression(context, argument, type), type);
}
