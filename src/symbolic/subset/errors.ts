/** Errors: declared classes, thrown and caught by name, and none swallowed. */
import ts from '@typescript/typescript6';
import {
  around,
  bare,
  everyNode,
  type Frame,
  type Inspection,
  type Rule,
  refuse,
  symbolOf,
} from './inspection.ts';
import { isLibrarySymbol } from './library.ts';
import { statementReasons as reasons } from './statement-reasons.ts';

const { SyntaxKind } = ts;

export const errors: Rule = (node, frame, inspection) => {
  if (ts.isThrowStatement(node)) throwing(node, frame, inspection);
  if (ts.isTryStatement(node)) trying(node, inspection);
  if (ts.isCatchClause(node)) catching(node, inspection);
  if (isInstanceOf(node) && !isHandlerTest(node)) refuse(inspection, node, reasons.instanceOf);
};

/** `throw new Full()`, or again the error that a handler was given. */
function throwing(node: ts.ThrowStatement, frame: Frame, inspection: Inspection): undefined {
  const thrown = bare(node.expression);
  if (ts.isIdentifier(thrown)) {
    if (!isCaught(inspection, thrown)) refuse(inspection, node, reasons.throw);
    return;
  }
  const type = inspection.checker.getTypeAtLocation(thrown);
  if (!ts.isNewExpression(thrown) || !isErrorClass(inspection, type) || frame.ghost)
    return refuse(inspection, node, reasons.throw);
  const told = thrown.arguments ?? [];
  if (told.length > 1 || !told.every((each) => ts.isStringLiteralLike(each)))
    refuse(inspection, node, reasons.message);
}

function isCaught(inspection: Inspection, name: ts.Identifier): boolean {
  const declaration = symbolOf(inspection, name)?.valueDeclaration;
  return declaration !== undefined && ts.isCatchClause(declaration.parent);
}

/** A class of the user that extends the library's Error, and adds nothing. */
export function isErrorClass(inspection: Inspection, type: ts.Type): boolean {
  const declaration = type.getSymbol()?.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isClassDeclaration(declaration) &&
    extendsError(inspection, declaration)
  );
}

export function extendsError(inspection: Inspection, node: ts.ClassDeclaration): boolean {
  const heritage = node.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword);
  const [base] = heritage?.types ?? [];
  const symbol = base && symbolOf(inspection, base.expression);
  return symbol?.name === 'Error' && isLibrarySymbol(symbol, inspection.program);
}

function trying(node: ts.TryStatement, inspection: Inspection): undefined {
  if (node.finallyBlock) refuse(inspection, node, reasons.finally);
}

/**
 * `catch (e) { if (e instanceof A) ... else if ... ; throw e }`, or, first of all,
 * `if (!(e instanceof A)) throw e;`: nothing is swallowed.
 */
function catching(node: ts.CatchClause, inspection: Inspection): undefined {
  const name = node.variableDeclaration?.name;
  if (!name || !ts.isIdentifier(name)) return refuse(inspection, node, reasons.catchAll);
  const symbol = inspection.checker.getSymbolAtLocation(name);
  if (
    !endsByThrowing(inspection, node.block, symbol) &&
    !beginsByThrowing(inspection, node, symbol)
  )
    refuse(inspection, node, reasons.catchAll);
  everyNode(node.block, (each) => {
    if (!ts.isIdentifier(each) || symbolOf(inspection, each) !== symbol) return;
    const { parent } = each;
    const tested = isInstanceOf(parent) && parent.left === each;
    if (!tested && !ts.isThrowStatement(parent)) refuse(inspection, each, reasons.caught);
  });
}

/** Whether all errors but those of one class are thrown again before anything else. */
function beginsByThrowing(
  inspection: Inspection,
  node: ts.CatchClause,
  symbol: ts.Symbol | undefined,
): boolean {
  const [first] = node.block.statements;
  if (!first || !ts.isIfStatement(first) || first.elseStatement) return false;
  const test = bare(first.expression);
  return (
    ts.isPrefixUnaryExpression(test) &&
    test.operator === SyntaxKind.ExclamationToken &&
    isInstanceOf(bare(test.operand)) &&
    throwsAgain(inspection, first.thenStatement, symbol)
  );
}

function endsByThrowing(
  inspection: Inspection,
  block: ts.Block,
  symbol: ts.Symbol | undefined,
): boolean {
  const last = block.statements.at(-1);
  if (throwsAgain(inspection, last, symbol)) return block.statements.slice(0, -1).every(isHandler);
  if (block.statements.length !== 1 || !last) return false;
  let chain: ts.Statement | undefined = last;
  while (chain && ts.isIfStatement(chain) && isHandler(chain)) chain = chain.elseStatement;
  return throwsAgain(inspection, chain, symbol);
}

function throwsAgain(
  inspection: Inspection,
  node: ts.Statement | undefined,
  symbol: ts.Symbol | undefined,
): boolean {
  if (!node) return false;
  if (ts.isBlock(node)) return throwsAgain(inspection, node.statements.at(-1), symbol);
  return (
    ts.isThrowStatement(node) &&
    ts.isIdentifier(node.expression) &&
    symbolOf(inspection, node.expression) === symbol
  );
}

function isHandler(node: ts.Statement): boolean {
  return ts.isIfStatement(node) && isInstanceOf(bare(node.expression));
}

function isInstanceOf(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InstanceOfKeyword;
}

/** The whole condition of an `if` in a handler, or that it is not so. */
function isHandlerTest(node: ts.BinaryExpression): boolean {
  const outer = around(node);
  const negated =
    ts.isPrefixUnaryExpression(outer) && outer.operator === SyntaxKind.ExclamationToken;
  if (!ts.isIfStatement(negated ? around(outer) : node.parent)) return false;
  for (let at: ts.Node = node; at && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isCatchClause(at)) return true;
  return false;
}
