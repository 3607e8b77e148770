/** Members, elements and construction. See names.ts. */
import ts from '@typescript/typescript6';
import { codecLiteral } from '../reader/codecs.ts';
import {
  around,
  bare,
  type Frame,
  type Inspection,
  refuse,
  symbolOf,
  wrapped,
} from './inspection.ts';
import {
  isLibrarySymbol,
  isPartlyLibrary,
  libraryName,
  libraryTreatment,
  spoken,
} from './library.ts';
import { nameReasons as reasons } from './name-reasons.ts';
import { isClass, isCollection, typeProblem } from './types.ts';

const { SymbolFlags, SyntaxKind } = ts;

export function member(
  node: ts.PropertyAccessExpression,
  frame: Frame,
  inspection: Inspection,
): undefined {
  const symbol = symbolOf(inspection, node.name);
  if (!symbol) return;
  const callee = isCallee(node);
  if (isLibrarySymbol(symbol, inspection.program)) return libraryMember(node, symbol, inspection);
  if (isPartlyLibrary(symbol, inspection.program))
    return refuse(inspection, node.name, reasons.merged);
  if (symbol.flags & SymbolFlags.Method) return method(node, symbol, frame, inspection);
  if (symbol.flags & SymbolFlags.Accessor) return refuse(inspection, node.name, reasons.accessor);
  if (callee && !ownsHandle(node, inspection)) refuse(inspection, node, reasons.functionValue);
}

function libraryMember(
  node: ts.PropertyAccessExpression,
  symbol: ts.Symbol,
  inspection: Inspection,
): undefined {
  const treatment = libraryTreatment(symbol);
  const construct = spoken(libraryName(symbol));
  if (treatment.treatment === 'refused') refuse(inspection, node.name, { construct, ...treatment });
  else if (symbol.flags & (SymbolFlags.Method | SymbolFlags.Function) && !isCallee(node))
    refuse(inspection, node, { construct, ...reasons.functionValue });
  else if (construct === 'Array.prototype.fill' && !ts.isNewExpression(bare(node.expression)))
    refuse(inspection, node.name, { construct, ...reasons.fill });
  else if (/\.(entries|keys|values)$/.test(construct) && !isIterated(node))
    refuse(inspection, node.name, { construct, ...reasons.entries });
  else if (construct === 'Math.floor') floor(node, inspection);
  else if (/^Math\.(min|max)$/.test(construct) && isEmptyCall(node.parent))
    refuse(inspection, node.parent, { construct, ...reasons.empty });
}

/** Without arguments these two are infinite. */
function isEmptyCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.arguments.length === 0;
}

function floor(node: ts.PropertyAccessExpression, inspection: Inspection): undefined {
  const call = node.parent as ts.CallExpression;
  const [quotient] = call.arguments;
  const inner = quotient && bare(quotient);
  const divides =
    inner && ts.isBinaryExpression(inner) && inner.operatorToken.kind === SyntaxKind.SlashToken;
  if (!divides) refuse(inspection, call, { construct: 'Math.floor', ...reasons.floor });
}

function isIterated(node: ts.PropertyAccessExpression): boolean {
  const loop = around(node.parent);
  return ts.isForOfStatement(loop) && loop.expression === wrapped(node.parent);
}

/** A method: called at once on `this`, or in ghost code on any machine. */
function method(
  node: ts.PropertyAccessExpression,
  symbol: ts.Symbol,
  frame: Frame,
  inspection: Inspection,
): undefined {
  if (!isCallee(node)) return refuse(inspection, node, reasons.methodValue);
  if (ownsHandle(node, inspection) || isOfCodec(node, inspection)) return;
  const owner = bare(node.expression);
  const own = owner.kind === SyntaxKind.ThisKeyword;
  const machine = isClass(inspection.checker.getTypeAtLocation(owner));
  if (!own && !(frame.ghost && machine)) return refuse(inspection, node, reasons.otherMethod);
  if (symbol.valueDeclaration) inspection.meet(symbol.valueDeclaration, frame.ghost);
}

/** Whether a member belongs to a handle: a rule of its own looks at these. */
function ownsHandle(node: ts.PropertyAccessExpression, inspection: Inspection): boolean {
  const alias = inspection.checker.getTypeAtLocation(node.expression).aliasSymbol?.name ?? '';
  return ['Operations', 'AsyncOperations'].includes(alias);
}

