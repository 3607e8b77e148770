/** docs/reference/subset.md is the whitelist as a page: UPDATE=1 writes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSignatures } from '../src/symbolic/subset/library.ts';
import { ghostKinds, readKinds, typeKinds } from '../src/symbolic/subset/syntax-read.ts';
import { refusedKinds } from '../src/symbolic/subset/syntax-refused.ts';
import { root } from './command.ts';

const target = join(root, 'docs/reference/subset.md');

const code = (words: readonly string[]): string => words.map((each) => `\`${each}\``).join(' ');

/** Kinds that are refused for the same reason, in one row. */
function refusals(): readonly string[] {
  const rows = new Map<string, string[]>();
  for (const { kind, why, instead } of refusedKinds) {
    const reason = `${why} | ${instead}`;
    rows.set(reason, [...(rows.get(reason) ?? []), kind]);
  }
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  return [...rows].map(([reason, kinds]) => {
    const [why = '', instead = ''] = reason.split(' | ');
    return `| ${code(kinds)} | ${cell(why)} | ${cell(instead)} |`;
  });
}

function library(): readonly string[] {
  const rows = new Map<string, string[]>();
  for (const signature of readSignatures) {
    const at = signature.lastIndexOf('.');
    const container = signature.slice(0, at);
    rows.set(container, [...(rows.get(container) ?? []), signature.slice(at + 1)]);
  }
  return [...rows].map(([of, members]) => `| ${of && `\`${of}\``} | ${code(members)} |`);
}

function page(): string {
  const parts = [
    '# The subset',
    'A whitelist: what is not named here is refused, with its place, a reason and a remedy. ' +
      'Syntax goes by the names of the compiler, `ts.SyntaxKind`. Rules beside the list say ' +
      'where each may stand and on which types; what they refuse says so in the same way. ' +
      'More of [closures, generics and defaults](closures-and-generics.md), and of ' +
      '[maps and texts](maps-and-texts.md).',
    'Made from `src/symbolic/subset`: `UPDATE=1 npx vitest run tests/subset-page.test.ts`.',
    '## What runs',
    code(readKinds),
    'Operators are read, but for those that stand among what is refused.',
    '## Arrow functions',
    'As arguments of markers such as `invariant`, and in the declaration of a layer; elsewhere ' +
      'only as a closure that a function of arrays or maps calls at once.',
    code(ghostKinds),
    '## Types',
    'Types are erased, and the type that the checker makes of a value is looked at. `any` is ' +
      'refused where it is written, and `unknown`, but for what is caught.',
    code(typeKinds),
    '## The library',
    ['| of | what is read |', '| --- | --- |', ...library()].join('\n'),
    '## What is refused',
    ['| syntax | why | instead |', '| --- | --- | --- |', ...refusals()].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

test('the page is the whitelist', () => {
  if (process.env.UPDATE) writeFileSync(target, page());
  expect(readFileSync(target, 'utf8')).toBe(page());
});

test('each kind of syntax and each part of the library is on it', () => {
  const text = readFileSync(target, 'utf8');
  const names = [...readKinds, ...ghostKinds, ...typeKinds, ...refusedKinds.map((one) => one.kind)];
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  expect(text).toContain('| `Map` | `');
});
