/** Closures that a function of arrays calls at once. What they may do is the reader's to see. */
import ts from '@typescript/typescript6';
import {
  around,
  bare,
  type Inspection,
  type Reason,
  type Rule,
  refuse,
  symbolOf,
  wrapped,
} from './inspection.ts';
import { isLibrarySymbol, libraryName, withClosure } from './library.ts';
import { references } from './types.ts';

/** `xs.includes(x)` compares as `===` does. */
export const closures: Rule = (node, _frame, inspection) => {
  if (!ts.isCallExpression(node)) return;
  const name = calledOn(inspection, node);
  const searched = node.arguments[0];
  if (!searched || !name || !['includes', 'indexOf'].includes(name)) return;
  const { checker } = inspection;
  const compared = checker.getTypeAtLocation(searched);
  const unit = ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  const list = checker.getTypeAtLocation(
    (node.expression as ts.PropertyAccessExpression).expression,
  );
  const element = checker.getIndexTypeOfType(list, ts.IndexKind.Number);
  const known = element && references(inspection, element).length === 0;
  if (!known && !(compared.flags & unit)) refuse(inspection, node.expression, identity);
};

const identity: Reason = {
  construct: 'identity',
  why: 'it compares by identity',
  instead: 'some, and a comparison of what is meant',
};

/** Whether an arrow function is handed to a function of arrays, which calls it at once. */
export function isCalledAtOnce(inspection: Inspection, arrow: ts.ArrowFunction): boolean {
  const call = around(arrow);
  if (!ts.isCallExpression(call)) return false;
  const name = calledOn(inspection, call);
  if (name === 'from') return call.arguments[1] === wrapped(arrow);
  return name !== undefined && withClosure.includes(name) && call.arguments[0] === wrapped(arrow);
}

/** Whether an arrow function is the body of a loop: what `forEach` is handed. */
export function isTurn(inspection: Inspection, node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) || !isCalledAtOnce(inspection, node)) return false;
  return calledOn(inspection, around(node) as ts.CallExpression) === 'forEach';
}

/** `Array.from({ length }, (_, i) => ...)`: there is no element, and nobody asks for one. */
export function isNothing(inspection: Inspection, node: ts.Node): boolean {
  if (!ts.isParameter(node) || !ts.isArrowFunction(node.parent)) return false;
  const call = around(node.parent);
  return (
    node.parent.parameters[0] === node &&
    ts.isCallExpression(call) &&
    calledOn(inspection, call) === 'from'
  );
}

const owners: ReadonlySet<string> = new Set([
  'Array',
  'ReadonlyArray',
  'Uint8Array',
  'ArrayConstructor',
  'Map',
  'ReadonlyMap',
  'Set',
  'ReadonlySet',
]);

/** The name of the library's function of arrays that is called. */
function calledOn(inspection: Inspection, call: ts.CallExpression): string | undefined {
  const callee = bare(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const symbol = symbolOf(inspection, callee.name);
  if (!symbol || !isLibrarySymbol(symbol, inspection.program)) return undefined;
  const { container, member } = libraryName(symbol);
  return owners.has(container) ? member : undefined;
}