/** Whether this is the encode or decode of a declared codec. */
function isOfCodec(node: ts.PropertyAccessExpression, inspection: Inspection): boolean {
  const symbol = symbolOf(inspection, node.expression);
  return codecLiteral(inspection.checker, symbol?.valueDeclaration) !== undefined;
}

function isCallee(node: ts.Expression): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

/** `xs[i]` of arrays and bytes by number, and nothing else by a computed name. */
export function element(node: ts.ElementAccessExpression, inspection: Inspection): undefined {
  const { checker } = inspection;
  const list = symbolOf(inspection, node.expression);
  if (list && checker.isArgumentsSymbol(list))
    return refuse(inspection, node.expression, reasons.arguments);
  const index = checker.getTypeAtLocation(node.argumentExpression);
  const plain = index.isUnion() ? index.types : [index];
  if (plain.some((type) => !(type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.Intersection))))
    return refuse(inspection, node, reasons.computed);
  const of = checker.getNonNullableType(checker.getTypeAtLocation(node.expression));
  const sequence = (type: ts.Type): boolean =>
    type.isUnion()
      ? type.types.every(sequence)
      : checker.isArrayType(type) || checker.isTupleType(type) || isBytesName(type, inspection);
  if (!sequence(of)) refuse(inspection, node, reasons.computed);
}

function isBytesName(type: ts.Type, inspection: Inspection): boolean {
  const symbol = type.getSymbol();
  return symbol?.name === 'Uint8Array' && isLibrarySymbol(symbol, inspection.program);
}

export function construction(node: ts.NewExpression, inspection: Inspection): undefined {
  const type = inspection.checker.getTypeAtLocation(node.expression);
  if (!ts.isIdentifier(node.expression)) return refuse(inspection, node, reasons.classValue);
  const signature = inspection.checker.getResolvedSignature(node)?.declaration;
  const symbol = signature && (signature as { symbol?: ts.Symbol }).symbol;
  if (!symbol || !isLibrarySymbol(symbol, inspection.program)) return;
  const construct = spoken(libraryName(symbol));
  const treatment = libraryTreatment(symbol);
  if (isErrorClass(type)) return;
  if (treatment.treatment === 'refused')
    return refuse(inspection, node, { construct, ...treatment });
  if (construct === 'new Array') arrayConstruction(node, inspection);
  if (construct === 'new Map' || construct === 'new Set')
    collectionConstruction(node, construct, inspection);
  if (construct === 'new Uint8Array') bytesConstruction(node, inspection);
}

function isErrorClass(type: ts.Type): boolean {
  const declaration = type.getSymbol()?.valueDeclaration;
  return declaration !== undefined && ts.isClassDeclaration(declaration);
}

/** Only `new Array<T>(length).fill(value)`: without the values there are holes. */
function arrayConstruction(node: ts.NewExpression, inspection: Inspection): undefined {
  const access = around(node);
  const filled =
    ts.isPropertyAccessExpression(access) && access.name.text === 'fill' && isCallee(access);
  const call = access.parent;
  const whole = filled && ts.isCallExpression(call) && call.arguments.length === 1;
  const typed = !typeProblem(inspection, inspection.checker.getTypeAtLocation(node));
  if (!whole || !typed || node.arguments?.length !== 1)
    refuse(inspection, node, { construct: 'new Array', ...reasons.holes });
}

function bytesConstruction(node: ts.NewExpression, inspection: Inspection): undefined {
  const [length] = node.arguments ?? [];
  const type = length && inspection.checker.getTypeAtLocation(length);
  if (node.arguments?.length !== 1 || !type || !(type.flags & ts.TypeFlags.NumberLike))
    refuse(inspection, node, { construct: 'new Uint8Array', ...reasons.bytes });
}

/** Empty, or a copy of another. */
function collectionConstruction(
  node: ts.NewExpression,
  construct: string,
  inspection: Inspection,
): undefined {
  const [from, ...more] = node.arguments ?? [];
  const type = from && inspection.checker.getTypeAtLocation(from);
  if (more.length > 0 || (type && !isCollection(inspection, type)))
    refuse(inspection, node, { construct, ...reasons.collection });
}
