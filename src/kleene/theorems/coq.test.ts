/** Coq accepts what the kernel proved, and assumes nothing. Where there is no Coq it is said. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseTerm } from '../notation/parse.ts';
import { coqFile, flat } from './coq.ts';
import type { Kernel, Theorem } from './kernel.ts';
import { type Law, proveLaw } from './laws.ts';
import { recoveryLaws } from './recovery-laws.ts';
import { relationLaws } from './relation-laws.ts';
import { theoremNamed, theoremNames } from './theorems.ts';

const version = attempt(() => execFileSync('coqc', ['--version'], { encoding: 'utf8' }));
const unavailable = version ? '' : ' (skipped: there is no coqc; apt-get install coq)';

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function coq(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-coq-'));
  try {
    const file = join(folder, 'laws.v');
    writeFileSync(file, text);
    return execFileSync('coqc', ['-q', file], { encoding: 'utf8', stdio: 'pipe', cwd: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function exported(law: Law, number: number): string {
  const { kernel, theorems } = proveLaw(law);
  const name = `law${number}_${law.name.replaceAll(/\W+/g, '_')}`;
  return coqFile(kernel, new Map(theorems.map((one, i) => [`${name}_way${i}`, one] as const)));
}

const closed = 'Closed under the global context';
const count = (text: string, part: string) => text.split(part).length - 1;

test.skipIf(!version)(`coqc accepts every law${unavailable}`, { timeout: 180_000 }, () => {
  const files = [...relationLaws, ...recoveryLaws].map(exported);
  // The prelude, once, and then the sections of all.
  const [first = '', ...others] = files;
  const start = first.indexOf('Section Of_');
  const all = [first, ...others.map((text) => text.slice(start))].join('\n');
  const theorems = count(all, '\nTheorem ');
  expect(theorems).toBeGreaterThan(140);
  expect(count(coq(all), closed)).toBe(theorems + 1);
});

test.skipIf(!version)(`coqc accepts every theorem${unavailable}`, { timeout: 300_000 }, () => {
  const all = theoremNames().map(theoremNamed);
  const named = all.flatMap(({ name, theorems }) =>
    theorems.map((one, i) => [`${name}_way${i}`, one] as const),
  );
  expect(named).toHaveLength(30);
  const file = coqFile(theoremNamed('composition').kernel, new Map(named));
  expect(count(coq(file), closed)).toBe(named.length + 1);
});

/** Sliding, from a simulation by cut and instantiation. */
function sliding(): readonly [Kernel, Theorem] {
  const law = recoveryLaws.find(({ name }) => name === 'sim_star_r') as Law;
  const { kernel, theorems } = proveLaw(law);
  const term = (text: string) => parseTerm(kernel.terms, text);
  const instance = kernel.instantiate(theorems[0] as Theorem, {
    letters: new Map([
      ['c', term('u v')],
      ['v', term('u')],
      ['a', term('v u')],
    ]),
  });
  const associated = kernel.axiom('associate right', term('u'), term('v'), term('u'));
  return [kernel, kernel.cut(associated, instance)];
}

test('cut and instantiation are done before', () => {
  const [kernel, theorem] = sliding();
  const plain = flat(kernel, theorem);
  expect([plain.left, plain.right]).toEqual([theorem.left, theorem.right]);
  expect(plain.hypotheses).toEqual([]);
  expect(coqFile(kernel, new Map([['slid', theorem]]))).not.toContain('Hypothesis');
});

test.skipIf(!version)(
  `coqc accepts cut and instantiation${unavailable}`,
  { timeout: 180_000 },
  () => {
    const [kernel, theorem] = sliding();
    const file = coqFile(kernel, new Map([['slid', theorem]]));
    expect(count(coq(file), closed)).toBe(2);
    expect(() =>
      coq(file.replace('Theorem slid : below (product', 'Theorem slid : below (choice')),
    ).toThrow();
  },
);
