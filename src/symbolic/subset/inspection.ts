/** What every rule of the subset is given, and where it reports. */
import ts from '@typescript/typescript6';
import { positionIn, positionOf } from '../reader/position.ts';
import type { Refusal } from '../refusal.ts';
import { nameOfKind } from './syntax.ts';

export interface Inspection {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly refusals: Refusal[];
  /** Statements and the like of which something was refused: the first rule to speak knows best. */
  readonly refused: Set<ts.Node>;
  /** Functions and classes that were met and are to be looked at as well. */
  readonly meet: (declaration: ts.Node, ghost: boolean) => void;
}

/** In what a node stands. */
export interface Frame {
  /** Code for the prover alone: never run for real, so it must have no effect. */
  readonly ghost: boolean;
  /** The function whose body it is; absent in a module or a class. */
  readonly within?: ts.SignatureDeclaration;
  readonly role?: Role;
}

export type Role = 'machine' | 'code' | 'error';

/** A rule looks at one node; it is called for every node of a body. */
export type Rule = (node: ts.Node, frame: Frame, inspection: Inspection) => void;

export interface Reason {
  readonly why: string;
  readonly instead: string;
  /** Where the name of the syntax says too little. */
  readonly construct?: string;
}

export function refuse(inspection: Inspection, node: ts.Node, reason: Reason): undefined {
  const unit = unitOf(node);
  if (inspection.refused.has(unit)) return;
  inspection.refused.add(unit);
  inspection.refusals.push({
    at: positionOf(node),
    construct: reason.construct ?? nameOfKind(node.kind),
    why: reason.why,
    instead: reason.instead,
  });
}

/** Refuses a range of characters that is no node, such as a comment. */
export function refuseText(
  inspection: Inspection,
  source: ts.SourceFile,
  range: readonly [number, number],
  reason: Reason & { readonly construct: string },
): void {
  const { construct, why, instead } = reason;
  inspection.refusals.push({ at: positionIn(source, ...range), construct, why, instead });
}

/** Of each of these at most one thing is refused: the rest often follows from it. */
function unitOf(node: ts.Node): ts.Node {
  const whole =
    (ts.isStatement(node) && !ts.isBlock(node)) ||
    ts.isClassElement(node) ||
    ts.isParameter(node) ||
    ts.isCaseOrDefaultClause(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isArrowFunction(node) ||
    !node.parent;
  return whole ? node : unitOf(node.parent);
}

/** Whether something of the statement that declares a name was refused: its uses follow from it. */
export function isLost(inspection: Inspection, declaration: ts.Node): boolean {
  return inspection.refused.has(unitOf(declaration));
}

/** Without parentheses, `!`, `satisfies` and `as const`: they do not make another value. */
export function bare(expression: ts.Expression): ts.Expression {
  return isTransparent(expression) ? bare(expression.expression) : expression;
}

function isTransparent(
  node: ts.Node,
): node is
  | ts.ParenthesizedExpression
  | ts.NonNullExpression
  | ts.SatisfiesExpression
  | ts.AsExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isAsExpression(node)
  );
}

/** The nearest node around `node` that is not transparent. */
export function around(node: ts.Node): ts.Node {
  return isTransparent(node.parent) ? around(node.parent) : node.parent;
}

/** The outermost transparent node around `node`, or `node` itself. */
export function wrapped(node: ts.Node): ts.Node {
  return isTransparent(node.parent) ? wrapped(node.parent) : node;
}

/** The symbol a name stands for, through imports. */
export function symbolOf(inspection: Inspection, name: ts.Node): ts.Symbol | undefined {
  const { checker } = inspection;
  const shorthand =
    ts.isShorthandPropertyAssignment(name.parent) && name.parent.name === name
      ? checker.getShorthandAssignmentValueSymbol(name.parent)
      : undefined;
  const symbol = shorthand ?? checker.getSymbolAtLocation(name);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((each) => each.kind === kind)
  );
}

/** Whether `node` is `outer` or lies in it. */
export function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node === outer || (node.parent !== undefined && isWithin(node.parent, outer));
}

/** Calls `visit` for `node` and everything in it that is not a type. */
export function everyNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    if (!ts.isTypeNode(child)) everyNode(child, visit);
  });
}

const assignments: ReadonlySet<ts.SyntaxKind> = new Set(
  Array.from(
    { length: ts.SyntaxKind.LastAssignment - ts.SyntaxKind.FirstAssignment + 1 },
    (_, i) => ts.SyntaxKind.FirstAssignment + i,
  ),
);

/** `x = ...`, `x += ...` and the like. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && assignments.has(node.operatorToken.kind);
}

export function isStep(
  node: ts.Node,
): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  return (
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken)
  );
}

/** Whether an identifier is an expression, and not the name of something declared or a member. */
export function isUse(node: ts.Identifier): boolean {
  const parent = node.parent as ts.Node & { name?: ts.Node; propertyName?: ts.Node };
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (parent.name === node || parent.propertyName === node) return false;
  return !ts.isImportClause(parent) && !ts.isLabeledStatement(parent) && !isJump(parent);
}

function isJump(node: ts.Node): boolean {
  return ts.isBreakOrContinueStatement(node);
}

/** An expression by itself: no wrapping of one, and no name that only declares or selects. */
export function isValue(node: ts.Node): node is ts.Expression {
  if (!ts.isExpression(node) || isTransparent(node)) return false;
  return ts.isIdentifier(node) ? isUse(node) : true;
}
