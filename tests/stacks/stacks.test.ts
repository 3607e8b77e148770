/**
 * Every stack under fixtures/ says on its first line what is to be said of it: proved, a misfit,
 * not proved because of a layer, or refused. What it says besides is on its third line.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStack } from '../../src/cli/command/stacks.ts';
import { countTurns } from '../../src/cli/explore/turns.ts';
import { canBegin, explore, render, replay, traceOf } from '../../src/explore/index.ts';
import { createPool, type Pool } from '../../src/logic/index.ts';
import { type RealStack, stackInstance } from '../../src/refine/composition/instance.ts';
import { type Leaf, leavesOf, type Node } from '../../src/refine/composition/part.ts';
import { conclude, type Known } from '../../src/refine/composition/verdict.ts';
import { proveLayer } from '../../src/refine/prove.ts';
import { instanceOf } from '../../src/refine/refutation/domain.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { BadSource, Refused } from '../../src/symbolic/refusal.ts';

const folder = join(import.meta.dirname, 'fixtures');
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));

let asked = 0;
let pool: Pool;
beforeAll(async () => {
  countTurns();
  const real = await createPool({ cache: false });
  pool = {
    ...real,
    close: () => real.close(),
    solve(...given) {
      asked++;
      return real.solve(...given);
    },
    core(...given) {
      asked++;
      return real.core(...given);
    },
  };
});
afterAll(() => pool.close());

/** What is known of a layer is found out once. */
const proofs = new Map<string, Promise<Known>>();

function knownOf({ declared, program, layer }: Leaf): Promise<Known> {
  const key = `${declared.file}#${declared.name}`;
  const found = proofs.get(key) ?? prove({ program, layer });
  proofs.set(key, found);
  return found;
}

async function prove({ program, layer }: Pick<Leaf, 'program' | 'layer'>): Promise<Known> {
  const code = ((await import(layer.at.file)) as Record<string, never>)[layer.name]!;
  const { verdict, anew } = await proveLayer({
    program,
    layer,
    pool,
    report: { event() {} },
    refuter: {
      instance: (bounds) => instanceOf(program, layer, code, bounds),
      sign: (run) => run,
      show: (replayed) => ({ shown: render(replayed, () => ''), trace: traceOf(replayed) }),
      codec: () => Promise.reject(new Error('there is no codec')),
    },
  });
  return { verdict, anew: anew ?? false };
}

const shown = ({ file, line }: { file: string; line: number }) =>
  `${relative(folder, file)}:${line}`;

function stackIn(file: string): Node {
  const { program } = readProgram([join(folder, file)]);
  const [stack] = program.stacks;
  if (!stack) throw new Error(`${file} has no stack`);
  return readStack(program, stack);
}

async function verdictOf(file: string): Promise<readonly [kind: string, because: string]> {
  let node: Node;
  try {
    node = stackIn(file);
  } catch (error) {
    if (error instanceof Refused) return ['refused', error.refusals.map((r) => r.why).join()];
    if (error instanceof BadSource) return ['refused', error.message];
    throw error;
  }
  const known = new Map<Leaf, Known>();
  for (const leaf of leavesOf(node)) known.set(leaf, await knownOf(leaf));
  const before = asked;
  const { verdict, theorems } = conclude(node, (leaf) => known.get(leaf)!, shown);
  expect(asked, 'nothing is asked of a solver').toBe(before);
  expect(theorems.length > 0).toBe(verdict.kind === 'proved');
  for (const { steps } of theorems) expect(steps).toBeGreaterThan(10);
  if (verdict.kind === 'unknown') return [verdict.reason, verdict.because];
  return [verdict.kind, ''];
}

test.for(files)('%s', { timeout: 120_000 }, async (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const [, expected] = /^\/\/ expect: (proved|misfit|layer|refused)\n/.exec(text) ?? [];
  const [, says] = /^\/\/ says: (.+)$/m.exec(text) ?? [];
  const [kind, because] = await verdictOf(file);
  expect(kind, because).toBe(expected);
  if (says) expect(because).toMatch(new RegExp(says));
});

async function explored(file: string) {
  const node = stackIn(file);
  const real = ((await import(join(folder, file))) as { readonly stack: RealStack }).stack;
  const instance = stackInstance(node, real);
  return { instance, outcome: await explore(instance) };
}

const proved = files.filter(
  (file) =>
    file !== 'never-begins.ts' &&
    readFileSync(join(folder, file), 'utf8').startsWith('// expect: proved'),
);

test.for(proved)('nothing is found in %s when it is explored', async (file) => {
  const { outcome } = await explored(file);
  expect(outcome).toMatchObject({ kind: 'explored', exhausted: true });
  expect(outcome.counts.crashes).toBeGreaterThan(10);
});

test('the wrong order of recoveries goes wrong, and the right one does not', async () => {
  const { instance, outcome } = await explored('upper-first.ts');
  if (outcome.kind !== 'violation') throw new Error(outcome.kind);
  const { counterexample } = outcome;
  expect(counterexample.steps.map((step) => step.do)).toContain('recover');
  const replayed = await replay(instance, counterexample);
  expect(replayed.violated).toBe(true);
  expect((await explored('two.ts')).outcome.kind).toBe('explored');
});

test.for([
  ['lower-refuted.ts', 'violation'],
  ['upper-refuted.ts', 'violation'],
  ['vacuous.ts', 'vacuous'],
  ['beside-refuted.ts', 'violation'],
  ['not-anew.ts', 'violation'],
  ['beside-not-anew.ts', 'violation'],
] as const)('%s is not only not proved: it is wrong', async ([file, kind]) => {
  expect((await explored(file)).outcome.kind).toBe(kind);
});

test('layers that do not fit cannot be run on one another', async () => {
  for (const file of ['exchanged.ts', 'looks-the-same.ts', 'synchronous-on-cached.ts']) {
    const { stack } = (await import(join(folder, file))) as { readonly stack: RealStack };
    expect(() => new stack.code({} as never), basename(file)).toThrow(
      /the lower layer promises \w+, the upper one runs on \w+/,
    );
  }
});

test('a stack that can never be initialised is noticed', async () => {
  const can = async (file: string) => {
    const { stack } = (await import(join(folder, file))) as { readonly stack: RealStack };
    return canBegin(stackInstance(stackIn(file), stack));
  };
  expect(await can('two.ts')).toBe(true);
  expect(await can('beside-itself.ts')).toBe(true);
  expect(await can('never-begins.ts')).toBe(false);
});
