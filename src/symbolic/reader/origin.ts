/** Where a name comes from. Names are resolved by the checker, never compared as text alone. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from '@typescript/typescript6';

/** What a symbol stands for in the end, through imports and re-exports. */
export function resolve(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol && target(checker, symbol);
}

export function target(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The declaration that gives a symbol its value. */
export function declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  return symbol.valueDeclaration ?? symbol.declarations?.[0];
}

/** The name of a symbol of plimsoll's model that is not a class: a marker, a choice, a type. */
export function modelName(symbol: ts.Symbol | undefined): string | undefined {
  const declaration = symbol && declarationOf(symbol);
  if (!symbol || !declaration || ts.isClassDeclaration(declaration)) return undefined;
  if (isShared(declaration)) return undefined;
  return folderOf(declaration) === 'model' ? symbol.name : undefined;
}

/** Functions that machines of the model share are in the subset, and read like anybody's. */
function isShared(declaration: ts.Declaration): boolean {
  return /^survival\.(ts|d\.ts)$/.test(basename(declaration.getSourceFile().fileName));
}

/** Whether this is the function that declares a layer. */
export function isRefinement(symbol: ts.Symbol | undefined): boolean {
  const declaration = symbol && declarationOf(symbol);
  if (symbol?.name !== 'refinement' || !declaration) return false;
  const file = basename(declaration.getSourceFile().fileName);
  return folderOf(declaration) === 'refine' && /^layer\.(ts|d\.ts)$/.test(file);
}

/** Whether this is one of the functions that put layers together: which. */
export function composition(symbol: ts.Symbol | undefined): 'compose' | 'beside' | undefined {
  const declaration = symbol && declarationOf(symbol);
  if (!declaration || !ts.isFunctionDeclaration(declaration)) return undefined;
  const file = basename(declaration.getSourceFile().fileName);
  if (folderOf(declaration) !== 'refine' || !/^compose\.(ts|d\.ts)$/.test(file)) return undefined;
  return symbol.name === 'compose' || symbol.name === 'beside' ? symbol.name : undefined;
}

/** `Math.floor`, `Array.push`, `BigInt`: a symbol of the language's library. */
export function libraryName(symbol: ts.Symbol | undefined): string | undefined {
  const declaration = symbol && declarationOf(symbol);
  if (!symbol || !declaration || !isLibrary(declaration.getSourceFile())) return undefined;
  const { parent } = declaration;
  const container = ts.isInterfaceDeclaration(parent) ? `${parent.name.text}.` : '';
  return `${container}${symbol.name}`;
}

function isLibrary(file: ts.SourceFile): boolean {
  return file.isDeclarationFile && dirname(file.fileName) === libraryFolder;
}

export const libraryFolder = dirname(ts.getDefaultLibFilePath({}));

/** The folder below plimsoll's own `src` or `dist` that holds a declaration. */
function folderOf(declaration: ts.Declaration): string | undefined {
  const folder = dirname(declaration.getSourceFile().fileName);
  const parent = dirname(folder);
  if (!['src', 'dist'].includes(basename(parent))) return undefined;
  return isOwnPackage(dirname(parent)) ? basename(folder) : undefined;
}

const ownFile = /^(?<root>.*)\/(?:src|dist)\/(?:index|(?:model|refine)\/[a-z-]+)(?:\.d)?\.ts$/;

/** Whether this is a file of plimsoll's own that layers import. */
export function isOwnFile({ fileName }: ts.SourceFile): boolean {
  const root = ownFile.exec(fileName)?.groups?.root;
  return root !== undefined && isOwnPackage(root);
}

const packages = new Map<string, boolean>();

function isOwnPackage(folder: string): boolean {
  const known = packages.get(folder);
  if (known !== undefined) return known;
  const own = nameOfPackage(folder) === 'plimsoll';
  packages.set(folder, own);
  return own;
}

function nameOfPackage(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
  } catch {
    return undefined;
  }
}
