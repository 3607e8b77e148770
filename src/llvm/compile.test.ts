import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NotCompiled, toIr, toWasm } from './compile.ts';
import { readModule } from './reader/read.ts';
import { load } from './testing/webassembly.ts';

const main = 'twice.c';
const files = { [main]: '#include "a/one.h"\nint twice(int x) { return x * TWO; }\n' };
const source = { main, files: { ...files, 'a/one.h': '#define TWO 2\n' } };

test('C becomes IR that is read, and WebAssembly that runs', async () => {
  const module = readModule(await toIr(source, 0), 'twice.ll');
  expect([...module.functions.keys()]).toEqual(['twice']);
  const { twice } = await load(await toWasm(source, 1));
  expect(typeof twice === 'function' && twice(21)).toBe(42);
});

test('what was compiled is found again by its content', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'plimsoll-compiled-'));
  try {
    const first = await toIr(source, 0, { cache });
    expect(await toIr(source, 0, { cache })).toBe(first);
    expect(readdirSync(cache)).toHaveLength(1);
    expect(await toIr(source, 2, { cache })).not.toBe(first);
    expect(readdirSync(cache)).toHaveLength(2);
  } finally {
    rmSync(cache, { recursive: true });
  }
});

test('C that does not compile is told with its place', async () => {
  const wrong = { main, files: { [main]: 'int f(void)\n{\n  return x;\n}\n' } };
  const told = await toIr(wrong, 0).catch((error: unknown) => error);
  expect(told).toBeInstanceOf(NotCompiled);
  expect(String(told)).toContain("twice.c:3:10: use of undeclared identifier 'x'");
});

test('a compiler that cannot be run is named', async () => {
  await expect(toIr(source, 0, { native: '/nowhere/clang' })).rejects.toThrow(
    '/nowhere/clang: cannot be run; name a clang, or leave the option out',
  );
});
