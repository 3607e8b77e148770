/** The main job from outside: prove, refute, replay, mend, and what is kept in between. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Ended, Project, root } from './command.ts';

const project = new Project();
const relay = readFileSync(join(root, 'tests/fixtures/relay/proof.ts'), 'utf8');
/** Keeps a block back when it is the block of zeros. */
const broken = relay
  .replace('sameBlocks }', 'sameBlock, sameBlocks, zeroBlock }')
  .replace('this.disk.write', 'if (!sameBlock(block, zeroBlock)) this.disk.write');
project.write('relay/proof.ts', relay);
project.write('broken/proof.ts', broken);
afterAll(() => project.remove());

const run = (...given: string[]): Promise<Ended> => project.run(given);

function events({ out }: Ended): Record<string, unknown>[] {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a proof is a verdict with what it trusts, and each obligation is an event', async () => {
  const text = await run('prove', 'relay', '--solver', 'wasm');
  expect(text.out).toMatch(/^proved\s+relay\s+relay\/proof.ts\n\s+\d+ obligations/);
  expect(text.out).toMatch(/trusts {2}Disk as in .* z3-solver 5.2.0 · the\s+reader of TypeScript/);
  expect(text).toMatchObject({ exit: 0, error: '' });
  const json = await run('prove', 'relay', '--solver', 'wasm', '--format', 'json');
  const found = events(json).filter(({ event }) => event !== 'progress');
  const obligations = found.filter(({ event }) => event === 'obligation');
  expect(obligations.length).toBeGreaterThan(5);
  for (const one of obligations)
    expect(one).toMatchObject({ answer: 'proved', cached: true, solver: 'z3-solver 5.2.0' });
  expect(found.map(({ event }) => event)).toEqual([
    'begin',
    ...obligations.map(() => 'obligation'),
    'verdict',
    'end',
  ]);
});

test('run knows what was proved, until the sources change', async () => {
  await run('prove', 'relay');
  const disk = ['--disk', 'a.img', '--create', '4', '--overwrite', 'size'];
  expect(await run('run', 'relay', ...disk)).toMatchObject({
    out: '4\n',
    error: 'relay: proved\n',
  });
  project.write('relay/proof.ts', `${relay}// changed\n`);
  const changed = await run('run', 'relay', ...disk);
  expect(changed.error).toMatch(/^warning: relay is not proved: its sources have changed/);
  expect(changed).toMatchObject({ exit: 0, out: '4\n' });
  project.write('relay/proof.ts', relay);
  await run('prove', 'broken');
  const refuted = await run('run', 'broken', ...disk);
  expect(refuted.error).toMatch(/^warning: relay is not proved: the last verdict was "refuted"/);
});

test.for(['prove', 'explore'])('what %s refutes replays, until it is mended', async (verb) => {
  project.write('broken/proof.ts', broken);
  const found = await run(verb, 'broken', '--write-test', `${verb}.test.ts`);
  expect(found.exit).toBe(1);
  expect(found.out).toMatch(/^refuted {3}relay/);
  const [, file = ''] = /replay: npx plimsoll replay (\S+)/.exec(found.out) ?? [];
  const again = await run('replay', file);
  expect(again.exit).toBe(1);
  expect(again.out).toContain('read(0): the promise does not allow what it answers');
  const written = readFileSync(join(project.folder, `${verb}.test.ts`), 'utf8');
  expect(written).toContain("import { relay } from './broken/proof.ts';");
  project.write('broken/proof.ts', relay);
  const mended = await run('replay', file);
  expect(mended.out).toContain('the promise is kept');
  expect(mended.exit).toBe(0);
});

test('code that never ends is stopped, and called what it is', async () => {
  const endless = '  recover(): void {\n    let i = 0;\n    while (i < 1) i = i * 1;\n  }';
  project.write('endless/proof.ts', relay.replace('  recover(): void {}', endless));
  const explored = await run('explore', 'endless');
  expect(explored.out).toMatch(/^refuted\s+relay/);
  expect(explored.out).toMatch(/recover\(\).* does not end: 1,000,000 turns of its loops/);
  expect(explored.exit).toBe(1);
  const tried = await run('prove', 'endless');
  expect(tried.out).not.toMatch(/^proved/);
  expect([1, 2]).toContain(tried.exit);
});

test('seeds that agree are one verdict', async () => {
  const { exit, out } = await run('prove', 'relay', '--seeds', '3', '--no-cache');
  expect(out).toMatch(/relay: seed 0: proved\nrelay: seed 1: proved\nrelay: seed 2: proved\n/);
  expect(out.match(/^proved/gm)).toHaveLength(1);
  expect(exit).toBe(0);
});

test('a source outside the subset is undecided, and others are proved all the same', async () => {
  project.write('more/clock/proof.ts', relay.replace('return true', 'return Date.now() > 0'));
  const alone = await run('prove', 'more/clock');
  expect(alone.out).toContain('more/clock/proof.ts:12:17');
  expect(alone.out).toMatch(/refused .* is outside the subset/);
  expect(alone.out).toMatch(/\^+ .*\n {2}instead: /);
  expect(alone.exit).toBe(2);
  const all = await run('prove', '--all', '--format', 'json');
  const verdicts = events(all).filter(({ event }) => event === 'verdict');
  expect(verdicts.map(({ verdict }) => (verdict as { kind: string }).kind)).toEqual(
    expect.arrayContaining(['proved', 'unknown']),
  );
});

test.for<[string, string, RegExp]>([
  ['nothing.json', '', /nothing.json is not JSON/],
  ['cut.json', '{ "format": 1, "layer": {', /cut.json is not JSON: .*it may be cut short/],
  ['other.json', '{ "name": "other" }', /other.json is no counterexample/],
  ['newer.json', '{ "format": 2 }', /newer.json has format 2, this is format 1/],
  ['shape.json', '{ "format": 1, "steps": [] }', /shape.json is no counterexample/],
])('replay of %s', async ([name, text, message]) => {
  project.write(name, text);
  const ended = await run('replay', name);
  expect(ended.error).toMatch(message);
  expect(ended).toMatchObject({ exit: 3, out: '' });
});

test('replay of a layer that is gone, or of no file at all', async () => {
  const run1 = { format: 1, source: '', start: null, blocks: [], length: 1, steps: [] };
  const gone = { ...run1, layer: { file: 'gone.ts', name: 'relay' } };
  project.write('gone.json', JSON.stringify(gone));
  expect((await run('replay', 'gone.json')).error).toMatch(/gone.ts is not there; run replay in/);
  const other = { ...run1, layer: { file: 'relay/proof.ts', name: 'other' } };
  project.write('name.json', JSON.stringify(other));
  expect((await run('replay', 'name.json')).error).toMatch(/exports no refinement named other/);
  expect((await run('replay', 'lost.json')).error).toMatch(/lost.json cannot be read/);
});
