/** The page of a run: what is in it, and what a browser shows of it. */
import { expect, test } from 'vitest';
import { page } from '../../src/report/html/page.ts';
import { dark, light, type Palette } from '../../src/report/html/style.ts';
import { browser, see } from './browser.ts';
import { events, folder, hostile, readSource, runOf, source, verdicts } from './events.ts';

const about = { folder, readSource, version: '1.2.3', now: new Date(0) };
const written = page(runOf(events), about);
const body = written.slice(written.indexOf('<body>'));

test('the page has every verdict, with its code and its place', () => {
  const codes = ['PL-001', 'PL-002', 'PL-101', 'PL-102', 'PL-204', 'PL-201', 'PL-304'];
  for (const code of codes) expect(body).toContain(code);
  for (const { kind } of verdicts)
    expect(body).toMatch(new RegExp(`class="badge \\w+">. ${kind}<`));
  expect(body).toContain('prove, code.ts:4:15');
  expect(body).toContain('  first = [zeros]');
});

test('it needs nothing else and runs nothing', () => {
  expect(written).toContain("default-src 'none'; style-src 'unsafe-inline'");
  expect(written).not.toMatch(/<(?:script|link|img|iframe|object|base|form)\b/);
  expect(written).not.toMatch(/\b(?:src|href)="(?!#)/);
  expect(written).not.toMatch(/\bon\w+="/);
  expect(written).not.toMatch(/url\(|@import/);
});

test('hostile text is text', () => {
  expect(body).not.toContain(hostile);
  expect(body).toContain('&lt;/pre&gt;&lt;/title&gt;&lt;script&gt;');
  const tags = new Set([...body.matchAll(/<\/?(?<name>\w+)/g)].map(({ groups }) => groups?.name));
  expect(tags.has('script')).toBe(false);
});

test('landmarks, headings in order, and heads for every table', () => {
  for (const landmark of ['header', 'main', 'footer'])
    expect(body.match(new RegExp(`<${landmark}>`, 'g'))).toHaveLength(1);
  const levels = [...body.matchAll(/<h(?<level>[1-6])\b/g)].map(({ groups }) =>
    Number(groups?.level),
  );
  expect(levels[0]).toBe(1);
  levels.forEach((level, i) => {
    expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });
  const tables = body.split('<table').slice(1);
  expect(tables.length).toBeGreaterThan(2);
  for (const table of tables) {
    expect(table).toMatch(/<thead><tr><th scope="col"/);
    expect(table).toMatch(/<tbody>[\s\S]*<th scope="row"/);
  }
});

test('the part of an annotation that fails is marked in the source', () => {
  expect(body).toContain(
    '<span class="text">    this.pair.write(1, address, block);</span></div>\n' +
      '<span class="note open">▲ not shown of the loop invariant: part &lt;/pre&gt;',
  );
});

test('a source that cannot be read is still named', () => {
  const blind = page(runOf(events), { ...about, readSource: () => undefined });
  expect(blind).toContain('power is lost before write(1, 0, #01)');
  expect(blind).toContain('<figcaption>code.ts</figcaption>');
});

test('a run without verdicts is a page', () => {
  expect(page(runOf([{ event: 'end', exit: 3 }]), about)).toContain('0 verdicts: none');
});

test.for([
  ['light', light],
  ['dark', dark],
] as const)('%s: text stands out from what is behind it', ([, palette]) => {
  const pairs: [keyof Palette, keyof Palette][] = [
    ['text', 'page'],
    ['text', 'panel'],
    ['faint', 'page'],
    ['faint', 'panel'],
    ['link', 'page'],
    ['good', 'goodPanel'],
    ['bad', 'badPanel'],
    ['faint', 'badPanel'],
    ['open', 'openPanel'],
  ];
  for (const [front, back] of pairs)
    expect(contrast(palette[front], palette[back]), `${front} on ${back}`).toBeGreaterThan(4.5);
});

/** As WCAG 2 defines it. */
function contrast(front: string, back: string): number {
  const [low = 0, high = 0] = [front, back].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const shown = browser ? test : test.skip;
const needs = browser ? '' : ' (skipped: there is no chromium)';

shown.for([1200, 320])(
  `in a browser %i pixels wide, the counterexample is seen${needs}`,
  async (width) => {
    const seen = await see(written, width);
    const texts = (kind: string) =>
      seen.texts.filter((one) => one.kind === kind).map(({ text }) => text);
    // The power cut stands between the line that was done and the one that was not.
    expect(texts('note cut bad')).toHaveLength(1);
    const cut = seen.texts.findIndex(({ kind }) => kind === 'note cut bad');
    const around = seen.texts.slice(cut - 2, cut + 3);
    expect(around.map(({ text }) => text)).toEqual([
      source.split('\n')[2],
      '✓ done: write(0, 0, #01) = true',
      '⚡ power is lost before write(1, 0, #01)',
      '    this.pair.write(1, address, block);',
      '✗ not done: write(1, 0, #01)',
    ]);
    const tops = around.map(({ top }) => top);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    // What is lost, and the states side by side.
    expect(texts('li')).toContain('write(1, 0, #01): never done code.ts:4:15');
    expect(texts('li').join()).toMatch(/first: \[#01, #02\]\s+became \[#01\]/);
    expect(texts('changed')).toEqual(['[#01, #02]', '[#01]']);
    // Nothing ran, and nothing is out of sight.
    expect(seen.title).toMatch(/^6 verdicts: 1 proved, 1 explored, .*, the run failed · Plimsoll$/);
    expect(seen.width).toBeLessThanOrEqual(width);
    expect(seen.cut).toEqual([]);
  },
);
