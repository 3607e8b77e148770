import type ts from '@typescript/typescript6';
import type { Position } from '../ir.ts';
import { nameOfKind } from '../subset/syntax.ts';

/** Where a node stands, without the comments before it. */
export function positionOf(node: ts.Node): Position {
  const source = node.getSourceFile();
  return positionIn(source, node.getStart(source), node.getEnd());
}

/** A range of characters of a file. */
export function positionIn(source: ts.SourceFile, start: number, end: number): Position {
  const from = source.getLineAndCharacterOfPosition(start);
  const to = source.getLineAndCharacterOfPosition(end);
  return {
    file: source.fileName,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** The construct's name in a refusal. */
export function kindName(node: ts.Node): string {
  return nameOfKind(node.kind);
}
