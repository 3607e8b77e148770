/** Every example is proved, explored and run; every broken version of it is seen to be broken. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { directory, pathsIn } from '../../src/host/testing/world.ts';
import { Disk, TwoDisks } from '../../src/model/index.ts';
import { instanceOf } from '../../src/refine/domain.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { plimsoll, root } from '../command.ts';
import { holdGroups } from '../layers/hold.ts';
import { type Example, examples } from './examples.ts';
import { type OnDisk, runOnDisk } from './on-disk.ts';

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
  test.for(examples)('$name', async (example, context) => {
    const { instance, put } = await instanceFor(example);
    const { on } = instance.layer;
    const two = (on as unknown) === TwoDisks;
    if (!two && (on as unknown) !== Disk && !put)
      context.skip(`there is no host for ${(on as unknown as { name: string }).name}`);
    const total = { operations: 0, cuts: 0, again: 0 };
    for (let seed = 0; seed < 8; seed++) {
      const [first, second] = pathsIn(directory());
      const paths = two ? ([first, second] as const) : ([first] as const);
      const run = { instance, put, paths, blocks: 6, operations: 150, seed };
      const { wrong, ...ran } = await runOnDisk(run);
      expect(wrong, `seed ${seed}`).toBeUndefined();
      total.operations += ran.operations;
      total.cuts += ran.cuts;
      total.again += ran.again;
    }
    expect(total.operations).toBeGreaterThan(100);
    expect(total.cuts).toBeGreaterThan(10);
    expect(total.again).toBeGreaterThan(0);
  });
});

async function instanceFor({ proof, host }: Example) {
  const { program } = readProgram([proof]);
  const [layer] = program.layers;
  const module = (await import(proof)) as Record<string, never>;
  const put = host ? ((await import(host)) as { readonly onDisk: OnDisk }).onDisk : undefined;
  return { instance: instanceOf(program, layer!, module[layer!.name]!), put };
}
