/** Stacks for `recheck` and `mutate`: their layers are, and what follows of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Project, root } from '../command.ts';

const project = new Project();
for (const name of ['counter', 'ring']) project.copy(join(root, 'examples', name), name);
project.write(
  'stack/proof.ts',
  `import { beside } from 'plimsoll';
import { counter } from '../counter/proof.ts';
import { ring } from '../ring/proof.ts';

export const both = beside(counter, ring, { bounds: { length: 1 } });
`,
);
const certificate = '.plimsoll/certificates/ring/proof/ring.certificate';

beforeAll(async () => {
  expect(await project.run(['prove', 'stack', '--certify'])).toMatchObject({ exit: 0, error: '' });
}, 120_000);
afterAll(() => project.remove());

const lines = (out: string) => out.match(/^\w+ +\w+ +\w+\/proof.ts/gm);

test('the layers of a stack are checked, and the theorem is replayed', async () => {
  const { out, error, exit } = await project.run(['recheck', 'stack']);
  expect({ error, exit, lines: lines(out) }).toEqual({
    error: '',
    exit: 0,
    lines: [
      'proved    counter  counter/proof.ts',
      'proved    ring  ring/proof.ts',
      'proved    both  stack/proof.ts',
    ],
  });
  expect(out).toMatch(/from .*the theorem horizontal_composition, [\d,]+ steps of the kernel/);
});

test('a layer in the same run is checked once, whatever it is part of', async () => {
  const { out, exit } = await project.run(['recheck', 'stack', 'ring', '--format', 'json']);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const verdicts = events.filter(({ event }) => event === 'verdict');
  expect(verdicts.map(({ layer, verdict }) => [layer, verdict.kind])).toEqual([
    ['ring', 'proved'],
    ['counter', 'proved'],
    ['both', 'proved'],
  ]);
  expect(exit).toBe(0);
});

test('without the certificate of a layer the stack is open, which names it', async () => {
  const whole = readFileSync(join(project.folder, certificate), 'utf8');
  project.write(certificate, whole.replace(/^claim .*?(?=^claim )/ms, ''));
  const { out, exit } = await project.run(['recheck', 'stack']);
  project.write(certificate, whole);
  expect(lines(out)).toEqual([
    'proved    counter  counter/proof.ts',
    'unknown   ring  ring/proof.ts',
    'unknown   both  stack/proof.ts',
  ]);
  expect(out).toContain('not every layer is proved: ring is unknown');
  expect(exit).toBe(2);
});

test('mistakes are made in layers: a stack has no code of its own', async () => {
  const { out, error, exit } = await project.run(['mutate', 'stack']);
  expect({ out, exit }).toEqual({ out: '', exit: 3 });
  expect(error).toContain(
    'both is a stack, which has no code of its own to make mistakes in; name the file of one of ' +
      'its layers: counter of counter/proof.ts, ring of ring/proof.ts',
  );
});
