/** Plimsoll's own files are checked once, and again when one of them is another. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readProgram } from './read.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const proof = `${root}src/stack/mirror/proof.ts`;
const block = `${root}src/model/block.ts`;

test('a mistake in a file that was right before is found, and is not remembered', () => {
  readProgram([proof]);
  const wrong = `${readFileSync(block, 'utf8')}\nexport const wrong: number = 'text';\n`;
  const overlay = new Map([[block, wrong]]);
  for (let i = 0; i < 2; i++)
    expect(() => readProgram([proof], { overlay })).toThrow(/block.ts:\d+:14: Type 'string'/);
  readProgram([proof]);
});

test('so is a mistake in what stays the same, if what it uses has changed', () => {
  const index = `${root}src/model/index.ts`;
  const less = readFileSync(block, 'utf8').replace(
    'export function sameBlocks',
    'function sameBlocks',
  );
  const overlay = new Map([[block, less]]);
  expect(() => readProgram([proof], { overlay })).toThrow(`${index}:`);
});
