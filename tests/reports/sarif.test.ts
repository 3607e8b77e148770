/**
 * The schema is not part of this project: the objects of SARIF 2.1.0 that are written here, with
 * what they must and may have, are. The official schema was tried on these documents by hand.
 */
import { expect, test } from 'vitest';
import { sarif } from '../../src/report/sarif.ts';
import { events, folder, hostile, runOf, verdicts } from './events.ts';

type Check = (value: unknown, path: string) => string[];

const fail = (path: string, what: string) => [`${path}: ${what}`];
const text: Check = (value, path) => (typeof value === 'string' ? [] : fail(path, 'no text'));
const whole =
  (least: number): Check =>
  (value, path) =>
    Number.isInteger(value) && (value as number) >= least ? [] : fail(path, `under ${least}`);
const truth: Check = (value, path) => (typeof value === 'boolean' ? [] : fail(path, 'no boolean'));
const anything: Check = () => [];
const oneOf =
  (...words: string[]): Check =>
  (value, path) =>
    words.includes(value as string) ? [] : fail(path, `none of ${words.join(', ')}`);
const list =
  (item: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((one, i) => item(one, `${path}[${i}]`))
      : fail(path, 'no list');

/** Nothing may be there that is not named: the schema forbids other properties everywhere. */
const object =
  (must: Record<string, Check>, may: Record<string, Check> = {}): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null) return fail(path, 'no object');
    const missing = Object.keys(must).filter((name) => !(name in value));
    const all = { ...must, ...may };
    return [
      ...missing.flatMap((name) => fail(path, `no ${name}`)),
      ...Object.entries(value).flatMap(([name, inner]) =>
        all[name] ? all[name](inner, `${path}.${name}`) : fail(path, `${name} is not known`),
      ),
    ];
  };

const uri: Check = (value, path) =>
  typeof value === 'string' && /^[\w%/:.~!*'()-]+$/.test(value) ? [] : fail(path, 'no URI');
const message = object({ text });
const region = object({ startLine: whole(1), startColumn: whole(1) });
const physical = object({ artifactLocation: object({ uri }), region });
const location = object({ physicalLocation: physical }, { message });
const levels = oneOf('none', 'note', 'warning', 'error');
const kinds = oneOf('notApplicable', 'pass', 'fail', 'review', 'open', 'informational');
const flow = object({ locations: list(object({ location })) });
const rule = object(
  { id: text },
  { name: text, shortDescription: message, fullDescription: message, help: message },
);
const driver = object({ name: text }, { version: text, semanticVersion: text, rules: list(rule) });
const notification = object(
  { message },
  { descriptor: object({ id: text }), level: levels, locations: list(location) },
);
const invocation = object(
  { executionSuccessful: truth },
  { exitCode: whole(0), toolExecutionNotifications: list(notification) },
);
const result = object(
  { message },
  {
    ruleId: text,
    ruleIndex: whole(0),
    kind: kinds,
    level: levels,
    locations: list(location),
    relatedLocations: list(location),
    codeFlows: list(object({ threadFlows: list(flow) }, { message })),
    partialFingerprints: (value, path) =>
      Object.values(value as object).flatMap((one) => text(one, path)),
    properties: anything,
  },
);
const run = object(
  { tool: object({ driver }) },
  {
    columnKind: oneOf('utf16CodeUnits', 'unicodeCodePoints'),
    invocations: list(invocation),
    results: list(result),
  },
);
const log = object({ version: oneOf('2.1.0'), runs: list(run) }, { $schema: uri });

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

test('the document has the shape of SARIF 2.1.0', () => {
  expect(log(written, 'log')).toEqual([]);
});

test('the shape can be missed', () => {
  expect(log({ version: '2.0.0', runs: [{ colour: 1 }] }, 'log')).toEqual([
    'log.version: none of 2.1.0',
    'log.runs[0]: no tool',
    'log.runs[0]: colour is not known',
  ]);
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
  expect(log(JSON.parse(text), 'log')).toEqual([]);
  expect(text).toContain('"file:///else/a%20b%23%3F%25.ts"');
});
