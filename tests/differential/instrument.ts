/**
 * JavaScript that notices when it leaves the model: an index out of bounds, an integer that is not
 * safe, a narrowing that fails. Written against the syntax tree and independent of the reader, so
 * that every obligation of the representation is compared with one found here.
 */
import ts from '@typescript/typescript6';

const { factory } = ts;

const arithmetic = new Map<ts.SyntaxKind, ts.BinaryOperator>([
  [ts.SyntaxKind.PlusToken, ts.SyntaxKind.PlusToken],
  [ts.SyntaxKind.MinusToken, ts.SyntaxKind.MinusToken],
  [ts.SyntaxKind.AsteriskToken, ts.SyntaxKind.AsteriskToken],
]);
const compound = new Map<ts.SyntaxKind, ts.BinaryOperator>([
  [ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.PlusToken],
  [ts.SyntaxKind.MinusEqualsToken, ts.SyntaxKind.MinusToken],
  [ts.SyntaxKind.AsteriskEqualsToken, ts.SyntaxKind.AsteriskToken],
]);
/** Functions by name that are replaced as they are. */
const functions = new Set(['u8', 'u16', 'u32', 'u64', 'Number', 'assert', 'assume']);

/** For the compiler, before it emits JavaScript. */
export function instrument(strict: boolean): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (source) =>
    ts.visitEachChild(source, new Instrument(context, source, strict).visit, context);
}

