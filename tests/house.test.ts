/** Rules of the house that a formatter cannot know. Each failure names the place and the remedy. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import ts from '@typescript/typescript6';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Who may import whom; `type x` allows types only. A folder not listed here may not exist. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  logic: ['node:', 'z3-solver'],
  model: [],
  symbolic: ['logic', 'type model'],
  'symbolic/reader': ['logic', 'type model', 'node:', '@typescript/typescript6'],
  'symbolic/subset': ['type model', '@typescript/typescript6'],
  explore: ['model'],
  mutate: ['@typescript/typescript6'],
  llvm: ['logic', 'node:', '@yowasp/clang'],
  kleene: [],
  refine: ['logic', 'symbolic', 'model', 'explore', 'kleene', 'type report'],
  report: ['type explore', 'type refine', 'type symbolic', 'node:util', 'node:path'],
  host: ['model', 'node:'],
  // Layers: what each file may import beside its own folder.
  spec: ['model'],
  code: ['model'],
  proof: ['model', 'refine'],
  cli: [
    ...['logic', 'model', 'symbolic', 'explore', 'refine', 'mutate', 'report', 'host', 'stack'],
    ...['index', 'kleene', 'store'],
    ...['node:', 'commander', '@typescript/typescript6'],
  ],
  index: ['model', 'refine'],
  store: ['host', 'model', 'refine', 'stack'],
};

const limits = { lines: 300, testLines: 400, columns: 100 };
const leftovers = /\b(?:FIXME|TODO|XXX|HACK)\b|\b(?:test|it|describe)\.(?:only|todo)\(/;

const files = ['src', 'tests', 'benchmarks', 'scripts', 'examples']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  )
  .filter((file) => /\.(?:ts|mjs)$/.test(file))
  // What is installed or built in the packages under benchmarks/ is not ours.
  .filter((file) => !/fixtures|node_modules|\/build\//.test(file));

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const isTest = (file: string) => /^tests\/|\.test\.ts$|\/testing\//.test(file);
const shipped = files.filter((file) => file.startsWith('src/') && !isTest(file));

test('files are short, and so are their lines', () => {
  const untidy = files.flatMap((file) => {
    const lines = text(file).trimEnd().split('\n');
    const most = isTest(file) ? limits.testLines : limits.lines;
    const long = lines.flatMap((line, i) =>
      line.length > limits.columns
        ? [`${file}:${i + 1}: ${line.length} columns; break it (at most ${limits.columns})`]
        : [],
    );
    return lines.length > most
      ? [...long, `${file}: ${lines.length} lines; split it (at most ${most})`]
      : long;
  });
  expect(untidy).toEqual([]);
});

test('files are named in kebab-case', () => {
  const untidy = files
    .filter(
      (file) =>
        !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|fuzz|config))?\.(?:ts|mjs)$/.test(basename(file)),
    )
    .map((file) => `${file}: name it in lower case with hyphens, without abbreviations`);
  expect(untidy).toEqual([]);
});

test('nothing is left over', () => {
  const untidy = files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, i) =>
        leftovers.test(line) && !file.endsWith('house.test.ts')
          ? [`${file}:${i + 1}: a leftover; do it now, or write it into an issue`]
          : [],
      ),
  );
  expect(untidy).toEqual([]);
});

test('there is no any, except where a comment says why', () => {
  const untidy = shipped.flatMap((file) => {
    const lines = text(file).split('\n');
    return anys(parse(file)).flatMap((line) =>
      lines[line - 1]?.includes('biome-ignore') || lines[line - 2]?.includes('biome-ignore')
        ? []
        : [`${file}:${line}: any; write the type, or unknown`],
    );
  });
  expect(untidy).toEqual([]);
});

test('every folder imports only what the table allows', () => {
  const untidy = shipped.flatMap((file) =>
    importsOf(file)
      .filter((one) => !allowed(file, one))
      .map(
        ({ line, target, types }) =>
          `${file}:${line}: ${role(file)} may not import ${types ? 'types of ' : ''}${target}; ` +
          'move the code to where it belongs',
      ),
  );
  expect(untidy).toEqual([]);
});

test('the table is about folders that exist, and about all of them', () => {
  const roles = new Set(shipped.map(role));
  expect([...roles].filter((one) => !(one in mayImport))).toEqual([]);
  expect(Object.keys(mayImport).filter((one) => !roles.has(one))).toEqual([]);
});

test('the rules see what they forbid', () => {
  const bad = parse('x.ts', "import { a } from '../refine/b.ts';\nlet x: any;\nimport('node:fs');");
  expect(anys(bad)).toEqual([2]);
  expect(specifiers(bad).map((one) => one.specifier)).toEqual(['../refine/b.ts', 'node:fs']);
  expect(allowed('src/model/x.ts', { line: 1, target: 'refine', types: false })).toBe(false);
  expect(allowed('src/report/x.ts', { line: 1, target: 'explore', types: false })).toBe(false);
  expect(allowed('src/report/x.ts', { line: 1, target: 'explore', types: true })).toBe(true);
  expect(allowed('src/stack/a/code.ts', { line: 1, target: 'node:fs', types: false })).toBe(false);
});

interface Import {
  readonly line: number;
  /** A folder of src/, or a package. */
  readonly target: string;
  readonly types: boolean;
}

