/** What names stand for: library, Plimsoll, modules, methods. Resolved, never read as text. */
import ts from '@typescript/typescript6';
import {
  around,
  bare,
  type Frame,
  hasModifier,
  type Inspection,
  isLost,
  isUse,
  type Rule,
  refuse,
  symbolOf,
} from './inspection.ts';
import {
  isLibrarySymbol,
  isPartlyLibrary,
  libraryName,
  libraryTreatment,
  spoken,
} from './library.ts';
import { construction, element, member } from './members.ts';
import { nameReasons as reasons } from './name-reasons.ts';
import { calledMarker, isRefinement, markerOf, ownName } from './own.ts';
import { reasons as typeReasons } from './type-reasons.ts';
import { isAll } from './types.ts';

const { SymbolFlags, SyntaxKind } = ts;

export const names: Rule = (node, frame, inspection) => {
  if (ts.isPropertyAccessExpression(node)) member(node, frame, inspection);
  else if (ts.isElementAccessExpression(node)) element(node, inspection);
  else if (ts.isIdentifier(node) && isUse(node)) use(node, frame, inspection);
  else if (node.kind === SyntaxKind.ThisKeyword) self(node, frame, inspection);
  else if (ts.isNewExpression(node)) construction(node, inspection);
};

/** A name of the library as it is spoken, if `node` is one. */
export function spokenLibrary(inspection: Inspection, node: ts.Node): string | undefined {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  const symbol = symbolOf(inspection, name);
  return symbol && isLibrarySymbol(symbol, inspection.program)
    ? spoken(libraryName(symbol))
    : undefined;
}

function use(node: ts.Identifier, frame: Frame, inspection: Inspection): undefined {
  const symbol = symbolOf(inspection, node);
  if (!symbol || inspection.checker.isUndefinedSymbol(symbol)) return;
  if (inspection.checker.isArgumentsSymbol(symbol))
    return refuse(inspection, node, reasons.arguments);
  if (isLibrarySymbol(symbol, inspection.program)) return libraryUse(node, symbol, inspection);
  if (ownName(inspection, node)) return markerUse(node, inspection);
  if (!symbol.valueDeclaration) return refuse(inspection, node, reasons.elsewhere);
  if (isLost(inspection, symbol.valueDeclaration)) return;
  if (symbol.flags & SymbolFlags.Enum) return refuse(inspection, node, typeReasons.enumeration);
  if (isAmbient(symbol.valueDeclaration)) return refuse(inspection, node, reasons.elsewhere);
  if (isPartlyLibrary(symbol, inspection.program)) return refuse(inspection, node, reasons.merged);
  userUse(node, symbol, frame, inspection);
}

function libraryUse(node: ts.Identifier, symbol: ts.Symbol, inspection: Inspection): undefined {
  const treatment = libraryTreatment(symbol);
  const construct = spoken(libraryName(symbol));
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && treatment.treatment === 'read') return;
  // The member says more than its owner, as in Math.random.
  if (ts.isPropertyAccessExpression(parent) && symbolOf(inspection, parent.name)) return;
  if (treatment.treatment === 'refused')
    return refuse(inspection, node, { construct, ...treatment });
  const called =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
  const extended = ts.isExpressionWithTypeArguments(parent);
  if (!called && !extended) refuse(inspection, node, { construct, ...reasons.libraryValue });
  if (called && ts.isCallExpression(parent)) callable(parent, construct, inspection);
}

const kinds = [ts.TypeFlags.NumberLike, ts.TypeFlags.BigIntLike];

/** `Number(x)` and `BigInt(x)`. */
function callable(call: ts.CallExpression, construct: string, inspection: Inspection): undefined {
  const declaration = inspection.checker.getResolvedSignature(call)?.declaration;
  const symbol = declaration && (declaration as { symbol?: ts.Symbol }).symbol;
  const treatment = symbol && libraryTreatment(symbol);
  if (treatment?.treatment === 'refused') refuse(inspection, call, { construct, ...treatment });
  const [given, ...more] = call.arguments;
  const type = given && inspection.checker.getTypeAtLocation(given);
  const integer = type && kinds.some((flags) => isAll(inspection, type, flags));
  if (!integer || more.length > 0) refuse(inspection, call, { construct, ...reasons.convert });
}

