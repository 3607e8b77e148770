/** Mistakes made in the code of a layer, and who notices them. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Ended, Project, root } from './command.ts';

const project = new Project();
project.copy(join(root, 'tests/fixtures/relay'), 'relay');
const proof = join(project.folder, 'relay/proof.ts');
// Something in it makes no difference.
const right = readFileSync(proof, 'utf8').replace('disk.read(address)', 'disk.read(address + 0)');
writeFileSync(proof, right);
afterAll(() => project.remove());

const mutate = (...given: string[]) =>
  project.run(['mutate', 'relay', '--format', 'json', ...given]);

interface Told {
  readonly event: string;
  readonly kind?: string;
  readonly outcome?: string;
  readonly prove?: string;
  readonly explore?: string;
  readonly was?: string;
  readonly at?: { readonly line: number };
}

const events = (ended: Ended): readonly Told[] =>
  ended.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const mutants = (ended: Ended) => events(ended).filter(({ event }) => event === 'mutant');

const record = join(project.folder, '.plimsoll/mutants.json');

test('every mistake in a layer that is proved is noticed, or changes nothing', async () => {
  const ended = await mutate();
  const found = mutants(ended);
  const said = found.map(({ was, outcome, prove, explore }) => [was, outcome, prove, explore]);
  expect(said).toEqual([
    ['this.disk = disk;', 'no program', 'no program', 'no program'],
    // A store that is never there keeps every promise, and is of no use.
    ['true', 'noticed', 'vacuous', 'vacuous'],
    ['+', 'equivalent', 'proved', 'explored'],
    ['0', 'noticed', 'not proved', 'refuted'],
    ['this.disk.write(address, block);', 'noticed', 'not proved', 'refuted'],
  ]);
  expect(ended.exit).toBe(0);
});

test('what was tried is not tried again, and a survivor that nobody explains is said', async () => {
  const kept = JSON.parse(readFileSync(record, 'utf8'));
  for (const tried of Object.values(kept.mutants)) Object.assign(tried as object, unnoticed);
  writeFileSync(record, JSON.stringify(kept));
  const ended = await mutate();
  const outcomes = new Set(mutants(ended).map(({ outcome }) => outcome));
  expect(outcomes.has('survived')).toBe(true);
  expect(outcomes.has('noticed')).toBe(false);
  expect(ended.exit).toBe(1);
  const anew = await mutate('--no-resume');
  expect(mutants(anew).some(({ outcome }) => outcome === 'noticed')).toBe(true);
  expect(anew.exit).toBe(0);
});

const unnoticed = { prove: 'undecided', explore: 'explored' };

test('a run that is killed is taken up where it was', async () => {
  rmSync(record);
  const killed = await project.run(['mutate', 'relay', '--format', 'json', '--jobs', '1'], {
    interruptAt: '"outcome":"noticed"',
    signal: 'SIGKILL',
  });
  expect(killed.exit).toBe(null);
  const kept = JSON.parse(readFileSync(record, 'utf8'));
  const known = Object.values(kept.mutants);
  expect(known.length).toBeGreaterThan(0);
  for (const tried of known) Object.assign(tried as object, marked);
  writeFileSync(record, JSON.stringify(kept));
  const again = mutants(await mutate());
  expect(again.filter(({ explore }) => explore === marked.explore)).toHaveLength(known.length);
  expect(again).toHaveLength(5);
  rmSync(record);
});

const marked = { prove: 'refused', explore: 'from before' };

test('a comment that explains what does not go unnoticed is told', async () => {
  const explained = (mark: string) => right.replace('    return true;', `    // ${mark}\n$&`);
  writeFileSync(proof, explained('mutant: constant: it is always there'));
  const { out, exit } = await project.run(['mutate', 'relay']);
  expect(out).toMatch(/relay\/proof.ts:12 explains what no mutant does: "constant: it is/);
  expect(exit).toBe(1);
  writeFileSync(proof, right);
});

test('the last lines are a table of the layers', async () => {
  const { out, exit } = await project.run(['mutate', 'relay']);
  expect(
    out
      .trimEnd()
      .split('\n')
      .slice(-2)
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ['layer', 'mutants', 'by both', 'prove only', 'explore only', 'equivalent', 'survived'].concat([
      'unexplained',
      'proof',
    ]),
    ['relay', '4', '3', '0', '0', '1', '0', '0', 'relay/proof.ts'],
  ]);
  expect(exit).toBe(0);
});

test('a record that is damaged is made anew', async () => {
  writeFileSync(record, '{"format": 1, "mut');
  expect((await mutate()).exit).toBe(0);
});

test('of a layer that is not proved nothing is said', async () => {
  writeFileSync(proof, right.replace('this.disk.write(address, block);', ''));
  const ended = await mutate();
  writeFileSync(proof, right);
  expect(mutants(ended)).toEqual([]);
  expect(ended.out).toContain('prove it first');
  expect(ended.exit).toBe(2);
});

test('mistakes of one kind', async () => {
  const kinds = mutants(await mutate('--kind', 'constant')).map(({ kind }) => kind);
  expect(kinds).toEqual(['constant', 'constant']);
});

test('a layer that is not there is named', async () => {
  const ended = await mutate('--only', 'nobody');
  expect(ended.exit).toBe(3);
  expect(ended.error).toContain('no layer is named nobody');
});
