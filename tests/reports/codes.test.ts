/** docs/reference/codes.md is the table of codes as a page: UPDATE=1 writes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codes } from '../../src/report/codes.ts';
import { root } from '../command.ts';

const target = join(root, 'docs/reference/codes.md');
const all = Object.values(codes);

const heads: Readonly<Record<string, string>> = {
  '0': 'Exit 0: all is well',
  '1': 'Exit 1: refuted or vacuous',
  '2': 'Exit 2: undecided',
  '3': 'Exit 3: wrong use, or input that cannot be read',
};

function page(): string {
  const parts = Object.entries(heads).flatMap(([exit, head]) => [
    `## ${head}`,
    ...all
      .filter(({ code }) => code.startsWith(`PL-${exit}`))
      .map(
        ({ code, title, about, remedy }) => `### ${code}\n\n**${title}.** ${about}\n\n${remedy}`,
      ),
  ]);
  const head = [
    '# Codes',
    'Every verdict, refusal and wrong use has a code that stays the same. Its first digit is the ' +
      'exit it leads to; PL-209 is a warning only. In the terminal the code stands beside the ' +
      'verdict unless all is well, in SARIF it is the `ruleId`, in JUnit the `type`, in JSON ' +
      '`code`.',
    'Made from `src/report/codes.ts`: `UPDATE=1 npx vitest run tests/reports/codes.test.ts`.',
  ];
  return `${[...head, ...parts].join('\n\n')}\n`;
}

test('the page is the table', () => {
  if (process.env.UPDATE) writeFileSync(target, page());
  expect(readFileSync(target, 'utf8')).toBe(page());
});

test('each code is there once, and says what it means and what to do', () => {
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  for (const { code, about, remedy } of all) {
    expect(code).toMatch(/^PL-[0-3]\d\d$/);
    expect(about).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
    expect(page()).toContain(`### ${code}\n`);
  }
});
