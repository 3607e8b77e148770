/**
 * A sequence that can change has one name at a time.
 *
 * The model has values where JavaScript has references. The two agree as long as nobody can reach
 * an array, or bytes, through a second name: so such a value moves, or is copied, or stays.
 */
import ts from '@typescript/typescript6';
import {
  bare,
  type Frame,
  hasModifier,
  type Inspection,
  isValue,
  type Reason,
  type Rule,
  refuse,
} from './inspection.ts';
import { isLastUse } from './moves.ts';
import { doingWith, isMutableAt, isTarget, mayChange, placeOf, sourcesOf } from './places.ts';
import { isCollection, isSequence } from './types.ts';

const { SyntaxKind } = ts;

export const ownership: Rule = (node, frame, inspection) => {
  if (!frame.ghost) unpacking(node, inspection);
  if (!isValue(node) || isBranching(node)) return;
  if (frame.ghost) return ghostFlow(node, inspection);
  if (!isMutableAt(inspection, node)) return;
  const doing = doingWith(inspection, node);
  if (doing === 'flow') flow(node, frame, inspection);
  if (doing === 'change') change(node, frame, inspection);
  if (doing === 'read' || doing === 'change') steady(node, inspection);
};

/** Looked at as the expressions from which its value may come. */
function isBranching(node: ts.Expression): boolean {
  return ts.isConditionalExpression(node) || ts.isAwaitExpression(node);
}

function flow(node: ts.Expression, frame: Frame, inspection: Inspection): void {
  // A conditional is looked at branch by branch.
  if (sourcesOf(node)[0] !== node || isFresh(node)) return;
  const problem = moveProblem(node, frame, inspection);
  if (problem) refuse(inspection, node, ofMap(inspection, node) ? aboutMaps(problem) : problem);
}

function ofMap(inspection: Inspection, node: ts.Expression): boolean {
  return isCollection(inspection, inspection.checker.getTypeAtLocation(node));
}

/** Made here, so nobody else has it. What a function returns is its caller's: a rule sees to it. */
function isFresh(node: ts.Expression): boolean {
  return (
    ts.isArrayLiteralExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    node.kind === SyntaxKind.NullKeyword
  );
}

function moveProblem(
  node: ts.Expression,
  frame: Frame,
  inspection: Inspection,
): Reason | undefined {
  if (!ts.isIdentifier(node)) return reasons.alias;
  const declaration = placeOf(inspection, node)?.symbol.valueDeclaration;
  if (!declaration) return undefined;
  if (isLent(declaration, frame)) return reasons.lent;
  return isLastUse(inspection, node, declaration, frame) ? undefined : reasons.alias;
}

/** Handed to an operation of the code by somebody outside, who may keep it. */
function isLent(declaration: ts.Declaration, frame: Frame): boolean {
  return frame.role === 'code' && ts.isParameter(declaration) && isOperation(declaration.parent);
}

function isOperation(node: ts.Node): boolean {
  return (
    ts.isMethodDeclaration(node) &&
    !hasModifier(node, SyntaxKind.PrivateKeyword) &&
    !ts.isPrivateIdentifier(node.name)
  );
}

/** Only a place can be changed: a change of anything else is lost, or hits another place. */
function change(node: ts.Expression, frame: Frame, inspection: Inspection): void {
  const place = placeOf(inspection, node);
  const made = ts.isNewExpression(node);
  if (!place && !made) refuse(inspection, node, reasons.change);
  const declaration = place?.symbol.valueDeclaration;
  if (declaration && isLent(declaration, frame)) refuse(inspection, node, reasons.lent);
}

/** What is read must not change between being named and being read. */
function steady(node: ts.Expression, inspection: Inspection): void {
  const place = placeOf(inspection, node);
  if (!place) return;
  const later = laterParts(node).find((part) => mayChange(inspection, part, place));
  if (later) refuse(inspection, later, reasons.steady);
}