function markerUse(node: ts.Identifier, inspection: Inspection): undefined {
  const marker = markerOf(inspection, node);
  if (!marker) return refuse(inspection, node, { construct: node.text, ...reasons.notRead });
  const { parent } = node;
  const called = ts.isCallExpression(parent) && parent.expression === node;
  if (!called && marker !== 'zeroBlock') refuse(inspection, node, reasons.functionValue);
}

function userUse(
  node: ts.Identifier,
  symbol: ts.Symbol,
  frame: Frame,
  inspection: Inspection,
): undefined {
  const declaration = symbol.valueDeclaration!;
  const { parent } = node;
  const callee = ts.isCallExpression(parent) && parent.expression === node;
  if (isFunction(declaration)) {
    if (callee) inspection.meet(functionOf(declaration), frame.ghost);
    else if (isLayerProperty(inspection, node))
      inspection.meet(functionOf(declaration), frame.ghost);
    else refuse(inspection, node, reasons.functionValue);
    return;
  }
  if (ts.isClassDeclaration(declaration)) return classUse(node, declaration, frame, inspection);
  if (callee && !isRefinement(inspection, parent)) refuse(inspection, node, reasons.functionValue);
  if (isModuleVariable(declaration)) inspection.meet(declaration, frame.ghost);
}

function classUse(
  node: ts.Identifier,
  declaration: ts.Node,
  frame: Frame,
  inspection: Inspection,
): undefined {
  const { parent } = node;
  inspection.meet(declaration, false);
  const made = ts.isNewExpression(parent) && parent.expression === node;
  if (made && !mayConstruct(parent, frame)) refuse(inspection, node, typeReasons.object);
  const caught =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.InstanceOfKeyword &&
    parent.right === node;
  const extended = ts.isExpressionWithTypeArguments(parent);
  if (!made && !caught && !extended && !isLayerProperty(inspection, node))
    refuse(inspection, node, reasons.classValue);
}

/** An error that is thrown, a machine that is promised, and the first state of a machine. */
function mayConstruct(node: ts.NewExpression, frame: Frame): boolean {
  if (frame.ghost || ts.isThrowStatement(around(node))) return true;
  return frame.role === 'machine' && frame.within !== undefined && isStatic(frame.within);
}

/** A property of the literal that declares a layer: there functions and classes are named. */
function isLayerProperty(inspection: Inspection, node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isPropertyAssignment(parent) && !ts.isShorthandPropertyAssignment(parent)) return false;
  for (let at: ts.Node = parent; at; at = at.parent) {
    if (ts.isCallExpression(at))
      return isRefinement(inspection, at) || calledMarker(inspection, at) === 'codec';
    if (ts.isFunctionLike(at)) return false;
  }
  return false;
}

function isFunction(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node)) return true;
  return ts.isVariableDeclaration(node) && isModuleVariable(node) && isArrow(node.initializer);
}

function isArrow(node: ts.Expression | undefined): boolean {
  return node !== undefined && ts.isArrowFunction(bare(node));
}

function functionOf(declaration: ts.Node): ts.Node {
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return declaration;
  return bare(declaration.initializer);
}

function isModuleVariable(node: ts.Node): node is ts.VariableDeclaration {
  return ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent);
}

function isAmbient(declaration: ts.Declaration): boolean {
  if (declaration.getSourceFile().isDeclarationFile) return true;
  const holder = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  if (hasModifier(holder, SyntaxKind.DeclareKeyword)) return true;
  return ts.isFunctionDeclaration(declaration) && !declaration.body;
}

function self(node: ts.Node, frame: Frame, inspection: Inspection): undefined {
  const holder = frame.within;
  const inMethod = frame.role !== undefined && holder !== undefined && !isStatic(holder);
  if (!inMethod) return refuse(inspection, node, reasons.this);
  const parent = around(node);
  const access = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  const unpacked = ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name);
  if (!access && !unpacked && !frame.ghost) refuse(inspection, node, reasons.thisValue);
}

function isStatic(node: ts.Node): boolean {
  return hasModifier(node, SyntaxKind.StaticKeyword);
}
