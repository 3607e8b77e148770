/** Rules of the house about the examples, and about who may know of any layer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from '@typescript/typescript6';
import { expect, test } from 'vitest';
import { described } from '../scripts/described.mjs';
import { root } from './command.ts';
import { examples } from './examples/examples.ts';

/** What an example may import from elsewhere: what its readers have. */
const packages = ['plimsoll', 'plimsoll/model'];

/** What each file may import of its own example; the other files are machines. */
const mayImport: Readonly<Record<string, RegExp>> = {
  'spec.ts': /^\.\/(?!code|proof|host)[a-z-]+\.ts$/,
  'code.ts': /^\.\/(?!code|proof|host)[a-z-]+\.ts$/,
  'proof.ts': /^\.\/(?!proof|host)[a-z-]+\.ts$/,
  'host.ts': /^\.\/(?!code|proof|host)[a-z-]+\.ts$|^\.\.\/number-block\.ts$/,
  broken: /^\.\.\/(?!proof|host)[a-z-]+\.ts$/,
};
/** A machine may speak of what ships with the code, such as its checksum; never of the proof. */
const machine = /^\.\/(?:spec|code)\.ts$/;

/** What must work for every layer in the same way. */
const engines = ['logic', 'symbolic', 'refine', 'explore'];

const sourcesUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);

test('an example is a promise, code, a proof and what is broken, and imports no more', () => {
  const untidy = examples.flatMap(({ name }) =>
    sourcesUnder(join('examples', name)).flatMap((file) =>
      importsOf(parse(file))
        .filter((one) => !packages.includes(one) && !rowOf(file).test(one))
        .map((one) => `${file}: it may not import ${one}; see the table in this test`),
    ),
  );
  expect(untidy).toEqual([]);
  for (const { name } of examples)
    for (const file of ['spec.ts', 'code.ts', 'proof.ts'])
      expect(existsSync(join(root, 'examples', name, file)), `examples/${name}/${file}`).toBe(true);
});

test('neither the prover nor the explorer knows of any layer', () => {
  const known = layerNames();
  const untidy = engines
    .flatMap((engine) => sourcesUnder(join('src', engine)))
    .filter((file) => !/\.test\.ts$|\/fixtures\//.test(file))
    .flatMap((file) => mentions(readFileSync(join(root, file), 'utf8'), known).map(say(file)));
  expect(untidy).toEqual([]);
});

test('the rules see what they forbid', () => {
  expect(rowOf('examples/a/code.ts').test('./proof.ts')).toBe(false);
  expect(rowOf('examples/a/code.ts').test('./spec.ts')).toBe(true);
  expect(rowOf('examples/a/tape.ts').test('./proof.ts')).toBe(false);
  expect(rowOf('examples/a/broken/b.ts').test('../../other/spec.ts')).toBe(false);
  const known = layerNames();
  expect(known.classes).toEqual(expect.arrayContaining(['Mirror', 'TwoCells']));
  const seen = (text: string) => mentions(text, known);
  expect(seen("if (layer.code.name === 'Mirror')")).toEqual(['Mirror']);
  expect(seen("import { x } from '../stack/mirror/code.ts';")).toEqual([
    'stack/',
    'stack/mirror',
    'mirror/code.ts',
  ]);
  expect(seen("file.includes('examples/counter')")).toEqual(['examples/', 'examples/counter']);
  expect(seen('the same machine twice, an example of a counter')).toEqual([]);
});

function rowOf(file: string): RegExp {
  const kind = basename(dirname(file)) === 'broken' ? 'broken' : basename(file);
  return mayImport[kind] ?? machine;
}

const say = (file: string) => (what: string) =>
  `${file}: it mentions ${what}; what is true of one layer only does not belong here`;

interface Names {
  readonly classes: readonly string[];
  readonly paths: readonly string[];
}

/** What may not be mentioned: classes of layers that model/ does not have, folders, and files. */
function layerNames(): Names {
  const files = [...sourcesUnder('examples'), ...sourcesUnder('src/stack')];
  const shared = new Set(sourcesUnder('src/model').flatMap(classesOf));
  const classes = new Set(files.flatMap(classesOf).filter((name) => !shared.has(name)));
  const folders = new Set(files.map(dirname));
  return {
    classes: [...classes],
    paths: [
      ...['examples/', 'stack/'],
      ...[...folders].map((folder) => folder.replace(/^src\//, '')).filter((f) => f.includes('/')),
      ...files.map((file) => join(basename(dirname(file)), basename(file))),
    ],
  };
}

function mentions(text: string, { classes, paths }: Names): readonly string[] {
  const found = classes.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return [...found, ...new Set(paths.filter((path) => text.includes(path)))];
}

function classesOf(file: string): readonly string[] {
  return parse(file).statements.flatMap((statement) =>
    ts.isClassDeclaration(statement) && statement.name ? [statement.name.text] : [],
  );
}

function importsOf(file: ts.SourceFile): readonly string[] {
  return file.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
    statement.moduleSpecifier &&
    ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );
}

test('the table of the examples is about all of them, as they are', () => {
  const rows = readFileSync(join(root, 'examples/README.md'), 'utf8').split('\n');
  const remedy = 'run node scripts/examples-table.mjs';
  const untidy = examples.flatMap(({ name, folder }) => {
    const { promise, lines, broken, states } = described(folder, name);
    const begin = `| ${[promise, ...lines, broken].join(' | ')} | `;
    const found = rows.find((row) => row.startsWith(begin) && row.endsWith(` | ${states} |`));
    return found ? [] : [`examples/${name}: ${remedy}; its row begins ${begin}`];
  });
  expect(untidy).toEqual([]);
});
