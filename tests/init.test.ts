/** `plimsoll init`: a project that works as it was written, and nothing that is lost. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { execute, Project, root } from './command.ts';

const projects: Project[] = [];
afterAll(() => {
  for (const project of projects) project.remove();
});

function empty(): Project {
  const project = new Project();
  projects.push(project);
  return project;
}

const read = (project: Project, name: string) => readFileSync(join(project.folder, name), 'utf8');

test('the layer type-checks, is proved, explored and run as it was written', async () => {
  const project = empty();
  rmSync(join(project.folder, 'package.json'));
  const written = await project.run(['init']);
  expect(written).toMatchObject({ exit: 0, error: '' });
  const files = [...written.out.matchAll(/^wrote {3}(\S+)/gm)].map(([, name]) => name);
  expect(files).toEqual([
    'package.json',
    'tsconfig.json',
    'register/spec.ts',
    'register/code.ts',
    'register/proof.ts',
  ]);
  const compiler = join(root, 'node_modules/.bin/tsc6');
  const types = await execute(compiler, ['-p', '.'], { folder: project.folder });
  expect(types, types.out).toMatchObject({ exit: 0 });
  // The commands that it proposes are those that work.
  const commands = [...written.out.matchAll(/^ {2}npx plimsoll (.*)$/gm)].map(([, words]) => words);
  const answers = [];
  for (const words of commands) answers.push(await project.run((words ?? '').split(' ')));
  expect(answers.map(({ exit }) => exit)).toEqual([0, 0, 0, 0]);
  expect(answers[0]?.out).toMatch(/^proved\s+register/);
  expect(answers[1]?.out).toMatch(/^explored\s+register/);
  expect(answers[3]).toMatchObject({ out: 'hello\n', error: 'register: proved\n' });
});

test('a folder is made if it is absent, and then has to be entered and filled', async () => {
  const project = empty();
  const { exit, out } = await project.run(['init', 'deep/down']);
  expect(exit).toBe(0);
  expect(out).toMatch(/next:\n {2}cd deep\/down\n {2}npx plimsoll prove register\n/);
  expect(existsSync(join(project.folder, 'deep/down/register/proof.ts'))).toBe(true);
  rmSync(join(project.folder, 'node_modules'), { recursive: true });
  const bare = await project.run(['init', 'bare']);
  expect(bare.out).toMatch(/ {2}cd bare\n {2}npm install --save-dev plimsoll\n/);
});

test('nothing is written over, and all that is in the way is named', async () => {
  const project = empty();
  project.write('register/code.ts', 'mine');
  project.write('register/proof.ts', 'mine, too');
  const refused = await project.run(['init']);
  expect(refused).toMatchObject({ exit: 3, out: '' });
  expect(refused.error).toBe(
    'error: register/code.ts, register/proof.ts are there already; ' +
      'move them away, or name another folder [PL-307]\n',
  );
  expect(read(project, 'register/code.ts')).toBe('mine');
  expect(readdirSync(project.folder).sort()).toEqual(['node_modules', 'package.json', 'register']);
});

test('a link that leads nowhere is in the way, too', async () => {
  const project = empty();
  mkdirSync(join(project.folder, 'register'));
  symlinkSync('/nowhere', join(project.folder, 'register/spec.ts'));
  const { exit, error } = await project.run(['init']);
  expect(error).toContain('register/spec.ts is there already; move it away');
  expect(exit).toBe(3);
});

test('a package.json and a tsconfig.json stay, but for what they leave out', async () => {
  const project = empty();
  const strict = '{ "compilerOptions": { "strict": true } }\n';
  project.write('tsconfig.json', strict);
  project.write('package.json', '{ "name": "mine", "dependencies": {} }\n');
  const { out } = await project.run(['init']);
  expect(out).toContain('now says "type": "module"');
  expect(out).not.toContain('tsconfig.json');
  expect(read(project, 'tsconfig.json')).toBe(strict);
  expect(JSON.parse(read(project, 'package.json'))).toEqual({
    name: 'mine',
    dependencies: {},
    type: 'module',
  });
});

test('a project of CommonJS stays one, and its layer is proved all the same', async () => {
  const project = empty();
  const common = '{ "type": "commonjs" }\n';
  project.write('package.json', common);
  await project.run(['init']);
  expect(read(project, 'package.json')).toBe(common);
  expect((await project.run(['prove', 'register'])).out).toMatch(/^proved\s+register/);
  expect((await project.run(['explore', 'register'])).out).toMatch(/^explored\s+register/);
});

test.for<[string, string, string, RegExp]>([
  ['package.json', '{', '.', /package.json cannot be read: .*; mend it first/],
  ['package.json', '[]', '.', /package.json is no description of a package; mend it first/],
  ['here', 'a file', 'here', /here is a file; name a folder/],
  ['here', 'a file', 'here/below', /here\/below\/\S+ cannot be written: /],
])('%s with %s', async ([name, text, folder, message]) => {
  const project = empty();
  project.write(name, text);
  const { exit, error, out } = await project.run(['init', folder]);
  expect(error).toMatch(message);
  expect(error.trim().split('\n')).toHaveLength(1);
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
});
