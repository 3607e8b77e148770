/** What a layer says of itself, and does not do. */
import ts from '@typescript/typescript6';

const ghosts = new Set(
  'invariant decreases assert assume requires ghost ensures opaque use'.split(' '),
);

export function isGhost(node: ts.Node): boolean {
  const call = ts.isExpressionStatement(node) ? node.expression : node;
  return ts.isCallExpression(call) && ghosts.has(call.expression.getText());
}

/** Whether this holds of a node or anything in it that runs. */
export function someRunning(node: ts.Node, holds: (node: ts.Node) => boolean): boolean {
  if (isGhost(node) || ts.isTypeNode(node)) return false;
  return holds(node) || (ts.forEachChild(node, (child) => someRunning(child, holds)) ?? false);
}
