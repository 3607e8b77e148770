/** Much input, long input, and nowhere to keep anything: the verdict is the same. */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { firstLayer } from '../src/cli/start/first-layer.ts';
import { command, execute, Project } from './command.ts';

const [spec, code, proof] = firstLayer.map(({ text }) => text) as [string, string, string];
const write = 'this.disk.write(0, value);';
const broken = code.replace(write, `this.disk.write(0, zeroBlock);\n    ${write}`);

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function project(code: string, layers: readonly string[] = ['register']): Project {
  const made = new Project();
  projects.push(made);
  for (const layer of layers) {
    made.write(`${layer}/spec.ts`, spec);
    made.write(`${layer}/code.ts`, code);
    made.write(`${layer}/proof.ts`, proof);
  }
  return made;
}

test('a hundred layers in one run', async () => {
  const layers = Array.from({ length: 100 }, (_, i) => `layer-${i}`);
  const own = project(code, layers);
  own.write('layer-57/code.ts', broken);
  const { exit, out, error } = await own.run(['prove', ...layers]);
  expect(error).toBe('');
  const verdicts = out.match(/^(?:proved|refuted|unknown|vacuous)/gm) ?? [];
  expect(verdicts.filter((kind) => kind === 'proved')).toHaveLength(99);
  expect(verdicts[57]).toBe('refuted');
  expect(exit).toBe(1);
});

test.for(['prove', 'explore'])(
  'what is wrong with one file keeps %s from no other',
  async (verb) => {
    const own = project(code, ['one', 'two', 'three', 'four']);
    own.write('two/code.ts', code.replace('return this.disk.read(0);', 'return this.disk.('));
    own.write('three/spec.ts', spec.replace('this.value = value;', "this.value = 'value';"));
    own.write('four/code.ts', broken);
    const files = verb === 'prove' ? ['one', 'two', 'three', 'four'] : ['--all'];
    const { exit, out, error } = await own.run([verb, ...files]);
    const said = out.match(/^(?:proved|explored|refuted) .* (?:one|four)\/proof.ts/gm) ?? [];
    expect(said.map((line) => line.split(' ')[0]).sort()).toEqual([
      verb === 'prove' ? 'proved' : 'explored',
      'refuted',
    ]);
    expect(error).toMatch(/^error: .*expected\..*\n {2}two\/code.ts:\d+/m);
    expect(error).toMatch(/^error: Type 'string'.*\n {2}three\/spec.ts:\d+/m);
    expect(exit).toBe(3);
  },
);

test('code that cannot be looked into while it runs is told', async () => {
  const hidden = code
    .replace('private readonly disk', '#written = false;\n  private readonly disk')
    .replace(write, `this.#written = true;\n    ${write}`);
  const own = project(hidden);
  expect((await own.run(['prove', 'register'])).exit).toBe(0);
  const { exit, out, error } = await own.run(['explore', 'register']);
  expect(error).toBe('');
  expect(out).toMatch(/^unknown {3}register {2}register\/proof\.ts {2}PL-205$/m);
  expect(out).toContain('OnDisk keeps state in #written, which cannot be read');
  expect(out).toContain('try: declare it private instead: private written');
  expect(exit).toBe(2);

  // A counterexample of before is run on code as it is now.
  own.write('register/code.ts', broken);
  expect((await own.run(['explore', 'register'])).exit).toBe(1);
  own.write('register/code.ts', hidden);
  const again = await own.run(['replay', '.plimsoll/register.explore.json']);
  expect(again.error).toBe('');
  expect(again.out).toContain('OnDisk keeps state in #written');
  expect(again.exit).toBe(2);
});

test('a report tells of what could not be read and of the rest', async () => {
  const own = project(code, ['one', 'two']);
  own.write('one/proof.ts', 'export const = ;\n');
  const { exit, out } = await own.run(['prove', 'one', 'two', '--format', 'json']);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const told = events.filter(({ event }) => ['failure', 'verdict', 'end'].includes(event));
  expect(told.map(({ event }) => event)).toEqual(['failure', 'verdict', 'end']);
  expect(told[0]).toMatchObject({ code: 'PL-304', at: { line: 1 } });
  expect(told[2].exit).toBe(3);
  expect(exit).toBe(3);
});