/** Left of `??`. */
function isLookedAt(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

/** A part of a pattern that must be there: it has no default, and is not the rest. */
function isTaken(part: ts.ArrayBindingElement): boolean {
  return ts.isBindingElement(part) && !part.initializer && !part.dotDotDotToken;
}

class Instrument {
  private readonly context: ts.TransformationContext;
  private readonly source: ts.SourceFile;
  private readonly strict: boolean;

  constructor(context: ts.TransformationContext, source: ts.SourceFile, strict: boolean) {
    this.strict = strict;
    this.context = context;
    this.source = source;
  }

  readonly visit = (node: ts.Node): ts.Node => {
    if (ts.isBinaryExpression(node)) return this.binary(node);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
      return this.unary(node);
    if (ts.isNonNullExpression(node)) return this.nonNull(node);
    if (ts.isElementAccessExpression(node)) return this.element(node);
    if (ts.isCallExpression(node)) return this.call(node);
    if (ts.isNewExpression(node)) return this.create(node);
    if (ts.isVariableDeclaration(node)) return this.declaration(node);
    if (ts.isTypeNode(node)) return node;
    return this.children(node);
  };

  /** `const [a, b] = xs`: as for elements, both are there if the types say so. */
  private declaration(node: ts.VariableDeclaration): ts.Node {
    const { name, initializer } = node;
    if (this.strict || !initializer || !ts.isArrayBindingPattern(name)) return this.children(node);
    const length = factory.createNumericLiteral(name.elements.findLastIndex(isTaken) + 1);
    const whole = this.check('taken', node, this.of(initializer), length);
    return factory.updateVariableDeclaration(node, name, undefined, undefined, whole);
  }

  private children(node: ts.Node): ts.Node {
    return ts.visitEachChild(node, this.visit, this.context);
  }

  private of(node: ts.Expression): ts.Expression {
    return this.visit(node) as ts.Expression;
  }

  /** `$.name(...given, line)` */
  private check(name: string, node: ts.Node, ...given: readonly ts.Expression[]): ts.Expression {
    const line = this.source.getLineAndCharacterOfPosition(node.getStart(this.source)).line + 1;
    return factory.createCallExpression(
      factory.createPropertyAccessExpression(factory.createIdentifier('$'), name),
      undefined,
      [...given, factory.createNumericLiteral(line)],
    );
  }

  private binary(node: ts.BinaryExpression): ts.Node {
    const operator = arithmetic.get(node.operatorToken.kind);
    const { left, right } = node;
    if (operator) {
      const plain = factory.createBinaryExpression(this.of(left), operator, this.of(right));
      return this.check('arithmetic', node, plain);
    }
    if (node.operatorToken.kind === ts.SyntaxKind.PercentToken)
      return this.check('remainder', node, this.of(left), this.of(right));
    const assigned = compound.get(node.operatorToken.kind);
    if (assigned) return this.assignWith(node, assigned);
    if (
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isElementAccessExpression(left)
    ) {
      const index = this.of(left.argumentExpression);
      return this.check('store', node, this.of(left.expression), index, this.of(right));
    }
    return this.children(node);
  }

  private assignWith(node: ts.BinaryExpression, operator: ts.BinaryOperator): ts.Node {
    const target = ts.isNonNullExpression(node.left) ? node.left.expression : node.left;
    if (!ts.isElementAccessExpression(target)) {
      const plain = factory.createBinaryExpression(node.left, operator, this.of(node.right));
      return this.parenthesized(
        factory.createAssignment(node.left, this.check('arithmetic', node, plain)),
      );
    }
    const [array, index] = [this.temporary(), this.temporary()];
    const old = this.check('element', node, array, index);
    const plain = factory.createBinaryExpression(old, operator, this.of(node.right));
    return this.sequence(
      factory.createAssignment(array, this.of(target.expression)),
      factory.createAssignment(index, this.of(target.argumentExpression)),
      this.check('store', node, array, index, this.check('arithmetic', node, plain)),
    );
  }

  private unary(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): ts.Node {
    const { operator, operand } = node;
    if (operator !== ts.SyntaxKind.PlusPlusToken && operator !== ts.SyntaxKind.MinusMinusToken)
      return this.children(node);
    const by = factory.createNumericLiteral(1);
    const name = operator === ts.SyntaxKind.PlusPlusToken ? 'increased' : 'decreased';
    if (ts.isPrefixUnaryExpression(node))
      return this.parenthesized(
        factory.createAssignment(operand, this.check(name, node, operand, by)),
      );
    const old = this.temporary();
    return this.sequence(
      factory.createAssignment(old, operand),
      factory.createAssignment(operand, this.check(name, node, old, by)),
      old,
    );
  }

  private nonNull(node: ts.NonNullExpression): ts.Node {
    const inner = node.expression;
    if (!ts.isElementAccessExpression(inner)) return this.check('nonNull', node, this.of(inner));
    const [array, index] = [this.of(inner.expression), this.of(inner.argumentExpression)];
    return this.check('nonNull', node, this.check('element', node, array, index));
  }

  /** Without `noUncheckedIndexedAccess` an element is there, unless one looks whether it is. */
  private element(node: ts.ElementAccessExpression): ts.Node {
    if (this.strict || isLookedAt(node)) return this.children(node);
    return this.check('element', node, this.of(node.expression), this.of(node.argumentExpression));
  }

  private call(node: ts.CallExpression): ts.Node {
    const given = node.arguments;
    const name = node.expression.getText(this.source);
    if (name === 'Math.floor' && ts.isBinaryExpression(given[0]!))
      return this.check('floor', node, this.of(given[0].left), this.of(given[0].right));
    if (functions.has(name)) return this.check(name, node, this.of(given[0]!));
    if (name === 'Array.from') return this.numbered(node);
    if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'slice')
      return this.check(
        'slice',
        node,
        this.of(node.expression.expression),
        ...given.map((g) => this.of(g)),
      );
    return this.children(node);
  }

  /** `Array.from({ length: n }, ...)` */
  private numbered(node: ts.CallExpression): ts.Node {
    const [like, closure] = node.arguments;
    const [length] = (like as ts.ObjectLiteralExpression).properties;
    const count = this.of((length as ts.PropertyAssignment).initializer);
    const checked = factory.createPropertyAssignment('length', this.check('length', node, count));
    const given = [factory.createObjectLiteralExpression([checked]), this.of(closure!)];
    return factory.createCallExpression(node.expression, undefined, given);
  }

  private create(node: ts.NewExpression): ts.Node {
    const name = node.expression.getText(this.source);
    const [length] = node.arguments ?? [];
    if ((name !== 'Uint8Array' && name !== 'Array') || !length) return this.children(node);
    const checked = this.check('length', node, this.of(length));
    return factory.createNewExpression(node.expression, undefined, [checked]);
  }

  private temporary(): ts.Identifier {
    const name = factory.createUniqueName('$t');
    this.context.hoistVariableDeclaration(name);
    return name;
  }

  private sequence(...parts: readonly ts.Expression[]): ts.Expression {
    return this.parenthesized(factory.createCommaListExpression(parts));
  }

  private parenthesized(expression: ts.Expression): ts.Expression {
    return factory.createParenthesizedExpression(expression);
  }
}
