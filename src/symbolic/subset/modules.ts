/** Modules: declarations only, nothing that runs when they are imported. */
import ts from '@typescript/typescript6';
import { codecLiteral } from '../reader/codecs.ts';
import * as origin from '../reader/origin.ts';
import { bare, type Inspection, type Reason, refuse, refuseText, symbolOf } from './inspection.ts';
import { isComposition, isRefinement } from './own.ts';
import { isConstant } from './statements.ts';
import { treatmentOf } from './syntax.ts';
import { isMutable, typeProblem } from './types.ts';

/** What a source file must keep to, whether or not anything in it is used. */
export function checkModule(inspection: Inspection, file: ts.SourceFile): undefined {
  if (isPlimsoll(inspection, file)) return;
  comments(inspection, file);
  if (!/\.m?ts$/.test(file.fileName)) start(inspection, file, reasons.language);
  if (!ts.isExternalModule(file)) start(inspection, file, reasons.script);
  for (const statement of file.statements) topLevel(inspection, statement);
}

/** Plimsoll's own markers and choices, which the reader knows and does not read. */
export function isPlimsoll(inspection: Inspection, file: ts.SourceFile): boolean {
  return file.statements.some((statement) => {
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name)
      : ts.isFunctionDeclaration(statement) && statement.name
        ? [statement.name]
        : [];
    return names.some((name) => {
      const symbol = inspection.checker.getSymbolAtLocation(name);
      return isOwn(symbol);
    });
  });
}

/** What Plimsoll offers to those who write layers, and does not read. */
function isOwn(symbol: ts.Symbol | undefined): boolean {
  return (
    origin.modelName(symbol) !== undefined ||
    origin.isRefinement(symbol) ||
    origin.composition(symbol) !== undefined
  );
}

const switches = /@ts-(ignore|expect-error|nocheck)\b/g;

function comments(inspection: Inspection, file: ts.SourceFile): undefined {
  for (const found of file.text.matchAll(switches))
    refuseText(inspection, file, [found.index, found.index + found[0].length], reasons.unchecked);
  const references = [
    ...file.referencedFiles,
    ...file.typeReferenceDirectives,
    ...file.libReferenceDirectives,
  ];
  for (const { pos, end } of references)
    refuseText(inspection, file, [pos, end], reasons.reference);
}

function start(
  inspection: Inspection,
  file: ts.SourceFile,
  reason: Reason & { readonly construct: string },
): undefined {
  refuseText(inspection, file, [0, 0], reason);
}

function topLevel(inspection: Inspection, node: ts.Statement): undefined {
  const treatment = treatmentOf(node.kind);
  if (treatment.treatment === 'refused') return refuse(inspection, node, treatment);
  if (ts.isImportDeclaration(node)) return imported(inspection, node);
  if (ts.isExportDeclaration(node)) return exported(inspection, node);
  if (ts.isVariableStatement(node)) return constants(inspection, node);
  const declared =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node);
  if (!declared) return refuse(inspection, node, reasons.effect);
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  const unnamed = modifiers.find(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  if (unnamed) refuse(inspection, unnamed, reasons.default);
  const ambient = modifiers.find(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  if (ambient) refuse(inspection, ambient, reasons.declare);
}

function imported(inspection: Inspection, node: ts.ImportDeclaration): undefined {
  const clause = node.importClause;
  if (!clause) return refuse(inspection, node, reasons.sideEffect);
  if (clause.name) refuse(inspection, clause.name, reasons.default);
  const named = clause.namedBindings;
  if (!named) return;
  if (ts.isNamespaceImport(named)) return refuse(inspection, named, reasons.namespace);
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
  for (const name of named.elements) if (!name.isTypeOnly) importedName(inspection, name);
}

/** A module that is imported for a value runs: it must be one that is read. */
function importedName(inspection: Inspection, node: ts.ImportSpecifier): undefined {
  const symbol = symbolOf(inspection, node.name);
  const file = symbol?.declarations?.[0]?.getSourceFile();
  if (!symbol || !file || !(symbol.flags & ts.SymbolFlags.Value)) return;
  if (file.isDeclarationFile && !isOwn(symbol)) refuse(inspection, node, reasons.unread);
}

function exported(inspection: Inspection, node: ts.ExportDeclaration): undefined {
  const clause = node.exportClause;
  if (clause && ts.isNamespaceExport(clause)) refuse(inspection, clause, reasons.namespace);
}

function constants(inspection: Inspection, node: ts.VariableStatement): undefined {
  const { declarationList: list } = node;
  const ambient = ts.getModifiers(node)?.find(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  if (ambient) return refuse(inspection, ambient, reasons.declare);
  if ((list.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const)
    return refuse(inspection, list, reasons.state);
  for (const declaration of list.declarations) constant(inspection, declaration);
}

function constant(inspection: Inspection, node: ts.VariableDeclaration): undefined {
  const value = node.initializer && bare(node.initializer);
  if (!value || !ts.isIdentifier(node.name)) return refuse(inspection, node, reasons.constant);
  if (ts.isArrowFunction(value) || isRefinement(inspection, value)) return;
  // What it puts together is looked at where it is read.
  if (isComposition(inspection, value)) return;
  if (codecLiteral(inspection.checker, node)) return;
  if (!isConstant(value)) return refuse(inspection, value, reasons.constant);
  const type = inspection.checker.getTypeAtLocation(node);
  if (isMutable(inspection, type)) return refuse(inspection, node, reasons.mutable);
  const problem = typeProblem(inspection, type);
  if (problem) refuse(inspection, node, problem);
}

const reasons = {
  language: {
    construct: 'SourceFile',
    why: 'only TypeScript is read',
    instead: 'a file that ends in .ts',
  },
  script: {
    construct: 'SourceFile',
    why: 'it is no module: its names are everybody’s, and may add to the library’s',
    instead: 'export of what others need, or export {}',
  },
  unchecked: {
    construct: 'comment',
    why: 'it switches the type checker off, and the reader relies on it',
    instead: 'nothing: remove it, and mend what it hides',
  },
  reference: {
    construct: 'reference comment',
    why: 'it adds declarations that are not imported',
    instead: 'an import',
  },
  effect: {
    why: 'it runs when the module is imported',
    instead: 'declarations only; work is done in init() and recover()',
  },
  default: { why: 'exports have names', instead: 'export, and import { name }' },
  declare: {
    why: 'it promises a value that is defined elsewhere, where nobody reads it',
    instead: 'the definition itself',
  },
  sideEffect: {
    why: 'the module is imported for what it does, not for what it offers',
    instead: 'import { name } from it, or nothing',
  },
  namespace: {
    why: 'a module is not a value in the subset',
    instead: 'import { name } from "./file.ts"',
  },
  unread: {
    why: 'its source is not TypeScript, so nobody reads it',
    instead: 'a module in TypeScript',
  },
  state: {
    construct: 'module state',
    why: 'it outlives a crash in the proof’s eyes, but not in fact, and all objects share it',
    instead: 'const with a literal value, or a field',
  },
  constant: {
    construct: 'module constant',
    why: 'it is computed when the module is imported',
    instead: 'a literal, a function, or a declared layer',
  },
  mutable: {
    construct: 'module state',
    why: 'an array that can change is state that all objects share',
    instead: 'readonly T[] as its type, or as const',
  },
} satisfies Record<string, Reason>;
