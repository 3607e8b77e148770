/** Writes files of programs, reads them all at once, and makes them ready to run. */
import { fileURLToPath } from 'node:url';
import type { Program } from '../../src/symbolic/ir.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { BadSource, type Problem, Refused } from '../../src/symbolic/refusal.ts';
import type { Counts } from './constructs.ts';
import { type Generated, generate, type Size } from './generate.ts';
import type { Entry } from './input.ts';
import { type Exports, load } from './javascript.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const paths = {
  model: path('../../src/model/index.ts'),
  layer: path('../../src/refine/layer.ts'),
  store: path('store.ts'),
};

export interface Runnable {
  readonly entry: Entry;
  readonly plain: Exports;
  readonly checked: Exports;
  /** For messages. */
  readonly name: string;
}

export interface Batch {
  readonly programs: readonly Runnable[];
  readonly counts: Counts;
  /** Classes that the reader refused, with its words. */
  readonly refused: readonly string[];
}

interface Written extends Generated {
  readonly path: string;
}

/** Files in a folder without a tsconfig.json are read without `noUncheckedIndexedAccess`. */
const nameOf = (file: number, strict: boolean): string =>
  strict ? path(`generated-${file}.ts`) : `/differential/generated-${file}.ts`;

export function makeBatch(seed: number, files: readonly number[], size: Size): Batch {
  const without = new Map<number, Set<number>>(files.map((file) => [file, new Set()]));
  const refused: string[] = [];
  for (;;) {
    const written = files.map((file): Written => {
      const text = generate(seed, file, size, paths, without.get(file)!);
      return { ...text, path: nameOf(file, size.strict) };
    });
    const overlay = new Map(written.map((file) => [file.path, file.text]));
    try {
      const { program } = readProgram([...overlay.keys()], { overlay });
      const programs = written.flatMap((file) => runnables(program, file, size.strict));
      return { programs, counts: total(written.map((file) => file.counts)), refused };
    } catch (error) {
      for (const { at, message } of complaints(error)) {
        const i = written.findIndex((file) => file.path === at?.file);
        if (i < 0 || !at) throw error;
        without.get(files[i]!)!.add(classAt(written[i]!.text, at.line));
        refused.push(`${message}\n    ${written[i]!.text.split('\n')[at.line - 1]?.trim()}`);
      }
    }
  }
}

/** The number of the class, or of the class of the helper, in which a line is. */
function classAt(text: string, line: number): number {
  const before = text.split('\n').slice(0, line);
  const last =
    before.findLast((each) => /^(export class|function last|const f\d)/.test(each)) ?? '';
  const number = /^(?:export class (?:Code|Promised)|function last|const f)(\d+)/.exec(last)?.[1];
  if (number === undefined) throw new Error(`line ${line} is in no class: ${last}`);
  return Number(number);
}

/** What the reader has to say about a source that it does not read. */
function complaints(error: unknown): readonly Problem[] {
  if (error instanceof BadSource) return error.problems;
  if (!(error instanceof Refused)) throw error;
  return error.refusals.map(({ at, construct, why }) => ({ at, message: `${construct}: ${why}` }));
}

function runnables(program: Program, file: Written, strict: boolean): readonly Runnable[] {
  const { plain, checked } = load(file.text, strict);
  const lower = program.classes.get(`${paths.store}#Store`)!;
  return file.classes.flatMap(({ name, entries }) => {
    const code = program.classes.get(`${file.path}#${name}`)!;
    return entries.map((method) => ({
      entry: { program, code, lower, method },
      plain,
      checked,
      name: `${file.path.replace(/^.*\//, '')} ${name}.${method}`,
    }));
  });
}

export function total(all: readonly Counts[]): Counts {
  const sum: Counts = new Map();
  for (const counts of all)
    for (const [construct, count] of counts) sum.set(construct, (sum.get(construct) ?? 0) + count);
  return sum;
}
