/** Everything that is read is well typed on its own: the checker of TypeScript is not trusted. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mistakes } from './fixtures/well-typed.ts';
import { readProgram } from './read.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const accepted = `${root}tests/accepted/fixtures/`;
const sources = [
  `${root}src/stack/mirror/proof.ts`,
  ...readdirSync(accepted).map((name) => `${accepted}${name}`),
];

test.for(sources)('%s', { timeout: 30_000 }, (name) => {
  expect(mistakes(readProgram([name]).program)).toEqual([]);
});
