/**
 * The compiler, with options that are fixed: what a source means does not depend on its project.
 * Only `noUncheckedIndexedAccess` is taken from there, because it changes types, not behaviour.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from '@typescript/typescript6';
import type { Position } from '../ir.ts';
import { BadSource, type Problem } from '../refusal.ts';
import { composition, isOwnFile, libraryFolder, resolve } from './origin.ts';
import { positionIn } from './position.ts';

/** Texts that stand for files, whether or not these exist. Paths are absolute. */
export type Overlay = ReadonlyMap<string, string>;

const fixed: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: [],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['plimsoll-source'],
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
};

/** Library files do not change while the process runs, and other files are compared by text. */
const parsed = new Map<string, { text: string; file: ts.SourceFile }>();

/** Adds to `asked` every path of the project that the answer depends on, also absent ones. */
export function compile(
  files: readonly string[],
  overlay: Overlay,
  asked = new Set<string>(),
): ts.Program {
  const options = { ...fixed, noUncheckedIndexedAccess: uncheckedIndices(files, asked) };
  const program = ts.createProgram([...files], options, hostFor(options, overlay, asked));
  const problems = problemsOf(program, files);
  if (problems.length > 0) throw new BadSource(problems);
  return program;
}

function hostFor(
  options: ts.CompilerOptions,
  overlay: Overlay,
  asked: Set<string>,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const ask = (name: string) => {
    if (!isLibraryName(name)) asked.add(name);
    return name;
  };
  const readFile = (name: string) => overlay.get(name) ?? host.readFile(ask(name));
  return {
    ...host,
    readFile,
    fileExists: (name) => overlay.has(name) || host.fileExists(ask(name)),
    directoryExists: (name) => host.directoryExists?.(ask(name)) ?? true,
    getSourceFile: (name, target) => {
      const library = isLibraryName(name) ? parsed.get(name) : undefined;
      if (library) return library.file;
      const text = readFile(name);
      if (text === undefined) return undefined;
      const known = parsed.get(name);
      if (known?.text === text) return known.file;
      const file = ts.createSourceFile(name, text, target, true);
      if (!overlay.has(name)) parsed.set(name, { text, file });
      return file;
    },
  };
}

const isLibraryName = (name: string) => dirname(name) === libraryFolder;

function problemsOf(program: ts.Program, files: readonly string[]): readonly Problem[] {
  const missing = files.filter((name) => !program.getSourceFile(name));
  if (missing.length > 0) return missing.map((name) => ({ message: `cannot read ${name}` }));
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ownDiagnostics(program),
    ...diagnosticsOf(
      program,
      sourcesOf(program).filter((file) => !isOwnFile(file)),
    ).filter((found) => !isMisfit(program, found)),
  ].map(problem);
}

const notAssignable = 2345;

/**
 * That layers do not fit is found out from their declarations, more strictly than by their types,
 * and is said in the words of stacks.
 */
function isMisfit(program: ts.Program, { code, file, start }: ts.Diagnostic): boolean {
  if (code !== notAssignable || !file || start === undefined) return false;
  const checker = program.getTypeChecker();
  const within = (node: ts.Node): boolean => {
    if (start < node.getStart(file) || start >= node.end) return false;
    const part =
      ts.isCallExpression(node) &&
      composition(resolve(checker, node.expression)) !== undefined &&
      node.arguments.slice(0, 2).some((argument) => argument.getStart(file) === start);
    return part || (ts.forEachChild(node, (child) => within(child) || undefined) ?? false);
  };
  return within(file);
}

/** Plimsoll's own files in which nothing was found, by how they were read and by their names. */
const sound = new Map<string, readonly ts.SourceFile[]>();

/** They import only each other, and take most of the time: the same files are checked once. */
function ownDiagnostics(program: ts.Program): readonly ts.Diagnostic[] {
  const files = sourcesOf(program).filter(isOwnFile);
  const { noUncheckedIndexedAccess } = program.getCompilerOptions();
  const key = [noUncheckedIndexedAccess, ...files.map(({ fileName }) => fileName)].join('\n');
  if (sound.get(key)?.every((file, i) => file === files[i])) return [];
  const found = diagnosticsOf(program, files);
  if (found.length === 0) sound.set(key, files);
  return found;
}

function diagnosticsOf(program: ts.Program, files: readonly ts.SourceFile[]): ts.Diagnostic[] {
  return files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
}

function problem(diagnostic: ts.Diagnostic): Problem {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  const { file, start, length } = diagnostic;
  if (!file || start === undefined) return { message };
  const at: Position = positionIn(file, start, start + (length ?? 0));
  return { at, message };
}

/** Every file that was read, except declarations and the library. */
export function sourcesOf(program: ts.Program): readonly ts.SourceFile[] {
  return program.getSourceFiles().filter((file) => !file.isDeclarationFile);
}

export function hashesOf(program: ts.Program): ReadonlyMap<string, string> {
  return new Map(
    sourcesOf(program).map((file) => [
      file.fileName,
      createHash('sha256').update(file.text).digest('hex'),
    ]),
  );
}

/** As the nearest tsconfig.json of the first file says. */
export function uncheckedIndices(files: readonly string[], asked = new Set<string>()): boolean {
  const config = files[0] && nearest(dirname(files[0]), asked);
  if (!config) return false;
  const { config: json } = ts.readConfigFile(config, (name) => readFileSync(name, 'utf8'));
  const readFileAsked = (name: string) => {
    asked.add(name);
    return ts.sys.readFile(name);
  };
  const system = { ...ts.sys, readFile: readFileAsked, readDirectory: () => [] };
  const { options } = ts.parseJsonConfigFileContent(json ?? {}, system, dirname(config));
  return options.noUncheckedIndexedAccess ?? false;
}

function nearest(folder: string, asked: Set<string>): string | undefined {
  const here = join(folder, 'tsconfig.json');
  asked.add(here);
  if (existsSync(here)) return here;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(parent, asked);
}
