/** A solver of another make must agree, or nothing is proved. */
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Ended, Project, root } from './command.ts';

const project = new Project();
project.copy(join(root, 'tests/fixtures/relay'), 'relay');
afterAll(() => project.remove());

const options = ['--solver', 'wasm', '--cross-check', '--no-cache', '--format', 'json'];

/** Proves while cvc5 is this script, or is not there. */
function withCvc5(script?: string): Promise<Ended> {
  const folder = script === undefined ? 'empty' : 'bin';
  const file = project.write(`${folder}/cvc5`, `#!/bin/sh\n${script}\n`);
  chmodSync(file, script === undefined ? 0o644 : 0o755);
  const path = `${dirname(file)}:/bin:/usr/bin`;
  const PATH = script === undefined ? dirname(file) : path;
  return project.run(['prove', 'relay', ...options], { environment: { PATH } });
}

function verdict(ended: Ended) {
  const events = ended.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return events.find(({ event }) => event === 'verdict');
}

const version = 'case "$*" in *version*) echo "This is cvc5 version 1.0.3"; exit;; esac';

function hasCvc5(): boolean {
  try {
    execFileSync('cvc5', ['--version']);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!hasCvc5())('cvc5 proves what z3 proves, and both are named', async () => {
  const ended = await project.run(['prove', 'relay', ...options]);
  const { verdict: found, trusts } = verdict(ended);
  expect(found).toEqual({ kind: 'proved' });
  expect(trusts).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^z3-solver \d/),
      expect.stringMatching(/^cvc5 \d/),
    ]),
  );
  expect(ended.exit).toBe(0);
});

test('without another solver nothing is proved', async () => {
  const ended = await withCvc5();
  expect(verdict(ended).verdict).toMatchObject({
    kind: 'unknown',
    reason: 'solver',
    because: expect.stringMatching(/^only z3-solver .* has proved it/),
    remedy: 'install cvc5, or leave out --cross-check',
  });
  expect(ended.exit).toBe(2);
});

test('a solver that does not agree is heard', async () => {
  const talks = 'while read line; do case "$line" in';
  const answers = `*check-sat*) echo unknown;; *echo*) echo "$line" | cut -d'"' -f2;; esac; done`;
  const ended = await withCvc5(`${version}\n${talks} ${answers}`);
  expect(verdict(ended).verdict).toMatchObject({
    kind: 'unknown',
    reason: 'solver',
    because: expect.stringMatching(/^z3-solver .* proves it, cvc5 1\.0\.3 says unknown/),
  });
  expect(ended.exit).toBe(2);
});
