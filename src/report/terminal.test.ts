import { expect, test } from 'vitest';
import { coloured, paintFor, plain } from './colour.ts';
import type { RunEvent, Verdict } from './event.ts';
import { frame } from './frame.ts';
import { JsonReporter } from './json.ts';
import { TerminalReporter } from './terminal.ts';

const source = 'const a = 1;\nthis.disk.write(0, a);\n\tthis.flush();\n';
const at = { file: '/home/code.ts', line: 2, column: 6 };

function printed(events: readonly RunEvent[], verbose = false): string {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const readSource = (file: string) => (file === '/home/code.ts' ? source : undefined);
  const reporter = new TerminalReporter({
    write,
    paint: plain,
    readSource,
    folder: '/home',
    verbose,
  });
  for (const event of events) reporter.event(event);
  return text;
}

const begin: RunEvent = { event: 'begin', verb: 'prove', layer: 'log', file: '/home/proof.ts' };
const proved = {
  event: 'obligation',
  layer: 'log',
  name: 'read does what is promised',
  at,
  answer: 'proved',
  milliseconds: 12.3,
  cached: true,
  solver: 'z3 5.1.0',
  size: 1234,
} as const;
const verdict = {
  event: 'verdict',
  verb: 'prove',
  layer: 'log',
  file: '/home/proof.ts',
  verdict: { kind: 'proved' },
  milliseconds: 1234,
  trusts: ['z3 5.1.0', 'at most one disk dies'],
} as const;

test('a proof is its verdict, its size and what it trusts', () => {
  expect(printed([begin, proved, proved, verdict])).toMatchInlineSnapshot(`
    "proved    log  proof.ts
              2 obligations, 2 from the cache, 1.2 s
      trusts  z3 5.1.0 · at most one disk dies

    "
  `);
});

test('each obligation is shown when asked for', () => {
  expect(printed([begin, proved], true)).toMatchInlineSnapshot(`
    "  proved  read does what is promised
              code.ts:2:6  cached, z3 5.1.0, 1,234 characters
    "
  `);
});

test('an undecided layer names its open obligations, and only them', () => {
  const open = { ...proved, name: 'crash in write', answer: 'unknown', reason: 'timeout' } as const;
  const undecided = {
    ...verdict,
    verdict: { kind: 'unknown', reason: 'timeout', because: 'no answer', at, remedy: 'split it' },
  } as const;
  expect(printed([begin, proved, open, undecided])).toMatchInlineSnapshot(`
    "unknown   log  proof.ts  PL-201
              2 obligations, 2 from the cache, 1.2 s
              no answer (timeout)
      code.ts:2:6
      1 | const a = 1;
      2 | this.disk.write(0, a);
        |      ^
              try: split it
      unknown crash in write: timeout
              code.ts:2:6  cached, z3 5.1.0, 1,234 characters
      trusts  z3 5.1.0 · at most one disk dies

    "
  `);
});

test('the part of an annotation that fails is underlined', () => {
  const conjunct = { at: { ...at, endLine: 2, endColumn: 15 }, role: 'crash invariant' };
  const because = 'not shown: write';
  const undecided = { kind: 'unknown', reason: 'annotation', because, conjunct } as const;
  expect(printed([begin, { ...verdict, verdict: undecided }])).toContain(`\
          not shown of the crash invariant:
  code.ts:2:6
  1 | const a = 1;
  2 | this.disk.write(0, a);
    |      ^^^^^^^^^
`);
});

test('what may be to blame is said with its places', () => {
  const trace = { because: 'wrong', steps: [] };
  const accused = { code: at, promise: { ...at, line: 1 } };
  const refuted = { kind: 'refuted', because: 'wrong', shown: 'wrong', trace } as const;
  const said = (given: Verdict) => printed([begin, { ...verdict, verdict: given }]);
  const blame = 'to blame, as far as can be told:';
  expect(said({ ...refuted, accused })).toContain(
    `${blame} the code at code.ts:2:6, or the promise at code.ts:1:6`,
  );
  expect(said({ ...refuted, accused: { code: at } })).toContain(
    `${blame} the line that fails at code.ts:2:6, or what leads to it`,
  );
  expect(said(refuted)).not.toContain('to blame');
  const vacuous = { kind: 'vacuous', because: 'nothing happens', at } as const;
  expect(said({ ...vacuous, blame: 'assumption' })).toContain(`${blame} an assumption`);
  expect(said(vacuous)).not.toContain('to blame');
});

test('a refusal is a frame, a name, a reason and a way out', () => {
  expect(
    printed([
      {
        event: 'refusal',
        at,
        construct: 'Date.now',
        why: 'time is no state',
        instead: 'a counter',
      },
    ]),
  ).toMatchInlineSnapshot(`
    "refused   Date.now is outside the subset  PL-210
      code.ts:2:6
      1 | const a = 1;
      2 | this.disk.write(0, a);
        |      ^ time is no state
      instead: a counter

    "
  `);
});

test('a file that is gone is still named', () => {
  const gone = { ...at, file: '/home/gone.ts' };
  const vacuous = {
    ...verdict,
    verdict: { kind: 'vacuous', because: 'no step', at: gone },
  } as const;
  expect(printed([begin, vacuous])).toContain('gone.ts:2:6');
});

test('a frame underlines the span, and keeps a tab under its column', () => {
  expect(frame(source, { ...at, endLine: 2, endColumn: 21 }, 'here')).toMatchInlineSnapshot(`
    "  1 | const a = 1;
      2 | this.disk.write(0, a);
        |      ^^^^^^^^^^^^^^^ here"
  `);
  expect(
    frame(source, { ...at, line: 3, column: 2 }, 'there')
      .split('\n')
      .at(-1),
  ).toBe('    | \t^ there');
});

test('colours are for terminals that want them', () => {
  expect(paintFor({ isTTY: true }, {})('red', 'x')).not.toBe('x');
  expect(paintFor({ isTTY: true }, {})).toBe(coloured);
  expect(paintFor({ isTTY: true }, { NO_COLOR: '1' })('red', 'x')).toBe('x');
  expect(paintFor({}, {})('red', 'x')).toBe('x');
});

test('JSON is one event a line', () => {
  const lines: string[] = [];
  const reporter = new JsonReporter((line) => lines.push(line));
  reporter.event(begin);
  reporter.event({ event: 'note', text: 'a\nb' });
  expect(lines.map((line) => JSON.parse(line))).toEqual([begin, { event: 'note', text: 'a\nb' }]);
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
});
