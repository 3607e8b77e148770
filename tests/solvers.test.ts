/** Solvers that misbehave, and readers that go away: the command ends, and says what happened. */
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { command, type Ended, execute, Project, root, type Surroundings } from './command.ts';

const project = new Project();
project.copy(join(root, 'tests/fixtures/relay'), 'relay');
afterAll(() => project.remove());

/** Proves with a program of our own as z3. */
function withZ3(script: string, given: readonly string[] = [], where: Surroundings = {}) {
  const file = project.write('bin/z3', `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  const environment = { PATH: `${dirname(file)}:${process.env.PATH}` };
  const options = ['--solver', 'z3', '--no-cache', '--timeout', '2', '--format', 'json'];
  return project.run(['prove', 'relay', ...options, ...given], { environment, ...where });
}

const version = 'case "$*" in *version*) echo "Z3 version 4.8.12 - 64 bit"; exit;; esac';

function verdict(ended: Ended): unknown {
  const events = ended.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return events.find(({ event }) => event === 'verdict')?.verdict;
}

test('a solver that hangs is killed, and asked only a few times', async () => {
  const begun = Date.now();
  const ended = await withZ3(`${version}\nexec sleep 600`);
  expect(verdict(ended)).toMatchObject({ kind: 'unknown' });
  expect(ended.out).toContain('"reason":"timeout');
  expect(ended.exit).toBe(2);
  expect(Date.now() - begun).toBeLessThan(60_000);
});

test('a solver that prints garbage proves nothing', async () => {
  const ended = await withZ3(`${version}\nexec yes`);
  expect(verdict(ended)).toMatchObject({ kind: 'unknown' });
  expect(ended.exit).toBe(2);
});

test('nor does one that says unsat to everything, and errors', async () => {
  const script = `${version}\nwhile true; do echo '(error "line 1")'; echo unsat; sleep 0.01; done`;
  const ended = await withZ3(script);
  expect(verdict(ended)).toMatchObject({ kind: 'unknown' });
  expect(ended.exit).toBe(2);
});

test('a solver that dies proves nothing', async () => {
  const ended = await withZ3(`${version}\nexit 1`);
  expect(verdict(ended)).toMatchObject({ kind: 'unknown' });
  expect(ended.exit).toBe(2);
});

test('a solver that is not there is named', async () => {
  const ended = await project.run(['prove', 'relay', '--solver', 'cvc5'], {
    environment: { PATH: join(project.folder, 'bin') },
  });
  expect(ended.error).toMatch(/cvc5 is not on PATH; install it, or use the built-in solver/);
  expect(ended).toMatchObject({ exit: 3, out: '' });
});

test('an interruption ends the command and its solvers at once', async () => {
  const file = join(project.folder, 'solver.pid');
  const script = `${version}\necho $$ > ${file}\nexec sleep 600`;
  const begun = Date.now();
  const ended = await withZ3(script, [], {
    interruptAt: '"begin"',
  });
  expect(ended.exit).toBe(130);
  expect(ended.error).toContain('interrupted');
  expect(Date.now() - begun).toBeLessThan(30_000);
});

test('a reader that goes away ends the command quietly', async () => {
  const shell = `node ${command} prove relay --format json | head -1; true`;
  const ended = await execute('sh', ['-c', shell], { folder: project.folder });
  expect(ended.error).toBe('');
  expect(ended.out.trim().split('\n')).toHaveLength(1);
});
