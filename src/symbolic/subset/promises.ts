/** Promises and the lower machine: effects happen where they are written, one after another. */
import ts from '@typescript/typescript6';
import {
  around,
  bare,
  type Frame,
  hasModifier,
  type Inspection,
  isValue,
  type Reason,
  type Rule,
  refuse,
} from './inspection.ts';
import { calledMarker, handledMachine } from './own.ts';
import { isPromise } from './types.ts';

const { SyntaxKind } = ts;

export const promises: Rule = (node, frame, inspection) => {
  if (ts.isForOfStatement(node) && node.awaitModifier)
    refuse(inspection, node, { construct: 'for await', ...reasons.forAwait });
  if (ts.isFunctionLike(node)) asyncFunction(node, frame, inspection);
  if (ts.isAwaitExpression(node) && !awaitsCall(node, inspection))
    refuse(inspection, node, reasons.await);
  if (isValue(node) && !ts.isFunctionLike(node)) promise(node, frame, inspection);
};

function awaitsCall(node: ts.AwaitExpression, inspection: Inspection): boolean {
  const inner = bare(node.expression);
  return (
    ts.isCallExpression(inner) && isPromise(inspection, inspection.checker.getTypeAtLocation(inner))
  );
}

function asyncFunction(
  node: ts.SignatureDeclaration,
  frame: Frame,
  inspection: Inspection,
): undefined {
  if (!('body' in node) || !node.body) return;
  const isAsync = hasModifier(node, SyntaxKind.AsyncKeyword);
  if (isAsync && frame.role === 'machine') return refuse(inspection, node, reasons.machine);
  const signature = inspection.checker.getSignatureFromDeclaration(node);
  const result = signature && inspection.checker.getReturnTypeOfSignature(signature);
  if (!isAsync && result && isPromise(inspection, result))
    refuse(inspection, node, { construct: 'Promise', ...reasons.notAsync });
}

function promise(node: ts.Expression, _frame: Frame, inspection: Inspection): undefined {
  if (!isPromise(inspection, inspection.checker.getTypeAtLocation(node))) return;
  const parent = around(node);
  if (ts.isAwaitExpression(parent)) return;
  // The library has its own word on then, catch and all.
  if (ts.isPropertyAccessExpression(parent)) return;
  if (ts.isExpressionStatement(parent))
    return refuse(inspection, node, { construct: 'floating promise', ...reasons.floating });
  const returned = ts.isReturnStatement(parent) && ts.isCallExpression(node);
  if (!returned) return refuse(inspection, node, { construct: 'promise', ...reasons.kept });
  if (isGuarded(parent)) refuse(inspection, node, { construct: 'promise', ...reasons.guarded });
}

function isGuarded(node: ts.Node): boolean {
  for (let at = node; !ts.isFunctionLike(at); at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return true;
  return false;
}

/** The handle of the lower machine: called, looked at by `stateOf`, and set once. */
export const handles: Rule = (node, frame, inspection) => {
  if (!isValue(node)) return;
  if (!handledMachine(inspection.checker.getTypeAtLocation(node))) return;
  const parent = around(node);
  if (ts.isPropertyAccessExpression(parent)) return operation(parent, frame, inspection);
  if (calledMarker(inspection, parent) === 'stateOf') return sameState(parent, inspection);
  if (isSetOnce(node, parent, frame)) return;
  refuse(inspection, node, { construct: 'handle', ...reasons.handle });
};

function operation(
  access: ts.PropertyAccessExpression,
  frame: Frame,
  inspection: Inspection,
): undefined {
  const call = access.parent;
  const called = ts.isCallExpression(call) && call.expression === access;
  if (!called || call.questionDotToken || access.questionDotToken)
    return refuse(inspection, access, { construct: 'operation', ...reasons.operation });
  if (frame.ghost) refuse(inspection, call, { construct: 'operation', ...reasons.ghost });
}

/** `stateOf<M>(handle)`: the machine must be the one behind the handle. */
function sameState(call: ts.Node, inspection: Inspection): undefined {
  if (!ts.isCallExpression(call)) return;
  const { checker } = inspection;
  const [handle] = call.arguments;
  const machine = handle && handledMachine(checker.getTypeAtLocation(handle));
  const said = checker.getTypeAtLocation(call).getSymbol();
  if (!machine || machine.getSymbol() !== said)
    refuse(inspection, call, { construct: 'stateOf', ...reasons.state });
}

/** `this.disk = disk` in the constructor, from its parameter. */
function isSetOnce(node: ts.Expression, parent: ts.Node, frame: Frame): boolean {
  const constructing = frame.within !== undefined && ts.isConstructorDeclaration(frame.within);
  if (!constructing) return false;
  if (ts.isExpressionStatement(parent)) return ts.isBinaryExpression(node);
  if (!ts.isBinaryExpression(parent)) return false;
  if (parent.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
  return bare(parent.left) === node ? ts.isPropertyAccessExpression(node) : ts.isIdentifier(node);
}

const reasons = {
  forAwait: {
    why: 'what is waited for between two turns is not written down',
    instead: 'for (...) with await of each call',
  },
  await: {
    why: 'only a call that is made here is waited for',
    instead: 'await of the call itself, and nothing for other values',
  },
  machine: {
    construct: 'AsyncKeyword',
    why: 'an operation of a machine is one atomic step',
    instead: 'a method that is not async; AsyncOperations<M> gives it to async code',
  },
  notAsync: {
    why: 'a function that hands on a promise may throw at another time than it seems',
    instead: 'async before the function, and await',
  },
  floating: {
    why: 'nobody waits: its effects may come later, or after a crash, and its error is lost',
    instead: 'await before the call',
  },
  kept: {
    why: 'a promise is awaited where it is made: kept, its effects would come in another order',
    instead: 'await before the call',
  },
  guarded: {
    why: 'without await its error passes by this try',
    instead: 'return await',
  },
  handle: {
    why: 'the lower machine has one user, and one name in it',
    instead: 'a field that the constructor sets, and calls of its operations',
  },
  operation: {
    why: 'an operation is called where it is named, on the handle',
    instead: 'a call, as in this.disk.read(address)',
  },
  ghost: {
    why: 'ghost code must have no effect: it is not run for real',
    instead: 'stateOf(this.disk), and its fields',
  },
  state: {
    why: 'it is the state of another machine than the one behind the handle',
    instead: 'stateOf<M>(this.disk) with the M of Operations<M>',
  },
} satisfies Record<string, Reason>;
