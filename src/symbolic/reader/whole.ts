/** A file without layers: every function and class in it, as a library. */
import ts from '@typescript/typescript6';
import type { Class } from '../ir.ts';
import { readClass } from './classes.ts';
import { attempt, type Reader } from './context.ts';
import { demand } from './functions.ts';
import { handleOf } from './types.ts';

export function readWhole(reader: Reader, file: ts.SourceFile): void {
  for (const node of file.statements) {
    if (ts.isClassDeclaration(node))
      attempt(reader, () => readClass(reader, node, roleOf(reader, node)));
    if (ts.isFunctionDeclaration(node)) attempt(reader, () => root(reader, node));
    if (ts.isVariableStatement(node))
      for (const declaration of node.declarationList.declarations)
        if (declaration.initializer && ts.isArrowFunction(declaration.initializer))
          attempt(reader, () => root(reader, declaration));
  }
}

function root(reader: Reader, declaration: ts.Declaration): void {
  reader.roots.add(demand(reader, declaration, declaration));
}

function roleOf(reader: Reader, node: ts.ClassDeclaration): Class['role'] {
  const extended = node.heritageClauses?.some((h) => h.token === ts.SyntaxKind.ExtendsKeyword);
  if (extended) return 'error';
  const handled = node.members.some((member) => {
    const parts = ts.isConstructorDeclaration(member) ? member.parameters : [member];
    return parts.some((part) => handleOf(reader.checker.getTypeAtLocation(part)) !== undefined);
  });
  return handled ? 'code' : 'machine';
}
