/** What a name stands for: a variable, a constant of a module, a value of the model. */
import ts from '@typescript/typescript6';
import type { Expression, Position } from '../ir.ts';
import { alternativesOf, blockType, unionOf } from '../type.ts';
import { coerce, convert, convertible } from './coerce.ts';
import { type Context, type Local, Lost, refusal, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { apply, nothing, variable } from './make.ts';
import { declarationOf, libraryName, modelName, target } from './origin.ts';
import { positionOf } from './position.ts';
import { classKey, handleOf, typeOf } from './types.ts';

export function identifier(context: Context, node: ts.Identifier): Expression {
  const { checker } = context.reader;
  return identifierValue(context, node, checker.getSymbolAtLocation(node));
}

export function identifierValue(
  context: Context,
  node: ts.Identifier,
  symbol: ts.Symbol | undefined,
): Expression {
  const { checker } = context.reader;
  if (!symbol) return refuse(node, 'this name has no declaration', 'a declared variable');
  const found = target(checker, symbol);
  if (checker.isUndefinedSymbol(found)) return nothing(positionOf(node));
  const local = localOf(context, found);
  if (local) return narrowed(context, node, readLocal(context, node, local));
  if (modelName(found) === 'zeroBlock') return apply(positionOf(node), blockType, 'zeroBlock');
  const value = moduleConstant(context, found);
  if (value) return at(value, positionOf(node));
  return refuseName(context, node, found);
}

function localOf(context: Context, symbol: ts.Symbol): Local | undefined {
  if (context.scope.lost.has(symbol)) throw new Lost();
  return context.scope.locals.get(symbol);
}

function readLocal(context: Context, node: ts.Node, local: Local): Expression {
  if (local.ghost && !context.ghost)
    refuse(node, 'a ghost is not there when the code runs', 'a value that is computed for real');
  return variable(positionOf(node), local.type, local.variable);
}

/** A value of a union at the alternatives that the checker has left at this place. */
export function narrowed(context: Context, node: ts.Node, value: Expression): Expression {
  if (value.type.kind !== 'union') return value;
  const { checker } = context.reader;
  const seen = checker.getTypeAtLocation(node);
  if (seen.flags & ts.TypeFlags.Never) return value;
  const left = alternativesOf(typeOf(checker, seen, node));
  const kept = value.type.of.filter((t) => left.some((other) => convertible(t, other)));
  return kept.length === 0 ? value : convert(value, unionOf(kept));
}

/** A constant of a module: a literal, or made of literals. */
function moduleConstant(context: Context, symbol: ts.Symbol): Expression | undefined {
  const declaration = declarationOf(symbol);
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer)
    return undefined;
  if (!isModuleConstant(declaration)) return undefined;
  if (ts.isArrowFunction(declaration.initializer)) return undefined;
  const { checker } = context.reader;
  const type = typeOf(checker, checker.getTypeOfSymbol(symbol), declaration.name);
  if (type.kind === 'bytes' || ((type.kind === 'array' || type.kind === 'map') && type.mutable))
    return refuse(
      declaration.name,
      'a module has no state, and this value can be changed',
      '`as const`, or a readonly type',
    );
  return literalValue(context, declaration.initializer, type);
}

function literalValue(context: Context, node: ts.Expression, type: Expression['type']): Expression {
  const inner: Context = {
    ...context,
    closed: true,
    scope: { ...context.scope, locals: new Map() },
  };
  const value = expression(inner, node, type);
  if (isLiteral(value)) return coerce(node, value, type);
  return refuse(node, 'a constant of a module must be a literal', 'a literal, or a function');
}

function isLiteral(value: Expression): boolean {
  switch (value.kind) {
    case 'constant':
      return true;
    case 'array':
      return value.elements.every(isLiteral);
    case 'record':
      return value.fields.every((f) => isLiteral(f.value));
    case 'convert':
      return isLiteral(value.value);
    case 'apply':
      return value.arguments.every(isLiteral);
    default:
      return false;
  }
}

export function isModuleConstant(declaration: ts.VariableDeclaration): boolean {
  const list = declaration.parent;
  return (
    ts.isVariableDeclarationList(list) &&
    (list.flags & ts.NodeFlags.Const) !== 0 &&
    ts.isVariableStatement(list.parent) &&
    ts.isSourceFile(list.parent.parent)
  );
}

/** The same expression as if it stood elsewhere. */
function at(value: Expression, position: Position): Expression {
  return { ...value, at: position };
}

function refuseName(context: Context, node: ts.Identifier, symbol: ts.Symbol): never {
  const { checker } = context.reader;
  const library = libraryName(symbol) ?? modelName(symbol);
  if (library)
    return refuse(
      node,
      `${library} is not a value of the subset`,
      'a call of it, if that is in the subset',
      library,
    );
  if (handleOf(checker.getTypeOfSymbol(symbol))) return refuseHandle(node);
  if (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class))
    return refuse(node, 'a function or a class is not a value of the subset', 'a call of it');
  return refuse(
    node,
    'verified code reads its own variables and constants of modules only',
    'a parameter, or a `const` of the module with a literal value',
  );
}

export function refuseHandle(node: ts.Node): never {
  return refuse(
    node,
    'the handle of the lower machine is not a value',
    'a call of one of its operations, or stateOf() within an invariant',
  );
}

/** Notes something that only ghosts may do, in case code that runs comes to this function. */
export function noteGhostly(context: Context, node: ts.Node, why: string, instead: string): void {
  if (context.ghost) return;
  const { ghostly } = context.reader;
  const noted = ghostly.get(context.scope.key) ?? [];
  ghostly.set(context.scope.key, [...noted, refusal(node, why, instead)]);
}

/** `this` as a value: the state as it is, which only ghosts look at as a whole. */
export function wholeSelf(context: Context, node: ts.Node): Expression {
  noteGhostly(context, node, '`this` is not a value of the subset', 'its fields and methods');
  return selfOf(context, node);
}

/** The object whose method this is. */
export function selfOf(context: Context, node: ts.Node): Expression {
  const { self } = context.scope;
  if (!self) return refuse(node, '`this` is the object of a method', 'a parameter');
  return { kind: 'self', at: positionOf(node), type: { kind: 'object', class: classKey(self) } };
}
