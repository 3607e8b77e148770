/** A file without layers: every function and class in it, as a library. */
import ts from '@typescript/typescript6';
import { codeClass, errorClass, handlesOf, readClass } from './classes.ts';
import { attempt, type Reader } from './context.ts';
import { demand } from './functions.ts';
import { typeParametersOf } from './instances.ts';

export function readWhole(reader: Reader, file: ts.SourceFile): void {
  for (const node of file.statements) {
    if (ts.isClassDeclaration(node)) attempt(reader, () => readOne(reader, node));
    if (ts.isFunctionDeclaration(node)) attempt(reader, () => root(reader, node));
    if (ts.isVariableStatement(node))
      for (const declaration of node.declarationList.declarations)
        if (declaration.initializer && ts.isArrowFunction(declaration.initializer))
          attempt(reader, () => root(reader, declaration));
  }
}

/** A generic function is read where it is called. */
function root(reader: Reader, declaration: ts.Declaration): void {
  if (typeParametersOf(declaration).length > 0) return;
  const key = demand(reader, declaration, declaration);
  const contract = reader.functions.get(key)?.contract;
  // Lemmas, and functions that call themselves, are never run for real.
  if (contract?.kind !== 'lemma' && !contract?.measure) reader.roots.add(key);
}

function readOne(reader: Reader, node: ts.ClassDeclaration): void {
  const extended = node.heritageClauses?.some((h) => h.token === ts.SyntaxKind.ExtendsKeyword);
  if (extended) errorClass(reader, node);
  else if (handlesOf(reader, node).length > 0) codeClass(reader, node);
  else readClass(reader, node, 'machine');
}