/** The row of the table that a file falls under. */
function role(file: string): string {
  const [, folder = '', ...rest] = file.split('/');
  if (rest.length === 0) return basename(folder, '.ts');
  // A layer may be written in several files; what is neither promise nor proof is code.
  if (folder === 'stack')
    return /\/(?:spec|proof)\.ts$/.test(file) ? basename(file, '.ts') : 'code';
  const inner = `${folder}/${rest[0]}`;
  return inner in mayImport ? inner : folder;
}

function allowed(file: string, { target, types }: Import): boolean {
  const row = mayImport[role(file)] ?? [];
  const matches = (rule: string) =>
    rule.endsWith(':') ? target.startsWith(rule) : target === rule;
  return row.some((rule) =>
    rule.startsWith('type ') ? types && matches(rule.slice('type '.length)) : matches(rule),
  );
}

/** What a file imports from outside its own folder. */
function importsOf(file: string): Import[] {
  return specifiers(parse(file)).flatMap(({ line, specifier, types }) => {
    if (!specifier.startsWith('.')) return [{ line, target: specifier, types }];
    const path = relative(join(root, 'src'), join(root, dirname(file), specifier));
    const within = file.startsWith('src/stack/') ? dirname(file).slice('src/'.length) : undefined;
    if (within && dirname(path) === within) return [];
    const target = path.includes('/') ? (path.split('/')[0] ?? '') : basename(path, '.ts');
    return target === file.split('/')[1] ? [] : [{ line, target, types }];
  });
}

function parse(file: string, source = text(file)): ts.SourceFile {
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

const lineOf = (file: ts.SourceFile, node: ts.Node) =>
  file.getLineAndCharacterOfPosition(node.getStart()).line + 1;

function anys(file: ts.SourceFile): number[] {
  const lines: number[] = [];
  walk(file, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) lines.push(lineOf(file, node));
  });
  return lines;
}

/** Every import, also `import()` and `export from`, and whether it is of types only. */
function specifiers(file: ts.SourceFile): { line: number; specifier: string; types: boolean }[] {
  const found: { line: number; specifier: string; types: boolean }[] = [];
  const add = (node: ts.Node, from: ts.Node | undefined, types: boolean) => {
    if (from && ts.isStringLiteral(from))
      found.push({ line: lineOf(file, node), specifier: from.text, types });
  };
  walk(file, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, typesOnly(node));
    if (ts.isExportDeclaration(node))
      add(node, node.moduleSpecifier, node.isTypeOnly || namesOnlyTypes(node.exportClause));
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node, node.argument.literal, true);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], false);
  });
  return found;
}

function typesOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return !importClause.name && namesOnlyTypes(importClause.namedBindings);
}

function namesOnlyTypes(names: ts.Node | undefined): boolean {
  if (!names || !(ts.isNamedImports(names) || ts.isNamedExports(names))) return false;
  return names.elements.length > 0 && [...names.elements].every((element) => element.isTypeOnly);
}
