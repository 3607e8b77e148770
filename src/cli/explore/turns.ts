/**
 * Loops that never end.
 *
 * Code that loops without calling its machine could be stopped by nobody. When it is explored,
 * each turn of each of its loops is counted, and too many in one go are an error of the code.
 * Code that is run for real is left as it was written.
 */
import type ts from '@typescript/typescript6';

type Compiler = typeof ts;

const turn = 'plimsollTurn';
const mostTurns = 1_000_000;

/** Lets translated code count; the count begins anew when the code has had its turn. */
export function countTurns(): void {
  let turns = 0;
  const reset = () => {
    turns = 0;
  };
  const count = () => {
    if (turns++ === 0) queueMicrotask(reset);
    if (turns <= mostTurns) return;
    const turnsText = mostTurns.toLocaleString('en');
    const error = new RangeError(`it does not end: ${turnsText} turns of its loops`);
    // The place that counts is that of the loop.
    Error.captureStackTrace(error, count);
    throw error;
  };
  Object.assign(globalThis, { [turn]: count });
}

/** A translation that puts the count at the beginning of every loop's body. */
export function counting(compiler: Compiler): ts.TransformerFactory<ts.SourceFile> {
  const { factory } = compiler;
  const counted = (body: ts.Statement) => {
    const call = factory.createCallExpression(factory.createIdentifier(turn), undefined, []);
    return factory.createBlock([factory.createExpressionStatement(call), body], true);
  };
  return (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const inner = compiler.visitEachChild(node, visit, context);
      return compiler.isIterationStatement(inner, false) ? loop(inner) : inner;
    };
    const loop = (node: ts.IterationStatement): ts.IterationStatement => {
      const body = counted(node.statement);
      if (compiler.isWhileStatement(node))
        return factory.updateWhileStatement(node, node.expression, body);
      if (compiler.isDoStatement(node))
        return factory.updateDoStatement(node, body, node.expression);
      if (compiler.isForStatement(node)) {
        const { initializer, condition, incrementor } = node;
        return factory.updateForStatement(node, initializer, condition, incrementor, body);
      }
      if (compiler.isForInStatement(node))
        return factory.updateForInStatement(node, node.initializer, node.expression, body);
      const each = node as ts.ForOfStatement;
      const { awaitModifier, initializer, expression } = each;
      return factory.updateForOfStatement(each, awaitModifier, initializer, expression, body);
    };
    return (file) => compiler.visitEachChild(file, visit, context);
  };
}
