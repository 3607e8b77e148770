/** Reports in the format of SARIF. */
import { expect, test } from 'vitest';
import { sarif } from '../../src/report/sarif.ts';
import { events, folder, hostile, runOf, verdicts } from './events.ts';
import { sarifFaults } from './schemas.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Located[];
  readonly codeFlows?: readonly { threadFlows: { locations: { location: Located }[] }[] }[];
}

interface Located {
  readonly message?: { readonly text: string };
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number };
  };
}

const written = JSON.parse(sarif(runOf(events), { folder, version: '1.2.3' }));
const [{ results, tool, invocations }] = written.runs;
const judged = (results as Result[]).filter(({ ruleId }) => ruleId !== 'PL-210');

test('the document is one of the schema of SARIF 2.1.0', () => {
  expect(sarifFaults(written)).toEqual([]);
});

test('the schema can be missed', () => {
  expect(sarifFaults({ version: '2.0.0', runs: [{ colour: 1 }] })).toHaveLength(3);
});

test('each verdict is a result: undecided is neither pass nor fail', () => {
  expect(judged).toHaveLength(verdicts.length);
  expect(judged.map(({ ruleId, kind, level }) => [ruleId, kind, level])).toEqual([
    ['PL-001', 'pass', 'none'],
    ['PL-002', 'pass', 'none'],
    ['PL-101', 'fail', 'error'],
    ['PL-102', 'fail', 'error'],
    ['PL-204', 'open', 'none'],
    ['PL-201', 'open', 'none'],
  ]);
  const { rules } = tool.driver as { rules: { id: string }[] };
  for (const { ruleId, ruleIndex } of results as Result[])
    expect(rules[ruleIndex]?.id).toBe(ruleId);
});

test('each result has a place, relative to where the sources are', () => {
  for (const { locations } of results as Result[]) {
    expect(locations).toHaveLength(1);
    expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe('code.ts');
  }
  const lines = judged.map(({ locations }) => locations[0]?.physicalLocation.region.startLine);
  expect(lines).toEqual([1, 1, 4, 3, 3, 1]);
});

test('a counterexample is a flow: what was done, where power went, what was not done', () => {
  const flows = judged[2]?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
  expect(
    flows.map(({ location: { message: said, physicalLocation } }) => [
      physicalLocation.region.startLine,
      said?.text,
    ]),
  ).toEqual([
    [3, '2. write(0, #01): done write(0, 0, #01)'],
    [4, '2. write(0, #01): power is lost before this'],
    [4, '2. write(0, #01): not done write(1, 0, #01)'],
  ]);
});

test('the smallest failing state is told, and hostile text stays text', () => {
  expect(judged[4]?.message.text).toContain('  first = [zeros]');
  expect(judged[3]?.message.text).toContain(hostile);
});

test('a run that failed says so', () => {
  const [{ executionSuccessful, exitCode, toolExecutionNotifications }] = invocations;
  expect({ executionSuccessful, exitCode }).toEqual({ executionSuccessful: false, exitCode: 3 });
  expect(toolExecutionNotifications[0].descriptor.id).toBe('PL-304');
});

test('strange paths are URIs', () => {
  const strange = events.map((event) =>
    event.event === 'verdict'
      ? { ...event, at: { file: '/else/a b#?%.ts', line: 1, column: 1 } }
      : event,
  );
  const text = sarif(runOf(strange), { folder, version: '1.2.3' });
  expect(sarifFaults(JSON.parse(text))).toEqual([]);
  expect(text).toContain('"file:///else/a%20b%23%3F%25.ts"');
});
