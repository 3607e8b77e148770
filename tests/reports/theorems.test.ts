/** The page of theorems: what is in it, and what a browser shows of it. */
import { expect, test } from 'vitest';
import { outline, outlines, parseTerm, Terms } from '../../src/kleene/index.ts';
import { type ShownTheorem, theoremsPage } from '../../src/report/html/theorems.ts';
import { browser, see } from './browser.ts';

const terms = new Terms();
const lines = [
  { text: '(c + r y)* r' },
  { relation: '=', text: 'c* (r y c*)* r', by: 'denesting' },
  { relation: '<=', text: "c* (x' c*)* r", by: 'a law of <ours>' },
  { relation: '=', text: "(c* (x' c*)*) r" },
] as const;
const hostile = '</style><script>alert(1)</script>';

function theorem(name: string): ShownTheorem {
  const parsed = lines.map(({ text }) => parseTerm(terms, text));
  const drawn = outlines(parsed);
  const [first, ...others] = lines.map((line, i) => ({ ...line, drawn: drawn[i]! }));
  return {
    ...{ name, reads: 'recovery ends', says: `${lines[0].text} <= p`, paper: hostile, steps: 12 },
    sides: [
      { text: lines[0].text, drawn: outline(parsed[0]!) },
      { relation: '<=', text: 'p', drawn: outline(parseTerm(terms, 'p')) },
    ],
    letters: [['c', 'power fails']],
    given: [{ name: 'law', says: 'r y <= p', reads: 'what is assumed' }],
    calculations: [{ name: 'conclusion', lines: [first!, ...others] }],
  };
}

const page = theoremsPage([theorem('one'), theorem('two')], '1.2.3');
const body = page.slice(page.indexOf('<body>'));

test('it needs nothing else and runs nothing', () => {
  expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
  expect(page).not.toMatch(/<(?:script|link|img|iframe|object|base|form)\b/);
  expect(page).not.toMatch(/\b(?:src|href)="(?!#)|\bon\w+="|url\(|@import/);
  expect(body).toContain('&lt;/style&gt;&lt;script&gt;');
  expect(body).toContain('a law of &lt;ours&gt;');
});

test('both sides of the statement and every line are drawn, and read out', () => {
  const drawings = body.match(/<svg class="diagram" role="img" aria-label="[^"]+"/g) ?? [];
  expect(drawings).toHaveLength(2 * (2 + lines.length));
  for (const { text } of lines) expect(body).toContain(`aria-label="${text.replace("'", '&#39;')}`);
});

test('what a line replaces is marked, and what it puts there, if it is drawn otherwise', () => {
  const drawing = body.slice(body.indexOf('conclusion'));
  const marks = drawing
    .split('<svg')
    .slice(1, 1 + lines.length)
    .map((one) => (one.match(/class="mark \w+"/g) ?? []).map((mark) => mark.slice(12, -1)));
  expect(marks).toEqual([['next'], ['new', 'next'], ['new'], []]);
});

test.skipIf(!browser).for([1200, 360])(
  'a browser shows all of it, %i wide',
  { timeout: 60_000 },
  async (width) => {
    const seen = await see(page, width);
    expect(seen.title).toBe('2 theorems · Plimsoll');
    expect(seen.width).toBeLessThanOrEqual(width);
    expect(seen.cut).toEqual([]);
    expect(seen.texts.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Plimsoll', 'one', 'two']),
    );
  },
);
