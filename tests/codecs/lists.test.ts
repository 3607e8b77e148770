/**
 * Codecs of lists: every file under fixtures/ says on its first line what is to be said of its
 * codec, and on its second, of one that is refuted, what shows it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Pool } from '../../src/logic/index.ts';
import { bytesOf, isSealed, NotAccepted, u16 } from '../../src/model/index.ts';
import { proveCodec } from '../../src/refine/codecs/prove-codec.ts';
import type { RealCodec } from '../../src/refine/codecs/wrong-codec.ts';
import type { Program } from '../../src/symbolic/ir.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { names as plain } from './fixtures/list.ts';
import { names as sealed } from './fixtures/list-sealed.ts';

const folder = join(import.meta.dirname, 'fixtures');
const files = readdirSync(folder).map((name) => join(folder, name));
const list = (...names: number[]) => ({ newer: true, names: names.map(u16) });

let pool: Pool;
let program: Program;
beforeAll(async () => {
  pool = await createPool({ cache: false });
  ({ program } = readProgram(files));
});
afterAll(() => pool.close());

test.for(files)('%s', { timeout: 120_000 }, async (file) => {
  const codec = [...program.codecs.values()].find(({ at }) => at.file === file)!;
  const said = readFileSync(file, 'utf8');
  const [, expected] = /^\/\/ expect: (.+)$/m.exec(said) ?? [];
  const [, because] = /^\/\/ because: (.+)$/m.exec(said) ?? [];
  const { names: real } = (await import(file)) as { readonly names: RealCodec };
  const verdict = await proveCodec({
    program,
    codec,
    pool,
    report: { event() {} },
    real: async () => real,
  });
  expect(verdict.kind).toBe(expected);
  if (verdict.kind === 'refuted') expect(verdict.because).toContain(because);
});

test('what is encoded is decoded, and what is too long is an error', () => {
  for (const codec of [plain, sealed]) {
    for (const value of [list(), list(65_535), list(1, 256, 0)])
      expect(codec.decode(codec.encode(value))).toEqual(value);
    expect(() => codec.encode(list(1, 2, 3, 4))).toThrow(NotAccepted);
  }
});

test('a sealed codec decodes nothing of a block in which a byte is another', () => {
  const block = sealed.encode(list(7, 8));
  expect(isSealed(block)).toBe(true);
  expect(isSealed(plain.encode(list(7, 8)))).toBe(false);
  for (const [i, byte] of bytesOf(block).entries()) {
    const other = bytesOf(block);
    other[i] = byte ^ 1;
    expect(sealed.decode(other as never)).toBe(null);
  }
});
