import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Program } from '../ir.ts';
import { printFunction } from '../print.ts';
import { BadSource } from '../refusal.ts';
import { readProgram } from './read.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const proof = `${root}stack/mirror/proof.ts`;

describe('the mirror', () => {
  const { program } = readProgram([proof]);

  test('is a layer between two machines', () => {
    expect(program.layers).toMatchObject([
      {
        name: 'mirror',
        promise: `${root}model/disk.ts#Disk`,
        code: `${root}stack/mirror/code.ts#Mirror`,
        on: `${root}model/two-disks.ts#TwoDisks`,
        abstraction: `${proof}#mirror.abstraction`,
        crash: { all: `${proof}#mirror.crash`, by: new Map() },
        initially: `${proof}#mirror.initially`,
      },
    ]);
  });

  test('recovers by a loop that counts', () => {
    expect(shown(program, 'Mirror.recover')).toMatchInlineSnapshot(`
      "Mirror.recover(): undefined
        size: number = call Mirror.size()
        address = 0
        loop
          invariant (automatic) lessOrEqual(0, address)
          invariant (automatic) lessOrEqual(address, maximum(0, size))
          invariant sized(stateOf(), size)
          invariant agree(stateOf(), address)
          decreases (automatic) subtract(size, address)
          while less(address, size)
            block: Block | null = call lower read(0, address)
            if (block is null)
              return
            write#1: boolean = call lower write(1, address, <Block>block)
          after
            address = add(address, 1)"
    `);
  });

  test('stands on a machine that chooses', () => {
    expect(shown(program, 'Disk.read')).toMatchInlineSnapshot(`
      "Disk.read(address: number): Block
        if Disk.has(this address)
          either#1 = element(this.blocks, address)
        else
          anyBlock#1: Block = any block
          either#1 = anyBlock#1
        return either#1"
    `);
  });

  test('has a handle that is no value', () => {
    const mirror = program.classes.get(`${root}stack/mirror/code.ts#Mirror`);
    expect(mirror?.fields).toMatchObject([
      { name: 'pair', lower: `${root}model/two-disks.ts#TwoDisks` },
    ]);
    expect(shown(program, 'new Mirror')).toMatchInlineSnapshot(
      `"new Mirror(pair: TwoDisks): undefined"`,
    );
  });

  test('tells proofs from what runs', () => {
    const ghosts = [...program.functions.values()].filter((f) => f.ghost).map((f) => f.name);
    expect(ghosts.sort()).toEqual([
      'agree',
      'holds',
      'mirror.abstraction',
      'mirror.crash',
      'mirror.initially',
      'sized',
    ]);
  });

  test('names every source it was read from, with its hash', () => {
    expect([...program.files.keys()].every((name) => name.startsWith(root))).toBe(true);
    expect(program.files.get(proof)).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('errors of syntax and of types have positions', () => {
  const file = `${root}symbolic/reader/bad.ts`;
  const overlay = new Map([[file, 'export const n: number = "one";\n']]);
  const found = caught(() => readProgram([file], { overlay }));
  expect(found).toBeInstanceOf(BadSource);
  expect((found as BadSource).problems).toMatchObject([
    { at: { file, line: 1, column: 14 }, message: expect.stringContaining('not assignable') },
  ]);
});

test('a field that the constructor leaves without a value is a bad source', () => {
  const file = `${root}symbolic/reader/bad.ts`;
  const text = 'export class Late {\n  a: number;\n  b = 1;\n}\n';
  const found = caught(() => readProgram([file], { overlay: new Map([[file, text]]) }));
  expect((found as BadSource).problems).toMatchObject([
    { at: { line: 2, column: 3 }, message: expect.stringContaining('no initializer') },
  ]);
});

test('a file that is not there is a bad source', () => {
  expect(caught(() => readProgram([`${root}nothing.ts`]))).toBeInstanceOf(BadSource);
});

function shown(program: Program, name: string): string {
  return printFunction([...program.functions.values()].find((f) => f.name === name)!);
}

function caught(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}
