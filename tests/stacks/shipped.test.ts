/** The stacks that ship, through the command: proved, explored as stated, and run on images. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Project, plimsoll, root } from '../command.ts';

const stacks = join(root, 'examples/stacks/proof.ts');
const project = new Project();
afterAll(() => project.remove());

interface Event {
  readonly event: string;
  readonly layer: string;
  readonly verdict: { readonly kind: string; readonly bound?: string };
  readonly follows?: readonly string[];
  readonly trusts: readonly string[];
  readonly counts?: Readonly<Record<string, number>>;
}

const names = ['mirrored', 'remapped', 'cached', 'twoStores'];

async function verdicts(...given: readonly string[]): Promise<readonly Event[]> {
  const { out, error } = await plimsoll([...given, '--format', 'json'], {
    folder: project.folder,
  });
  const lines = out.trim().split('\n');
  expect(lines.length, error).toBeGreaterThan(1);
  return lines.map((line) => JSON.parse(line) as Event).filter(({ event }) => event === 'verdict');
}

test('each follows from its layers, which are proved once', { timeout: 300_000 }, async () => {
  const found = await verdicts('prove', stacks);
  expect(found.map(({ layer, verdict }) => `${layer}: ${verdict.kind}`)).toEqual(
    [
      ...['mirror', 'readCache', 'mirrored', 'layer', 'remapped', 'layer', 'cached', 'counter'],
      'twoStores',
    ].map((name) => `${name}: proved`),
  );
  const cached = found.find(({ layer }) => layer === 'cached');
  expect(cached?.follows).toEqual([
    expect.stringMatching(/^transitivity of recovery refinement: the theorem composition, /),
    expect.stringMatching(/^transitivity of refinement: the theorem trans_exec, /),
    expect.stringMatching(/^crash-safe initialisation: the theorem crash_safe_initialisation, /),
    expect.stringMatching(/^mirror of .*: proved$/),
    expect.stringMatching(/^readCache of .*: proved$/),
    expect.stringMatching(/^writeBack, which is layer of .*: proved$/),
  ]);
  expect(cached?.trusts[0]).toMatch(/^TwoDisks /);
  expect(cached?.trusts[1]).toMatch(/^CachedDisk /);
  expect(cached?.trusts).toContain('the kernel of the algebra');
  const assumed = found.find(({ layer }) => layer === 'remapped')?.trusts.join('\n');
  expect(assumed).toMatch(/assumed at .*remap\/code.ts/);
});

test('each is explored, to the bound that is stated', { timeout: 300_000 }, async () => {
  const found = await verdicts('explore', stacks);
  const lines = found.map(({ layer, verdict, counts }) => {
    const counted = Object.entries(counts ?? {}).map(([what, many]) => `${many} ${what}`);
    return `${layer}\n  ${verdict.kind}: ${verdict.bound}\n  ${counted.join(', ')}\n`;
  });
  expect(found.map(({ layer }) => layer)).toEqual(names);
  expect(found.every(({ verdict }) => verdict.kind === 'explored')).toBe(true);
  await expect(lines.join('')).toMatchFileSnapshot(join(root, 'examples/stacks/explored.txt'));
});

test('one runs on disk images, of which one is lost', { timeout: 120_000 }, async () => {
  const run = (...given: readonly string[]) =>
    plimsoll(
      ['run', stacks, '--only', 'mirrored', '--disk', 'a.img', '--disk', 'b.img', ...given],
      { folder: project.folder },
    );
  const made = await run('--create', '8', 'write', '1', 'hello');
  expect(made, made.error).toMatchObject({ exit: 0 });
  const read = await run('--without', '0', 'read', '1');
  expect(read.out, read.error).toBe('hello\n');
});

test('trusts names the layers, the theorems and the kernel', { timeout: 120_000 }, async () => {
  const { out } = await plimsoll(['trusts', stacks, '--only', 'cached'], {
    folder: project.folder,
  });
  for (const said of ['machine below TwoDisks', 'layers        mirror', 'the theorem composition'])
    expect(out).toContain(said);
});
