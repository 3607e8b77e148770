/**
 * Programs outside the subset: each says on top what is said of it, and nothing else is said.
 * With UPDATE=1 the tops are written anew: look at what changed before it is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { type Refusal, Refused } from '../../src/symbolic/refusal.ts';

function filesIn(folder: string): readonly string[] {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  const names = readdirSync(path).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => join(path, name));
}

function refusalsOf(file: string): readonly Refusal[] {
  try {
    readProgram([file]);
    return [];
  } catch (error) {
    if (error instanceof Refused) return error.refusals;
    throw error;
  }
}

/** The first lines of a fixture: two for each refusal. */
function top(refusals: readonly Refusal[]): string {
  return refusals
    .map(
      ({ at, construct, why, instead }) =>
        `// refused ${at.line}:${at.column} ${construct}: ${why}\n// instead: ${instead}\n`,
    )
    .join('');
}

function topOf(text: string): string {
  return /^(\/\/ (refused|instead).*\n)*/.exec(text)?.[0] ?? '';
}

const refused = filesIn('./fixtures');
const accepted = filesIn('../accepted/fixtures');
const name = (file: string) => file.replace(/.*\//, '');

describe('programs outside the subset', () => {
  test.for(refused)('%s', { timeout: 20_000 }, (file) => {
    const text = readFileSync(file, 'utf8');
    const said = top(refusalsOf(file));
    if (process.env.UPDATE) writeFileSync(file, said + text.slice(topOf(text).length));
    expect(said, `${name(file)} is read without a word`).not.toBe('');
    if (!process.env.UPDATE) expect(topOf(text)).toBe(said);
  });

  test('are there in number', () => {
    expect(refused.length).toBeGreaterThanOrEqual(60);
  });
});

describe('programs within the subset, however close', () => {
  test.for(accepted)('%s', { timeout: 20_000 }, (file) => {
    expect(top(refusalsOf(file))).toBe('');
  });
});