/** What runs between the naming of a sequence and its use. */
function laterParts(node: ts.Expression): readonly ts.Node[] {
  const whole = outermost(node);
  const { parent } = whole;
  if (ts.isForOfStatement(parent)) return [parent.statement];
  if (ts.isElementAccessExpression(parent) && parent.expression === whole)
    return [parent.argumentExpression, ...assigned(parent)];
  if (ts.isPropertyAccessExpression(parent)) return memberParts(parent);
  if (ts.isCallExpression(parent))
    return parent.arguments.slice(parent.arguments.indexOf(whole) + 1);
  return [];
}

function memberParts(access: ts.PropertyAccessExpression): readonly ts.Node[] {
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return [];
  const loop = outermost(call).parent;
  // Entries are looked up turn by turn; a slice is made at once.
  const live = ts.isForOfStatement(loop) && /^(entries|keys|values)$/.test(access.name.text);
  return live ? [loop.statement] : [...call.arguments];
}

function assigned(target: ts.Expression): readonly ts.Node[] {
  if (!isTarget(target)) return [];
  const { parent } = outermost(target);
  return ts.isBinaryExpression(parent) ? [parent.right] : [];
}

/** With the parentheses, and the conditional of which it is a branch. */
function outermost(node: ts.Expression): ts.Expression {
  const { parent } = node;
  const through = ts.isExpression(parent) && bare(parent) !== parent;
  const branch = ts.isConditionalExpression(parent) && parent.condition !== node;
  return through || branch ? outermost(parent) : node;
}

/** `const { blocks } = this`, and `[a, b] = [b, a]`: other ways to make a second name. */
function unpacking(node: ts.Node, inspection: Inspection): void {
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const type = inspection.checker.getTypeAtLocation(node);
    if (!node.dotDotDotToken && isSequenceChanging(inspection, type))
      refuse(inspection, node, reasons.alias);
  }
}

function isSequenceChanging(inspection: Inspection, type: ts.Type): boolean {
  return isSequence(inspection, type) && isMutableType(inspection, type);
}

function isMutableType(inspection: Inspection, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some((each) => isMutableType(inspection, each));
  const name = type.getSymbol()?.name;
  return ['Array', 'Uint8Array', 'Map', 'Set'].includes(name ?? '');
}

/** A ghost is a value: it must not change when what it was taken from does. */
function ghostFlow(node: ts.Expression, inspection: Inspection): void {
  const { parent } = node;
  const handed = ts.isNewExpression(parent) && parent.arguments?.includes(node);
  if (!handed || !takesChanging(inspection, parent, node)) return;
  for (const source of sourcesOf(node))
    if (isMutableAt(inspection, source) && !isFresh(source))
      refuse(inspection, source, reasons.alias);
}

function takesChanging(inspection: Inspection, call: ts.NewExpression, node: ts.Expression) {
  const signature = inspection.checker.getResolvedSignature(call);
  const parameter = signature?.parameters[call.arguments?.indexOf(node) ?? 0];
  if (!parameter) return true;
  return isMutableType(inspection, inspection.checker.getTypeOfSymbol(parameter));
}

/** The same reason where a map or set is meant. */
export function aboutMaps(reason: Reason): Reason {
  return {
    ...reason,
    why: reason.why.replace(/^an array( or bytes)?/, 'a map or set'),
    instead: reason.instead.replace(
      /\[\.\.\.x\], or x\.slice\(\)(;.*\}$)?/,
      'new Map(x), or new Set(x)',
    ),
  };
}

const reasons = {
  alias: {
    construct: 'alias',
    why: 'an array or bytes that can change would have two names',
    instead: 'a copy: [...x], or x.slice(); or no use of the old name after this',
  },
  lent: {
    construct: 'alias',
    why: 'whoever called this operation still has it, and may change it',
    instead: 'a copy: [...x], or x.slice()',
  },
  change: {
    construct: 'change',
    why: 'only a local variable or a field of this is changed in place',
    instead: 'if, with one change in each branch; or a new array',
  },
  steady: {
    construct: 'order of evaluation',
    why: 'this may change the array that was named before it, and is used after it',
    instead: 'a constant for this value first; or a loop over a copy: [...xs]',
  },
} satisfies Record<string, Reason>;
