/**
 * Every layer under fixtures/ says on its first line what is to be said of it. Wrong layers are
 * never proved, and right ones are: refusing what is right is a miss, too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countTurns } from '../../src/cli/explore/turns.ts';
import { render, traceOf } from '../../src/explore/index.ts';
import { createPool, type Pool } from '../../src/logic/index.ts';
import { proveLayer } from '../../src/refine/prove.ts';
import { instanceOf } from '../../src/refine/refutation/domain.ts';
import type { LayerDeclaration, Program } from '../../src/symbolic/ir.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { Refused } from '../../src/symbolic/refusal.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const verdicts = ['proved', 'refuted', 'vacuous', 'unknown', 'not proved'];
const silent = { event() {} };

let pool: Pool;

interface Read {
  readonly program: Program;
  readonly layer: LayerDeclaration;
}

/** Reads many files at once, which is faster; the ones that are refused stay out. */
function readAll(files: readonly string[]): ReadonlyMap<string, Read> {
  try {
    const { program } = readProgram(files);
    return new Map(program.layers.map((layer) => [layer.at.file, { program, layer }]));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const refused = new Set(error.refusals.map((r) => r.at.file));
    const rest = files.filter((file) => !refused.has(file));
    if (rest.length === files.length) throw error;
    return rest.length === 0 ? new Map() : readAll(rest);
  }
}

/** The verdict about one layer; for a refutation it was replayed on the code that was imported. */
async function verdictOf(file: string, read: Read | undefined): Promise<string> {
  if (!read) return 'unknown';
  const { program, layer } = read;
  const module = (await import(file)) as Record<string, never>;
  const code = module[layer.name]!;
  const { verdict } = await proveLayer({
    program,
    layer,
    pool,
    report: silent,
    refuter: {
      instance: (bounds) => instanceOf(program, layer, code, bounds),
      sign: (run) => run,
      show: (replayed) => ({
        shown: render(replayed, (name) => readFileSync(name, 'utf8')),
        trace: traceOf(replayed),
      }),
      codec: async (codec) => (await import(codec.at.file))[codec.name],
    },
  });
  if (verdict.kind === 'refuted') expect(verdict.shown).not.toBe('');
  return verdict.kind;
}

function expectation(file: string): string {
  if (basename(file) === 'proof.ts') return 'proved';
  const [, said] = /^\/\/ expect: (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (!said || !verdicts.includes(said))
    throw new Error(`${file}: say on the first line what to expect: ${verdicts.join(', ')}`);
  return said;
}

/** Layers that are read together, under a title. */
export interface Group {
  readonly title: string;
  readonly files: readonly string[];
}

/** Tests for every layer in these folders of fixtures/. */
export function holdLayers(...folders: readonly string[]): void {
  holdGroups(folders.map((title) => ({ title, files: filesIn(join(fixtures, title)) })));
}

/** The TypeScript files of a folder, by their absolute paths. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

/** Tests for every layer of these groups: a proof.ts is proved, others say what they are. */
export function holdGroups(groups: readonly Group[]): void {
  beforeAll(async () => {
    // vitest.config.ts puts the count into their loops.
    countTurns();
    pool = await createPool({ cache: false });
  });
  afterAll(() => pool.close());
  for (const group of groups) hold(group);
}

function hold({ title, files }: Group): void {
  describe(title, () => {
    let read: ReadonlyMap<string, Read>;
    beforeAll(() => {
      read = readAll(files);
    });
    test.for(files)('%s', { timeout: 300_000 }, async (file, { expect }) => {
      const expected = expectation(file);
      const verdict = await verdictOf(file, read.get(file));
      if (expected === 'not proved') expect(verdict).not.toBe('proved');
      else expect(verdict).toBe(expected);
    });
  });
}
