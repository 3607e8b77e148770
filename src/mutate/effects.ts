/**
 * Two effects in the other order: the first is moved behind the second.
 *
 * What stands between them without an effect of its own goes first, so that a block, its length and
 * a flag are exchanged whether or not a value is worked out in between.
 */
import ts from '@typescript/typescript6';
import type { Edit } from './edits.ts';
import { isGhost, someRunning } from './ghosts.ts';

export function exchanged(
  statements: ts.NodeArray<ts.Statement>,
  source: ts.SourceFile,
): readonly Edit[] {
  return statements.flatMap((first, i): readonly Edit[] => {
    const next = statements[i + 1];
    if (!next || !isEffect(first) || leaves(first)) return [];
    const offset = statements.slice(i + 1).findIndex(isEffect);
    const second = statements[i + 1 + offset];
    if (offset < 0 || !second || leaves(second)) return [];
    const names = declared(first);
    const rest = statements.slice(i + 1, i + 2 + offset);
    if (rest.some((statement) => mentions(statement, names))) return [];
    const from = first.getStart(source);
    const to = second.getEnd();
    const gap = source.text.slice(first.getEnd(), next.getStart(source));
    const moved = source.text.slice(next.getStart(source), to);
    return [
      { kind: 'effects exchanged', from, to, becomes: `${moved}${gap}${first.getText(source)}` },
    ];
  });
}

/** Whether a statement calls the machine below, or a method of its own that may. */
function isEffect(statement: ts.Statement): boolean {
  if (isGhost(statement)) return false;
  return someRunning(statement, (node) => ts.isCallExpression(node) && isOfThis(node.expression));
}

function isOfThis(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node)) return false;
  const { expression } = node;
  return expression.kind === ts.SyntaxKind.ThisKeyword || isOfThis(expression);
}

/** Behind these nothing runs. */
function leaves(statement: ts.Statement): boolean {
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isBreakOrContinueStatement(statement)
  );
}

function declared(statement: ts.Statement): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const one of name.elements) if (ts.isBindingElement(one)) collect(one.name);
  };
  if (ts.isVariableStatement(statement))
    for (const { name } of statement.declarationList.declarations) collect(name);
  return names;
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text);
  return ts.forEachChild(node, (child) => mentions(child, names)) ?? false;
}
