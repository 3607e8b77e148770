/** The layers that ship, each through the command: proved, and explored as it is stated. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Project, plimsoll, root } from '../command.ts';

const stack = join(root, 'src/stack');
const project = new Project();
afterAll(() => project.remove());

interface Event {
  readonly event: string;
  readonly layer: string;
  readonly verdict: { readonly kind: string; readonly bound?: string };
  readonly counts?: Readonly<Record<string, number>>;
}

/** Those that say beside their proof what exploring them finds. */
const layers = readdirSync(stack).filter((name) => existsSync(join(stack, name, 'explored.txt')));

async function verdicts(verb: string, name: string): Promise<readonly Event[]> {
  const { out, error } = await plimsoll([verb, join(stack, name, 'proof.ts'), '--format', 'json'], {
    folder: project.folder,
  });
  const lines = out.trim().split('\n');
  expect(lines.length, error).toBeGreaterThan(1);
  return lines.map((line) => JSON.parse(line) as Event).filter(({ event }) => event === 'verdict');
}

test('there are some', () => {
  expect(layers.length).toBeGreaterThan(0);
});

test.for(layers)('%s is proved', { timeout: 300_000 }, async (name) => {
  const found = await verdicts('prove', name);
  expect(found.length).toBeGreaterThan(0);
  for (const { layer, verdict } of found) expect(verdict.kind, layer).toBe('proved');
});

test.for(layers)(
  '%s is explored, to the bound that is stated',
  { timeout: 300_000 },
  async (name) => {
    const found = await verdicts('explore', name);
    const lines = found.map(({ layer, verdict, counts }) => {
      const counted = Object.entries(counts ?? {}).map(([what, many]) => `${many} ${what}`);
      return `${layer}\n  ${verdict.kind}: ${verdict.bound}\n  ${counted.join(', ')}\n`;
    });
    await expect(lines.join('')).toMatchFileSnapshot(join(stack, name, 'explored.txt'));
  },
);
