/** Whether a mention of a local variable is the last one that can run: then its value may move. */
import ts from '@typescript/typescript6';
import {
  everyNode,
  type Frame,
  type Inspection,
  isAssignment,
  isWithin,
  symbolOf,
} from './inspection.ts';
import { doingWith } from './places.ts';

export function isLastUse(
  inspection: Inspection,
  use: ts.Identifier,
  declaration: ts.Declaration,
  frame: Frame,
): boolean {
  const body = frame.within;
  if (!body || !isWithin(declaration, body)) return false;
  const symbol = symbolOf(inspection, use);
  let last = !isRepeated(use, declaration);
  everyNode(body, (node) => {
    if (!last || node === use || !ts.isIdentifier(node)) return;
    if (symbolOf(inspection, node) !== symbol || node.parent === declaration) return;
    if (mayFollow(use, node) && !isReadBeforeCall(inspection, use, node)) last = false;
  });
  return last;
}

/** Within a loop whose body does not declare the variable, the same mention runs again. */
function isRepeated(use: ts.Node, declaration: ts.Node): boolean {
  for (let at = use; !ts.isFunctionLike(at); at = at.parent) {
    if (leaves(at, undefined)) return false;
    if (ts.isIterationStatement(at, false) && !isWithin(declaration, at.statement)) return true;
  }
  return false;
}

/** `new M(xs, xs.length)`: what is called gets the array after the other arguments are read. */
function isReadBeforeCall(inspection: Inspection, use: ts.Node, mention: ts.Identifier): boolean {
  const call = use.parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return false;
  const given: readonly ts.Node[] = call.arguments ?? [];
  const first = given.indexOf(use);
  const later = given.findIndex((argument) => isWithin(mention, argument));
  return 0 <= first && first < later && doingWith(inspection, mention) === 'read';
}

/** Whether `mention` may run after `use`, or is still to be used when `use` has run. */
function mayFollow(use: ts.Node, mention: ts.Node): boolean {
  const common = commonOf(use, mention);
  if (mention.pos < use.pos) return isPending(use, mention);
  if (areBranches(common, use, mention)) return false;
  for (let at = use; at !== common; at = at.parent) if (leaves(at, common)) return false;
  return true;
}

/** `x[0] = f(x)` and `x.push(f(x))`: named before, changed after. */
function isPending(use: ts.Node, mention: ts.Node): boolean {
  for (let at = use; !ts.isStatement(at) && at.parent; at = at.parent) {
    const { parent } = at;
    if (isAssignment(parent) && parent.right === at && isWithin(mention, parent.left)) return true;
    if (ts.isCallExpression(parent) && parent.expression !== at)
      if (isWithin(mention, parent.expression) || isPlainArgument(parent, mention)) return true;
    if (ts.isElementAccessExpression(parent) && isWithin(mention, parent.expression)) return true;
    if (ts.isNewExpression(parent) && isPlainArgument(parent, mention)) return true;
    if (isCollected(parent, mention)) return true;
  }
  return false;
}

function isPlainArgument(call: ts.CallExpression | ts.NewExpression, mention: ts.Node): boolean {
  return call.arguments?.some((argument) => argument === mention) ?? false;
}

/** The value itself, beside others in one literal. */
function isCollected(parent: ts.Node, mention: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(parent)) return mention.parent === parent;
  return ts.isPropertyAssignment(parent) && parent.parent === mention.parent.parent;
}

function areBranches(common: ts.Node, a: ts.Node, b: ts.Node): boolean {
  if (ts.isIfStatement(common)) {
    const { thenStatement: yes, elseStatement: no } = common;
    return no !== undefined && isWithin(a, yes) && isWithin(b, no);
  }
  if (ts.isConditionalExpression(common))
    return isWithin(a, common.whenTrue) && isWithin(b, common.whenFalse);
  return false;
}

/** Whether the function is left at `node`, or further on in its list of statements. */
function leaves(node: ts.Node, common: ts.Node | undefined): boolean {
  if (!ts.isStatement(node) || isGuarded(node)) return false;
  if (ts.isReturnStatement(node)) return true;
  const { parent } = node;
  if (parent === common || !ts.isBlock(parent)) return false;
  const rest = parent.statements.slice(parent.statements.indexOf(node));
  const end = rest.findIndex((statement) => ts.isReturnStatement(statement));
  return end >= 0 && !rest.slice(0, end).some(jumps);
}

/** An error would get from here to a handler, past the return. */
function isGuarded(node: ts.Node): boolean {
  for (let at = node; !ts.isFunctionLike(at); at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return true;
  return false;
}

function jumps(node: ts.Node): boolean {
  let found = false;
  everyNode(node, (each) => {
    if (ts.isBreakOrContinueStatement(each)) found = true;
  });
  return found;
}

function commonOf(a: ts.Node, b: ts.Node): ts.Node {
  let common = a;
  while (!isWithin(b, common)) common = common.parent;
  return common;
}
