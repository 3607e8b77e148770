/**
 * TypeScript to the intermediate representation.
 *
 * A whitelist: what is not handled by name in this folder is refused. The proof files are read with
 * everything their layers reach, and nothing else.
 */
import { existsSync, realpathSync } from 'node:fs';
import type ts from '@typescript/typescript6';
import type { FunctionKey, LayerDeclaration, Program } from '../ir.ts';
import { type Refusal, Refused } from '../refusal.ts';
import { checkProgram } from '../subset/check.ts';
import { codecsOf } from './codecs.ts';
import { compile, hashesOf, type Overlay, uncheckedIndices } from './compiler.ts';
import { attempt, type Reader } from './context.ts';
import { circles } from './contracts.ts';
import { checkStray, layer, layersOf } from './layers.ts';
import { putsTogether, stacksOf } from './stacks.ts';
import { readWhole } from './whole.ts';

export interface Options {
  /** Texts in place of files; paths are absolute. */
  readonly overlay?: Overlay;
  /** Is told every path that the reading depends on, whether or not something is there. */
  readonly asked?: Set<string>;
}

/**
 * Reads proof files; throws `Refused` or `BadSource`. A file without layers is read whole, as a
 * library of functions and classes.
 */
export function readProgram(
  files: readonly string[],
  options: Options = {},
): { readonly program: Program } {
  const overlay = options.overlay ?? new Map();
  const names = files.map((name) => (overlay.has(name) ? name : realName(name)));
  const compiled = compile(names, overlay, options.asked);
  const refusals = checkProgram(compiled, names);
  if (refusals.length > 0) throw new Refused(distinct(refusals));
  return { program: lowerProgram(compiled, names) };
}

/** The same for many files, as few times as their projects allow. */
export function readTogether(files: readonly string[]): readonly Program[] {
  const groups = new Map<boolean, string[]>();
  for (const file of files) {
    const unchecked = uncheckedIndices([realName(file)]);
    groups.set(unchecked, [...(groups.get(unchecked) ?? []), file]);
  }
  return [...groups.values()].map((group) => readProgram(group).program);
}

/** Files are known by one name each, as imports resolve them: without symbolic links. */
function realName(name: string): string {
  return existsSync(name) ? realpathSync(name) : name;
}

/** What lowers nothing that it does not know is safe without the checks, only less helpful. */
export function lowerProgram(compiled: ts.Program, files: readonly string[]): Program {
  const reader = readerOf(compiled);
  const sources = files.map((name) => compiled.getSourceFile(name)!);
  const layers = sources.flatMap((file) => readFile(reader, file));
  const stacks = sources.flatMap((file) => stacksOf(reader, file));
  const running = runningFunctions(reader);
  const refusals = distinct([
    ...reader.refusals,
    ...misplaced(reader, running),
    ...circles(reader),
  ]);
  if (refusals.length > 0) throw new Refused(refusals);
  const functions = new Map(
    [...reader.functions].map(([key, found]) => [key, { ...found, ghost: !running.has(key) }]),
  );
  const { classes, codecs } = reader;
  return { functions, classes, layers, stacks, codecs, files: hashesOf(compiled) };
}

function readFile(reader: Reader, file: ts.SourceFile): readonly LayerDeclaration[] {
  const declared = layersOf(reader, file);
  checkStray(reader, file, declared);
  codecsOf(reader, file);
  if (declared.length === 0 && !putsTogether(reader, file)) readWhole(reader, file);
  return declared.flatMap((one) => attempt(reader, () => [layer(reader, one)]) ?? []);
}

function readerOf(compiled: ts.Program): Reader {
  return {
    checker: compiled.getTypeChecker(),
    unchecked: compiled.getCompilerOptions().noUncheckedIndexedAccess ?? false,
    functions: new Map(),
    classes: new Map(),
    refusals: [],
    uses: [],
    open: new Set(),
    failed: new Set(),
    ghostly: new Map(),
    choices: new Map(),
    contracts: new Map(),
    codecs: new Map(),
    roots: new Set(),
  };
}

/** Functions that machines or implementations run, as opposed to proofs. */
function runningFunctions(reader: Reader): ReadonlySet<FunctionKey> {
  return reached(reader, ['machine', 'code', 'error']);
}

function reached(reader: Reader, roles: readonly string[]): ReadonlySet<FunctionKey> {
  const found = new Set([
    ...reader.roots,
    ...[...reader.classes.values()]
      .filter((c) => roles.includes(c.role))
      .flatMap((c) => [
        c.construct,
        ...c.methods.filter((m) => m.visibility === 'public').map((m) => m.function),
      ]),
  ]);
  for (const key of found)
    for (const use of reader.uses) if (use.from === key && !use.ghost) found.add(use.to);
  return found;
}

/** Ghosts in what runs, and choices in implementations. */
function misplaced(reader: Reader, running: ReadonlySet<FunctionKey>): readonly Refusal[] {
  const code = reached(reader, ['code']);
  return [
    ...[...reader.ghostly].flatMap(([key, found]) => (running.has(key) ? found : [])),
    ...[...reader.choices].flatMap(([key, found]) => (code.has(key) ? found : [])),
  ];
}

function distinct(refusals: readonly Refusal[]): readonly Refusal[] {
  const seen = new Map<string, Refusal>();
  for (const refusal of refusals) {
    const { file, line, column } = refusal.at;
    const key = `${file}:${line}:${column}:${refusal.why}`;
    if (!seen.has(key)) seen.set(key, refusal);
  }
  return [...seen.values()].sort(
    (a, b) =>
      a.at.file.localeCompare(b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column,
  );
}
