/** `prove --watch`: what a change touches is proved again, whatever happens to the files. */
import { chmodSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { firstLayer } from '../src/cli/start/first-layer.ts';
import { Project } from './command.ts';
import { Watching } from './watching.ts';

const [spec, code, proof] = firstLayer.map(({ text }) => text) as [string, string, string];
const write = 'this.disk.write(0, value);';
/** Clears the block before it is written. */
const broken = code.replace(write, `this.disk.write(0, zeroBlock);\n    ${write}`);

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function project(...layers: string[]): Project {
  const made = new Project();
  undo.push(() => made.remove());
  for (const layer of layers) {
    made.write(`${layer}/spec.ts`, spec);
    made.write(`${layer}/code.ts`, code);
    made.write(`${layer}/proof.ts`, proof);
  }
  return made;
}

function watch(folder: string, given: string[], environment?: NodeJS.ProcessEnv): Watching {
  const watching = new Watching(folder, given, environment);
  undo.push(() => watching.interrupt());
  return watching;
}

const verdicts = (text: string) => text.match(/^(?:proved|refuted|unknown|vacuous)/gm) ?? [];

test('a bug is refuted on the code as it is now; the exit is of the last verdict', async () => {
  const own = project('register');
  const watching = watch(own.folder, ['register']);
  expect(await watching.settled()).toMatch(/^proved {4}register/);
  own.write('register/code.ts', broken);
  const refuted = await watching.settled();
  expect(refuted).toMatch(/^changed: register\/code.ts\nrefuted {3}register/);
  expect(refuted).toContain('power lost before this');
  // The run is that of a command that has just been started: no old code is left anywhere.
  const cold = await own.run(['prove', 'register']);
  const shown = (text: string) => text.slice(text.indexOf('get()'), text.indexOf('  failed'));
  expect(shown(refuted)).toBe(shown(cold.out));
  expect(shown(refuted)).toContain('register/code.ts:24:15');
  own.write('register/code.ts', code);
  expect(await watching.settled()).toMatch(/^proved/m);
  own.write('register/code.ts', `\n${broken}`);
  expect(await watching.settled()).toContain('register/code.ts:25:15');
  expect(await watching.interrupt()).toBe(1);
  const again = watch(own.folder, ['register']);
  await again.settled();
  own.write('register/code.ts', code);
  await again.settled();
  expect(await again.interrupt()).toBe(0);
});

test('files and folders may vanish, and come back', async () => {
  const own = project('register');
  const watching = watch(own.folder, ['register']);
  await watching.settled();
  for (const name of ['code.ts', 'proof.ts', '.']) {
    const path = join(own.folder, 'register', name);
    renameSync(path, `${own.folder}/aside`);
    expect(await watching.settled()).toMatch(/error: (?:Cannot find module|cannot read)/);
    renameSync(`${own.folder}/aside`, path);
    expect(await watching.settled()).toMatch(/^proved/m);
  }
  // Editors write beside the file, remove it, and rename: nothing is missing in the end.
  rmSync(join(own.folder, 'register/code.ts'));
  own.write('register/code.ts', broken);
  const replaced = await watching.settled();
  expect(replaced).not.toContain('error');
  expect(verdicts(replaced)).toEqual(['refuted']);
});

test('an error of syntax is shown where it is, and the watch goes on', async () => {
  const own = project('register');
  const watching = watch(own.folder, ['register']);
  await watching.settled();
  own.write('register/code.ts', code.replace('return this.disk.read(0);', 'return this.disk.('));
  expect(await watching.settled()).toMatch(/error: .*\n {2}register\/code.ts:20:22/);
  own.write('register/code.ts', code.replace('read(0)', "read('0')"));
  expect(await watching.settled()).toMatch(/error: Argument of type/);
  own.write('register/code.ts', code.replace('return true', 'return Date.now() > 0'));
  expect(await watching.settled()).toMatch(/^refused {3}Date/m);
  expect(await watching.interrupt()).toBe(2);
});

test('an import that leads nowhere may be written later, in a new folder', async () => {
  const own = project('register');
  own.write('register/proof.ts', proof.replace("'./code.ts'", "'./more/code.ts'"));
  const watching = watch(own.folder, ['register']);
  expect(await watching.settled()).toContain("Cannot find module './more/code.ts'");
  mkdirSync(join(own.folder, 'register/more'));
  await watching.settled();
  own.write('register/more/code.ts', code.replace('./spec', '../spec'));
  expect(await watching.settled()).toMatch(/^proved/m);
});

test('many changes in a row are one', async () => {
  const own = project('register');
  const watching = watch(own.folder, ['register', '--format', 'json']);
  const end = /"event":"end"[^\n]*\n[^\n]*Ctrl-C/;
  await watching.until(end);
  for (let i = 0; i < 30; i++) {
    own.write('register/code.ts', `${i % 2 === 0 ? code : broken}// ${i}\n`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const text = await watching.until(end);
  const found = text.match(/"event":"verdict"[^\n]*?"kind":"(\w+)"/g) ?? [];
  expect(found.at(-1)).toMatch(/refuted/);
  expect(found.length).toBeLessThan(10);
  expect(await watching.within(1000)).toBe('');
});

test('only what a change touches is proved again, and only if it says something else', async () => {
  const own = project('one', 'two');
  const watching = watch(own.folder, ['one', 'two']);
  expect(verdicts(await watching.settled())).toEqual(['proved', 'proved']);
  own.write('two/spec.ts', `${spec}// A remark.\n`);
  expect(await watching.settled()).toMatch(/^changed: two\/spec.ts\nproved .* two\/proof.ts\n/);
  utimesSync(join(own.folder, 'one/code.ts'), new Date(), new Date());
  expect(await watching.within(1500)).toBe('');
  own.write('one/code.ts', broken);
  expect(verdicts(await watching.settled())).toEqual(['refuted']);
  own.write('two/code.ts', `${code}// A remark.\n`);
  expect(verdicts(await watching.settled())).toEqual(['proved']);
  // One of the two is still refuted.
  expect(await watching.interrupt()).toBe(1);
});

test('a proof file that is new is proved, if all are watched', async () => {
  const own = project('one');
  const watching = watch(own.folder, ['--all', '--only', 'register']);
  await watching.until(/Ctrl-C ends it\n/);
  own.write('two/spec.ts', spec);
  own.write('two/proof.ts', proof);
  // As long as it is not whole, what is missing is said.
  expect(await watching.settled()).toMatch(/^changed: two\/proof.ts\n[\s\S]*'.\/code.ts'/);
  own.write('two/code.ts', broken);
  expect(await watching.settled()).toMatch(/^changed: two\/code.ts\nrefuted .* two\/proof.ts/);
  rmSync(join(own.folder, 'two'), { recursive: true });
  expect(await watching.settled()).toMatch(/error: cannot read/);
});

test('a change ends a proof that hangs, and so does Ctrl-C', async () => {
  const own = project('register');
  const script = `#!/bin/sh
case "$*" in *version*) echo "Z3 version 4.8.12 - 64 bit"; exit;; esac
echo started >> started; exec sleep 600`;
  chmodSync(own.write('bin/z3', script), 0o755);
  const environment = { PATH: `${join(own.folder, 'bin')}:${process.env.PATH}` };
  const watching = watch(own.folder, ['register', '--solver', 'z3'], environment);
  await watching.within(5000);
  own.write('register/code.ts', 'export const no = (;\n');
  // Without having waited for the solver, which never answers.
  expect(await watching.settled()).toMatch(/error: .*expected/);
  own.write('register/code.ts', `${code}// A remark.\n`);
  await watching.until(/changed/);
  expect(await watching.interrupt()).toBe(3);
  const none = watch(own.folder, ['register', '--solver', 'z3'], environment);
  await none.within(5000);
  expect(await none.interrupt()).toBe(130);
});

test('what is not there when the watch begins is a mistake', async () => {
  const { exit, error } = await project().run(['prove', '--watch', 'nothing']);
  expect(error).toMatch(/nothing: no such file/);
  expect(exit).toBe(3);
});
