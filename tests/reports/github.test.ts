import { expect, test } from 'vitest';
import { GithubReporter } from '../../src/report/github.ts';
import { JsonReporter } from '../../src/report/json.ts';
import { events, folder, verdicts } from './events.ts';

function printed(): string[] {
  let text = '';
  const reporter = new GithubReporter((more) => {
    text += more;
  }, folder);
  for (const event of events) reporter.event(event);
  return text.split('\n').slice(0, -1);
}

const place = /(?:file=(?<file>[^,:]+),line=(?<line>\d+),col=\d+,)?/.source;
const title = /title=(?<title>[^,:]*)/.source;
const command = new RegExp(`^::(?<level>error|warning|notice) ${place}${title}::(?<text>.*)$`);

test('every line is one workflow command, whatever the names are', () => {
  for (const line of printed()) expect(line).toMatch(command);
  // What would begin a command of its own is in the middle of a line.
  expect(printed().filter((line) => line.startsWith('::error::'))).toEqual([]);
});

test('every verdict is an annotation at its line', () => {
  const found = printed()
    .map((line) => command.exec(line)?.groups ?? {})
    .filter(({ title }) => /^PL-.* prove /.test(title ?? ''));
  expect(found).toHaveLength(verdicts.length);
  expect(
    found.map(({ level, file, line, title }) => [title?.slice(0, 6), level, `${file}:${line}`]),
  ).toEqual([
    ['PL-001', 'notice', 'code.ts:1'],
    ['PL-002', 'notice', 'code.ts:1'],
    ['PL-101', 'error', 'code.ts:4'],
    ['PL-102', 'error', 'code.ts:3'],
    ['PL-204', 'warning', 'code.ts:3'],
    ['PL-201', 'warning', 'code.ts:1'],
  ]);
  expect(found[4]?.text).toContain('%0Anot shown of the loop invariant: part ');
  expect(found[4]?.text).toContain('%0A  first = [zeros]%0A');
});

test('refusals and the end of a run that failed are annotations, too', () => {
  const lines = printed();
  expect(lines.filter((line) => line.includes('title=PL-210 '))).toHaveLength(verdicts.length);
  expect(lines.at(-1)).toMatch(/^::error file=code.ts,line=3,col=15,title=PL-304::/);
});

test('JSON has the codes', () => {
  const lines: string[] = [];
  const reporter = new JsonReporter((line) => lines.push(line));
  for (const event of events) reporter.event(event);
  const told = lines.map((line) => JSON.parse(line) as { event: string; code?: string });
  const codes = (kind: string) =>
    told.filter(({ event }) => event === kind).map(({ code }) => code);
  expect(codes('verdict')).toEqual(['PL-001', 'PL-002', 'PL-101', 'PL-102', 'PL-204', 'PL-201']);
  expect(new Set(codes('refusal'))).toEqual(new Set(['PL-210']));
  expect(codes('failure')).toEqual(['PL-304']);
});
