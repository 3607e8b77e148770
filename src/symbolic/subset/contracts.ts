/** Contracts: what the first statements of a lemma, or of an opaque function, say about it. */
import ts from '@typescript/typescript6';
import type { Inspection } from './inspection.ts';
import { calledMarker } from './own.ts';

const markers: ReadonlySet<string> = new Set(['requires', 'ensures', 'decreases', 'opaque']);

/** The marker that a statement consists of. */
function statementMarker(inspection: Inspection, node: ts.Statement): string | undefined {
  return ts.isExpressionStatement(node) ? calledMarker(inspection, node.expression) : undefined;
}

/** Whether a call of a marker is one of the first statements of a function of a module. */
export function opensFunction(call: ts.CallExpression, inspection: Inspection): boolean {
  const statement = call.parent;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return false;
  const { parent: holder, statements } = statement.parent;
  if (!ts.isFunctionDeclaration(holder)) return false;
  return statements
    .slice(0, statements.indexOf(statement) + 1)
    .every((each) => markers.has(statementMarker(inspection, each) ?? ''));
}

/** What a function says of itself, by marker. */
function contractOf(node: ts.Node, inspection: Inspection): readonly string[] {
  if (!ts.isFunctionDeclaration(node) || !node.body) return [];
  const said = node.body.statements.map((each) => statementMarker(inspection, each) ?? '');
  const end = said.findIndex((marker) => !markers.has(marker));
  return end < 0 ? said : said.slice(0, end);
}

/** A function that shows something, and returns nothing. */
export function isLemma(node: ts.Node, inspection: Inspection): boolean {
  if (!ts.isFunctionDeclaration(node)) return false;
  if (!contractOf(node, inspection).includes('ensures')) return false;
  const signature = inspection.checker.getSignatureFromDeclaration(node);
  const type = signature && inspection.checker.getReturnTypeOfSignature(signature);
  return type !== undefined && (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) !== 0;
}

/** Whether only ghosts may call a function: a lemma, or one that calls itself. */
export function isForGhosts(node: ts.Node, inspection: Inspection): boolean {
  return isLemma(node, inspection) || contractOf(node, inspection).includes('decreases');
}
