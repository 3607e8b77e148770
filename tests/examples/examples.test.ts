/** Every example is proved, explored and run; every broken version of it is seen to be broken. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { directory, pathsIn } from '../../src/host/testing/world.ts';
import { Disk, TwoDisks } from '../../src/model/index.ts';
import { instanceOf } from '../../src/refine/refutation/domain.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { plimsoll, root } from '../command.ts';
import { Random } from '../differential/random.ts';
import { holdGroups } from '../layers/hold.ts';
import { type Example, examples } from './examples.ts';
import { type OnDisk, runOnDisk, wearing } from './on-disk.ts';

interface Verdict {
  readonly event: string;
  readonly file: string;
  readonly verdict: { readonly kind: string; readonly bound?: string };
  readonly counts: Readonly<Record<string, number>>;
}

test('each example is whole', () => {
  expect(examples.length).toBeGreaterThan(0);
  for (const { name, broken } of examples) {
    expect(broken.length, `${name}: at least two broken versions`).toBeGreaterThan(1);
    for (const file of broken)
      expect(readFileSync(file, 'utf8'), file).toMatch(
        /^\/\/ expect: (?:refuted|vacuous)\n\/\/ because: \S.+\n/,
      );
  }
});

holdGroups(
  examples.map(({ name, proof, broken }) => ({
    title: `${name} is proved, its broken versions are not`,
    files: [proof, ...broken],
  })),
);

test('the built command explores all of them, to the bounds that are stated', async () => {
  const { exit, out } = await plimsoll(['explore', '--all', '--format', 'json']);
  const verdicts = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict)
    .filter(({ event }) => event === 'verdict');
  for (const { proof, folder } of examples) {
    const found = verdicts.find(({ file }) => join(root, relative(root, file)) === proof);
    expect(found?.verdict.kind, proof).toBe('explored');
    await expect(table(found!)).toMatchFileSnapshot(join(folder, 'explored.txt'));
  }
  expect(exit).toBe(0);
});

function table({ verdict, counts }: Verdict): string {
  const lines = Object.entries(counts).map(([what, many]) => `${String(many).padStart(9)} ${what}`);
  return `${verdict.bound}\n${lines.join('\n')}\n`;
}

describe('on a disk image, with power cuts', () => {
  test.for(examples)('$name', async (example) => {
    const ready = await onImages(example, example.proof);
    const total = { operations: 0, cuts: 0, again: 0 };
    for (let seed = 0; seed < 8; seed++) {
      const { wrong, ...ran } = await ready(seed);
      expect(wrong, `seed ${seed}`).toBeUndefined();
      total.operations += ran.operations;
      total.cuts += ran.cuts;
      total.again += ran.again;
    }
    expect(total.operations).toBeGreaterThan(100);
    expect(total.cuts).toBeGreaterThan(10);
    expect(total.again).toBeGreaterThan(0);
  });

  // The broken counters need a disk that tears writes, which this one never does.
  test.for([
    ['register', 'newer-overwritten'],
    ['ring', 'tail-first'],
    ['append-log', 'recovers-what-is-torn'],
    ['remap', 'trusts-every-write'],
    ['bitmap-allocator', 'marks-the-copy-only'],
  ])('the broken %s, %s, is noticed', async ([name, broken]) => {
    const example = examples.find((one) => one.name === name)!;
    const ready = await onImages(example, join(example.folder, 'broken', `${broken}.ts`));
    let noticed: string | undefined;
    for (let seed = 0; noticed === undefined && seed < 64; seed++)
      noticed = (await ready(seed)).wrong;
    expect(noticed).toMatch(/, allowed is /);
  });
});

/** Runs a layer on new images. */
async function onImages({ name, host }: Example, proof: string) {
  const { program } = readProgram([proof]);
  const [layer] = program.layers;
  const module = (await import(proof)) as Record<string, never>;
  const put = host ? ((await import(host)) as { readonly onDisk: OnDisk }).onDisk : undefined;
  const instance = instanceOf(program, layer!, module[layer!.name]!);
  const on: unknown = instance.layer.on;
  if (on !== TwoDisks && on !== Disk && !put) throw new Error(`${name} has no host.ts`);
  return (seed: number) => {
    // Its first two blocks are a table on which it may rely.
    const worn = name === 'remap' && put ? wearing(new Random(seed), 2, put) : put;
    const [first, second] = pathsIn(directory());
    const paths = on === TwoDisks ? ([first, second] as const) : ([first] as const);
    return runOnDisk({ instance, put: worn, paths, blocks: 6, operations: 150, seed });
  };
}