test('a source file of more than five thousand lines', async () => {
  const helper = (i: number) => `
function helper${i}(value: number): number {
  if (value > ${i}) return ${i};
  return value;
}`;
  const long = code + Array.from({ length: 1000 }, (_, i) => helper(i)).join('\n');
  expect(long.split('\n').length).toBeGreaterThan(5000);
  const own = project(`${long}\n`);
  expect(await own.run(['prove', 'register'])).toMatchObject({ exit: 0, error: '' });
  // A mistake in its last line is shown there.
  own.write('register/code.ts', `${long}\nexport const wrong: number = 'text';\n`);
  const { exit, error } = await own.run(['prove', 'register']);
  const lines = long.split('\n').length;
  expect(error).toContain(`register/code.ts:${lines + 1}:14`);
  expect(exit).toBe(3);
});

test('nowhere to keep answers, verdicts and counterexamples', async () => {
  const own = project(code);
  own.write('.plimsoll', 'a file where the folder should be');
  const proved = await own.run(['prove', 'register']);
  expect(proved.out).toMatch(/^proved/);
  expect(proved.error).toMatch(/^warning: cache: cannot write \S+ \(\w+\)\nwarning: the verdict/);
  expect(proved.error.trim().split('\n')).toHaveLength(2);
  expect(proved.exit).toBe(0);
  own.write('register/code.ts', broken);
  const refuted = await own.run(['prove', 'register']);
  expect(refuted.out).toMatch(/^refuted[\s\S]*power lost before this/);
  expect(refuted.out).not.toContain('replay:');
  expect(refuted.error).toContain('warning: the counterexample is not kept: ');
  expect(refuted.exit).toBe(1);
});

const full = existsSync('/dev/full');

test.skipIf(!full)(
  'where nothing can be printed, that is said, and the verdict is kept',
  async () => {
    const own = project(code);
    const printed = (...given: string[]) =>
      execute('sh', ['-c', 'exec "$@" > /dev/full', 'sh', process.execPath, command, ...given], {
        folder: own.folder,
      });
    for (const given of [['prove', 'register'], ['doctor'], ['completion', 'zsh']]) {
      const { exit, error } = await printed(...given);
      expect(error).toMatch(/^error: what is said cannot be written: ENOSPC.*; make room.*\]\n$/);
      expect(exit).toBe(3);
    }
    expect(readFileSync(join(own.folder, '.plimsoll/verdicts.json'), 'utf8')).toContain('"proved"');
  },
);

test.skipIf(!full)('a page is written to a device, not in its place', async () => {
  const own = project(code);
  // A link, lest a mistake of ours should cost the machine its device.
  symlinkSync('/dev/full', join(own.folder, 'page.html'));
  const { exit, error } = await own.run(['explore', 'register', '--html', 'page.html']);
  expect(error).toMatch(/the page page.html cannot be written: ENOSPC/);
  expect(exit).toBe(3);
  expect(lstatSync(join(own.folder, 'page.html')).isSymbolicLink()).toBe(true);
});

/** A small disk that only this command sees; not every system lets us have one. */
const mounted = (size: string, rest: string) => [
  ...['-rm', 'sh', '-c'],
  `mount -t tmpfs -o size=${size} none .plimsoll && ${rest}`,
];
const allowed = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

test.skipIf(!allowed)('a disk that fills up while answers are kept', async () => {
  const own = project(broken);
  mkdirSync(join(own.folder, '.plimsoll'));
  const run = `exec "${process.execPath}" "${command}" prove register`;
  const full = await execute('unshare', mounted('16k', run), { folder: own.folder });
  expect(full.out).toMatch(/^refuted/);
  expect(full.error).toMatch(/^warning: cache: cannot write \S+ \(ENOSPC\)$/m);
  expect(full.exit).toBe(1);
  const twice = await execute('unshare', mounted('16k', `${run.slice(5)}; ${run}`), {
    folder: own.folder,
  });
  // What had been kept before the disk was full is whole.
  expect(twice.error).not.toContain('damaged');
  expect(twice.exit).toBe(1);
});
