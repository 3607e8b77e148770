/** The mistakes that can be made at each construct. */
import ts from '@typescript/typescript6';

export type MistakeKind =
  | 'statement removed'
  | 'flush removed'
  | 'condition negated'
  | 'condition always true'
  | 'condition always false'
  | 'operator'
  | 'constant'
  | 'effects exchanged';

/** A stretch of the source, and what to write instead. */
export interface Edit {
  readonly kind: MistakeKind;
  readonly from: number;
  readonly to: number;
  readonly becomes: string;
}

/** What a layer says of itself, and does not do. */
const ghosts = new Set(
  'invariant decreases assert assume requires ghost ensures opaque use'.split(' '),
);

const otherOperators = new Map<ts.SyntaxKind, readonly string[]>([
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.AmpersandAmpersandToken, ['||']],
  [ts.SyntaxKind.BarBarToken, ['&&']],
  [ts.SyntaxKind.PlusToken, ['-']],
  [ts.SyntaxKind.MinusToken, ['+']],
  [ts.SyntaxKind.PlusEqualsToken, ['-=']],
  [ts.SyntaxKind.MinusEqualsToken, ['+=']],
]);

/** Every mistake within a node, in no order. */
export function editsOf(node: ts.Node, source: ts.SourceFile): readonly Edit[] {
  if (isGhost(node) || ts.isTypeNode(node)) return [];
  const inside: Edit[] = [];
  ts.forEachChild(node, (child) => {
    inside.push(...editsOf(child, source));
  });
  return [...here(node, source), ...inside];
}

function here(node: ts.Node, source: ts.SourceFile): readonly Edit[] {
  if (ts.isBlock(node) || ts.isSourceFile(node)) return exchanged(node.statements, source);
  if (ts.isStatement(node)) return [...removed(node, source), ...conditions(node, source)];
  if (ts.isConditionalExpression(node)) return negated(node.condition, source);
  if (ts.isBinaryExpression(node))
    return [...operators(node.operatorToken, source), ...first(node, source)];
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return numbers(node, source);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [over('constant', node, 'false', source)];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [over('constant', node, 'true', source)];
  return [];
}

function over(kind: MistakeKind, node: ts.Node, becomes: string, source: ts.SourceFile): Edit {
  return { kind, from: node.getStart(source), to: node.getEnd(), becomes };
}

function isGhost(node: ts.Node): boolean {
  const call = ts.isExpressionStatement(node) ? node.expression : node;
  return ts.isCallExpression(call) && ghosts.has(call.expression.getText());
}

/** Without a value to give, a statement can be left out and the source still has its types. */
function removed(node: ts.Statement, source: ts.SourceFile): readonly Edit[] {
  const removable =
    ts.isExpressionStatement(node) ||
    ts.isBreakOrContinueStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isIterationStatement(node, false) ||
    ts.isIfStatement(node) ||
    (ts.isReturnStatement(node) && !node.expression);
  if (!removable) return [];
  const kind = isFlush(node) ? 'flush removed' : 'statement removed';
  return [over(kind, node, '{}', source)];
}

function isFlush(node: ts.Statement): boolean {
  return ts.isExpressionStatement(node) && /\bflush\s*\(/.test(node.expression.getText());
}

function conditions(node: ts.Statement, source: ts.SourceFile): readonly Edit[] {
  if (ts.isIfStatement(node))
    return [
      ...negated(node.expression, source),
      over('condition always true', node.expression, always(node.expression, true), source),
      over('condition always false', node.expression, always(node.expression, false), source),
    ];
  if (ts.isWhileStatement(node)) return negated(node.expression, source);
  return [];
}

function negated(condition: ts.Expression, source: ts.SourceFile): readonly Edit[] {
  const text = condition.getText(source);
  return [over('condition negated', condition, `!(${text})`, source)];
}

/** The condition is still evaluated, for what it does and for the types that follow from it. */
function always(condition: ts.Expression, value: boolean): string {
  const text = condition.getText();
  return value ? `(${text}) || true` : `(${text}) && false`;
}

function operators(token: ts.Node, source: ts.SourceFile): readonly Edit[] {
  const others = otherOperators.get(token.kind) ?? [];
  return others.map((other) => over('operator', token, other, source));
}

/** `a ?? b` without `a`. */
function first(node: ts.BinaryExpression, source: ts.SourceFile): readonly Edit[] {
  if (node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) return [];
  return [over('operator', node, node.right.getText(source), source)];
}

function numbers(
  node: ts.NumericLiteral | ts.BigIntLiteral,
  source: ts.SourceFile,
): readonly Edit[] {
  const big = ts.isBigIntLiteral(node);
  const value = BigInt(node.text.replace(/n$/, ''));
  const others = value > 0n ? [value + 1n, value - 1n] : [value + 1n];
  return others.map((other) => over('constant', node, `${other}${big ? 'n' : ''}`, source));
}

/** Two statements side by side that both call something change places. */
function exchanged(statements: ts.NodeArray<ts.Statement>, source: ts.SourceFile): readonly Edit[] {
  return statements.flatMap((first, i): readonly Edit[] => {
    const second = statements[i + 1];
    if (!second || !isCall(first) || !isCall(second)) return [];
    const from = first.getStart(source);
    const to = second.getEnd();
    const [a, b] = [first.getText(source), second.getText(source)];
    const between = source.text.slice(first.getEnd(), second.getStart(source));
    return [{ kind: 'effects exchanged', from, to, becomes: `${b}${between}${a}` }];
  });
}

function isCall(node: ts.Statement): boolean {
  if (!ts.isExpressionStatement(node) || isGhost(node)) return false;
  const { expression } = node;
  return ts.isCallExpression(ts.isAwaitExpression(expression) ? expression.expression : expression);
}
