/** Places that hold an array or bytes that can change, and what is done with what they hold. */
import ts from '@typescript/typescript6';
import {
  around,
  bare,
  everyNode,
  type Inspection,
  isAssignment,
  isStep,
  symbolOf,
} from './inspection.ts';
import { withClosure } from './library.ts';
import { calledMarker } from './own.ts';
import { isCollection as isCollectionType, isMutable } from './types.ts';

const { SyntaxKind } = ts;

/** A local variable, or a field of `this`: where one sequence lives. */
export interface PlaceOf {
  readonly symbol: ts.Symbol;
  readonly field: boolean;
}

export function placeOf(inspection: Inspection, node: ts.Expression): PlaceOf | undefined {
  const inner = bare(node);
  if (ts.isIdentifier(inner)) {
    const symbol = symbolOf(inspection, inner);
    return symbol && { symbol, field: false };
  }
  if (!ts.isPropertyAccessExpression(inner) || !isThis(inner.expression)) return undefined;
  const symbol = symbolOf(inspection, inner.name);
  return symbol && { symbol, field: true };
}

function isThis(node: ts.Expression): boolean {
  return bare(node).kind === SyntaxKind.ThisKeyword;
}

export type Doing =
  /** Looked at, and let go. */
  | 'read'
  /** An element is replaced, added or removed. */
  | 'change'
  /** The place gets another value. */
  | 'assign'
  /** Computed, and not used. */
  | 'drop'
  /** Goes somewhere else, and so gets a second name. */
  | 'flow';

const looks: ReadonlySet<string> = new Set([
  'length',
  'slice',
  'concat',
  'entries',
  ...withClosure,
  'indexOf',
  'includes',
  'size',
  'get',
  'has',
  'keys',
  'values',
]);
/** Functions of the model that look at a sequence and keep nothing. */
const lookers: ReadonlySet<string> = new Set([
  'sameBlocks',
  'anyOf',
  'sameEntries',
  'everyKey',
  'visited',
]);
const sides: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
]);
const comparisons: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** What happens to the value of an expression. */
export function doingWith(inspection: Inspection, node: ts.Expression): Doing {
  const parent = around(node);
  const inner = childOf(node, parent);
  if (ts.isExpressionStatement(parent)) return 'drop';
  if (ts.isSpreadElement(parent) || ts.isTypeOfExpression(parent)) return 'read';
  if (ts.isAwaitExpression(parent)) return doingWith(inspection, parent);
  if (ts.isPropertyAccessExpression(parent)) return memberDoing(parent);
  if (ts.isElementAccessExpression(parent) && parent.expression === inner)
    return isTarget(parent) ? 'change' : 'read';
  if (ts.isForOfStatement(parent)) return parent.expression === inner ? 'read' : 'assign';
  if (ts.isConditionalExpression(parent))
    return parent.condition === inner ? 'read' : doingWith(inspection, parent);
  if (ts.isBinaryExpression(parent)) return binaryDoing(inspection, parent, inner);
  if (ts.isCallExpression(parent)) return argumentDoing(inspection, parent);
  if (ts.isNewExpression(parent) && isCollection(inspection, parent)) return 'read';
  if (ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name)) return 'read';
  return 'flow';
}

function memberDoing(access: ts.PropertyAccessExpression): Doing {
  const name = access.name.text;
  if (isTarget(access) && name === 'length') return 'change';
  return looks.has(name) ? 'read' : 'change';
}

function binaryDoing(inspection: Inspection, node: ts.BinaryExpression, side: ts.Node): Doing {
  if (comparisons.has(node.operatorToken.kind)) return 'read';
  if (sides.has(node.operatorToken.kind)) return doingWith(inspection, node);
  if (isAssignment(node) && node.left === side) return 'assign';
  return 'flow';
}

function argumentDoing(inspection: Inspection, call: ts.CallExpression): Doing {
  if (lookers.has(calledMarker(inspection, call) ?? '')) return 'read';
  const { expression } = call;
  const joins = ts.isPropertyAccessExpression(expression) && expression.name.text === 'concat';
  const type = joins && inspection.checker.getTypeAtLocation(expression.expression);
  return type && inspection.checker.isArrayType(type) ? 'read' : 'flow';
}

/** `new Map(other)` and `new Set(other)` copy what they are given. */
function isCollection(inspection: Inspection, made: ts.NewExpression): boolean {
  return isCollectionType(inspection, inspection.checker.getTypeAtLocation(made));
}

/** The child of `parent` in which `node` lies. */
function childOf(node: ts.Node, parent: ts.Node): ts.Node {
  return node.parent === parent ? node : childOf(node.parent, parent);
}

/** Whether an element or property is given a value. */
export function isTarget(node: ts.Expression): boolean {
  const parent = around(node);
  if (isStep(parent)) return true;
  return isAssignment(parent) && bare(parent.left) === node;
}

/** The expressions from which a value may come: the branches of conditionals, unwrapped. */
export function sourcesOf(node: ts.Expression): readonly ts.Expression[] {
  const inner = bare(node);
  if (ts.isConditionalExpression(inner))
    return [...sourcesOf(inner.whenTrue), ...sourcesOf(inner.whenFalse)];
  if (ts.isBinaryExpression(inner) && sides.has(inner.operatorToken.kind))
    return [...sourcesOf(inner.left), ...sourcesOf(inner.right)];
  if (ts.isAwaitExpression(inner)) return sourcesOf(inner.expression);
  return [inner];
}

export function isMutableAt(inspection: Inspection, node: ts.Expression): boolean {
  return isMutable(inspection, inspection.checker.getTypeAtLocation(node));
}

/** Whether running `node` may change what `place` holds, or put something else there. */
export function mayChange(inspection: Inspection, node: ts.Node, place: PlaceOf): boolean {
  return changedIn(inspection, node, place, new Set());
}

function changedIn(
  inspection: Inspection,
  node: ts.Node,
  place: PlaceOf,
  seen: Set<ts.Node>,
): boolean {
  let found = false;
  everyNode(node, (each) => {
    if (found) return;
    if (ts.isIdentifier(each) || ts.isPropertyAccessExpression(each)) {
      const same = placeOf(inspection, each)?.symbol === place.symbol;
      if (same && isChanged(inspection, each)) found = true;
    }
    if (place.field && ts.isCallExpression(each)) {
      const method = ownMethod(inspection, each);
      if (!method || seen.has(method)) return;
      seen.add(method);
      if (method.body && changedIn(inspection, method.body, place, seen)) found = true;
    }
  });
  return found;
}

function isChanged(inspection: Inspection, node: ts.Expression): boolean {
  const parent = around(node);
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (isStep(parent)) return true;
  if (inPattern(node)) return true;
  const doing = doingWith(inspection, node);
  return doing === 'change' || doing === 'assign';
}

/** Within `[a, b] = ...` the names are targets. */
function inPattern(node: ts.Node): boolean {
  for (let at = node; ts.isExpression(at); at = at.parent) {
    const { parent } = at;
    if (isAssignment(parent) && parent.left === at) return at !== node && isPattern(at);
  }
  return false;
}

function isPattern(node: ts.Node): boolean {
  return ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}

/** The method of the same class that a call calls. */
function ownMethod(
  inspection: Inspection,
  call: ts.CallExpression,
): ts.MethodDeclaration | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !isThis(callee.expression)) return undefined;
  const declaration = symbolOf(inspection, callee.name)?.valueDeclaration;
  return declaration && ts.isMethodDeclaration(declaration) ? declaration : undefined;
}
