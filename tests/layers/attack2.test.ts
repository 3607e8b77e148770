/**
 * Wrong layers that try what is newer: restarts of init, answers to choices, lemmas, codecs; and
 * whether what an exploration leaves out ever decides its verdict.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plimsoll } from '../command.ts';
import { filesIn, holdLayers } from './hold.ts';

holdLayers('attack2');

const folder = (name: string) => filesIn(join(import.meta.dirname, 'fixtures/attack2', name));
const exits: Readonly<Record<string, number>> = { explored: 0, refuted: 1, unknown: 2 };

/** The exit that the first line of a file asks for. */
function wanted(file: string): number {
  const [, said = ''] = /^\/\/ expect: (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  const exit = exits[said];
  if (exit === undefined) throw new Error(`${file}: say on the first line what to expect`);
  return exit;
}

describe('operations overlap', () => {
  const flags = ['--clients', '2', '--unlocked'];
  test.each(folder('overlapping'))('%s', { timeout: 120_000 }, async (file) => {
    for (const more of [[], ['--no-reduction']]) {
      const { exit } = await plimsoll(['explore', file, ...flags, ...more]);
      expect(exit).toBe(wanted(file));
    }
  });
});

describe('contents are interchangeable', () => {
  test.each(folder('alike'))('%s', { timeout: 120_000 }, async (file) => {
    for (const more of [[], ['--no-symmetry']]) {
      const { exit } = await plimsoll(['explore', file, '--values', '4', ...more]);
      expect(exit).toBe(wanted(file));
    }
  });
});
