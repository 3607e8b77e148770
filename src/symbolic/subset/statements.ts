/** Statements whose shape decides: variables, loops, switches, errors. */
import ts from '@typescript/typescript6';
import {
  bare,
  everyNode,
  hasModifier,
  type Inspection,
  isAssignment,
  isStep,
  type Rule,
  refuse,
  symbolOf,
} from './inspection.ts';
import { statementReasons as reasons } from './statement-reasons.ts';
import { references } from './types.ts';

const { SyntaxKind, NodeFlags } = ts;

export const statements: Rule = (node, _frame, inspection) => {
  if (ts.isVariableDeclarationList(node)) variables(node, inspection);
  if (isBinding(node)) binding(node, inspection);
  if (ts.isFunctionDeclaration(node) && !ts.isSourceFile(node.parent))
    refuse(inspection, node, reasons.inner);
  if (ts.isClassDeclaration(node) && !ts.isSourceFile(node.parent))
    refuse(inspection, node, reasons.innerClass);
  if (ts.isSwitchStatement(node)) switching(node, inspection);
  if (ts.isBreakOrContinueStatement(node) && node.label) refuse(inspection, node, reasons.label);
};

type Binding = ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement;

function isBinding(node: ts.Node): node is Binding {
  return ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
}

function variables(node: ts.VariableDeclarationList, inspection: Inspection): undefined {
  const flags = node.flags & NodeFlags.BlockScoped;
  if (flags === NodeFlags.None) return refuse(inspection, node, reasons.var);
  if (flags !== NodeFlags.Let && flags !== NodeFlags.Const)
    return refuse(inspection, node, reasons.using);
  if (ts.isVariableStatement(node.parent)) scattered(node.parent, inspection);
}

/** A variable of one clause of a switch that another clause names: it may have no value there. */
function scattered(statement: ts.VariableStatement, inspection: Inspection): undefined {
  const clause = statement.parent;
  if (!ts.isCaseOrDefaultClause(clause)) return;
  for (const { name } of statement.declarationList.declarations) {
    const symbol = inspection.checker.getSymbolAtLocation(name);
    everyNode(clause.parent, (node) => {
      if (!ts.isIdentifier(node) || symbolOf(inspection, node) !== symbol) return;
      if (node.pos < clause.pos || node.end > clause.end) refuse(inspection, node, reasons.clause);
    });
  }
}

/** Names that mean something everywhere else. */
const taken: ReadonlySet<string> = new Set([
  'undefined',
  'NaN',
  'Infinity',
  'arguments',
  'eval',
  'globalThis',
  'Array',
  'BigInt',
  'Error',
  'Math',
  'Number',
  'Object',
  'Map',
  'Promise',
  'Set',
  'Symbol',
  'Uint8Array',
]);

function binding(node: Binding, inspection: Inspection): undefined {
  if (ts.isIdentifier(node.name) && taken.has(node.name.text))
    refuse(inspection, node.name, reasons.taken);
  if (ts.isVariableDeclaration(node) && node.exclamationToken)
    refuse(inspection, node, reasons.definite);
  if (ts.isParameter(node)) parameter(node, inspection);
  if (ts.isBindingElement(node)) element(node, inspection);
}

function parameter(node: ts.ParameterDeclaration, inspection: Inspection): undefined {
  if (node.dotDotDotToken) refuse(inspection, node, reasons.rest);
  if (node.initializer && !isPlain(node.initializer))
    refuse(inspection, node.initializer, reasons.default);
}

/** Nothing that could be seen happens when it is evaluated. */
function isPlain(node: ts.Expression): boolean {
  let plain = true;
  everyNode(node, (each) => {
    const effect =
      ts.isCallExpression(each) ||
      ts.isNewExpression(each) ||
      ts.isAwaitExpression(each) ||
      isAssignment(each) ||
      isStep(each);
    if (effect) plain = false;
  });
  return plain;
}

function element(node: ts.BindingElement, inspection: Inspection): undefined {
  if (node.dotDotDotToken && ts.isObjectBindingPattern(node.parent))
    refuse(inspection, node, reasons.restOf);
  if (node.initializer && !isPlain(node.initializer))
    refuse(inspection, node.initializer, reasons.default);
}

/** A literal: its value does not depend on when it is evaluated. */
export function isConstant(node: ts.Expression): boolean {
  const inner = bare(node);
  if (ts.isPrefixUnaryExpression(inner))
    return inner.operator === SyntaxKind.MinusToken && isConstant(inner.operand);
  if (ts.isArrayLiteralExpression(inner)) return inner.elements.every(isConstant);
  if (ts.isObjectLiteralExpression(inner))
    return inner.properties.every(
      (each) => ts.isPropertyAssignment(each) && isConstant(each.initializer),
    );
  const word = [SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword, SyntaxKind.NullKeyword];
  return (
    ts.isNumericLiteral(inner) ||
    ts.isBigIntLiteral(inner) ||
    ts.isStringLiteral(inner) ||
    word.includes(inner.kind) ||
    (ts.isIdentifier(inner) && inner.text === 'undefined')
  );
}

function switching(node: ts.SwitchStatement, inspection: Inspection): undefined {
  const type = inspection.checker.getTypeAtLocation(node.expression);
  if (references(inspection, type).length > 0) refuse(inspection, node.expression, reasons.switch);
  const { clauses } = node.caseBlock;
  for (const clause of clauses) {
    if (ts.isCaseClause(clause) && !isConstant(clause.expression))
      refuse(inspection, clause.expression, reasons.case);
    if (ts.isDefaultClause(clause) && clause !== clauses.at(-1))
      refuse(inspection, clause, reasons.defaultClause);
  }
}

/** What the parameters of a function may not be; asked where it is declared. */
export const signatures: Rule = (node, _frame, inspection) => {
  if (!ts.isFunctionLike(node)) return;
  if ('asteriskToken' in node && node.asteriskToken) refuse(inspection, node, reasons.generator);
  const ofModule = ts.isFunctionDeclaration(node) || ts.isArrowFunction(node);
  if (node.typeParameters && !ofModule)
    refuse(inspection, node.typeParameters[0]!, reasons.generic);
  const bodied = 'body' in node && node.body !== undefined;
  if (!bodied) refuse(inspection, node, reasons.bodiless);
  if (hasModifier(node, SyntaxKind.DefaultKeyword)) refuse(inspection, node, reasons.unnamed);
  const [first] = node.parameters;
  if (first && ts.isIdentifier(first.name) && first.name.text === 'this')
    refuse(inspection, first, reasons.thisParameter);
};
