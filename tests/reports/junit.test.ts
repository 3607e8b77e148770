/**
 * The schema is not part of this project: what Ant's and Jenkins's have in common is written down
 * here. Both were tried on these documents by hand.
 */
import { expect, test } from 'vitest';
import { junit } from '../../src/report/junit.ts';
import { events, folder, hostile, runOf, verdicts } from './events.ts';
import { type Element, parseXml } from './xml.ts';

/** The attributes of each element, all required but those with `?`, and its children in order. */
const shapes: Readonly<Record<string, { attributes: string; children: RegExp }>> = {
  testsuites: { attributes: '', children: /^(?:testsuite )*$/ },
  testsuite: {
    attributes: 'name package id hostname timestamp tests failures errors time',
    children: /^properties (?:testcase )*system-out system-err $/,
  },
  properties: { attributes: '', children: /^(?:property )*$/ },
  property: { attributes: 'name value', children: /^$/ },
  testcase: { attributes: 'name classname time', children: /^(?:(?:failure|error) )?$/ },
  failure: { attributes: 'message type', children: /^$/ },
  error: { attributes: 'message type', children: /^$/ },
  'system-out': { attributes: '', children: /^$/ },
  'system-err': { attributes: '', children: /^$/ },
};

function faults(element: Element): string[] {
  const shape = shapes[element.name];
  if (!shape) return [`there is no <${element.name}>`];
  const own = Object.keys(element.attributes).join(' ');
  const children = element.children.map(({ name }) => `${name} `).join('');
  return [
    ...(own === shape.attributes ? [] : [`<${element.name}> has the attributes ${own}`]),
    ...(shape.children.test(children) ? [] : [`<${element.name}> has the children ${children}`]),
    ...element.children.flatMap(faults),
  ];
}

const document = parseXml(junit(runOf(events), { folder, now: new Date(0) }));
const suites = document.children;
const cases = (suite: Element) => suite.children.filter(({ name }) => name === 'testcase');
const troubles = (suite: Element, kind: string) =>
  cases(suite).filter(({ children }) => children[0]?.name === kind).length;

test('the document has the shape that readers of JUnit expect', () => {
  expect(document.name).toBe('testsuites');
  expect(faults(document)).toEqual([]);
  for (const { attributes } of suites) {
    expect(attributes.timestamp).toBe('1970-01-01T00:00:00');
    expect(attributes.time).toMatch(/^\d+\.\d{3}$/);
  }
});

test('the shape can be missed', () => {
  expect(faults(parseXml('<testsuites><testcase name="a"/></testsuites>'))).toHaveLength(2);
  expect(() => parseXml('<testsuites>')).toThrow();
  expect(() => parseXml('<testsuites>&hellip;</testsuites>')).toThrow();
});

test('each verdict is a suite with its place and its code, a failed run one more', () => {
  expect(suites).toHaveLength(verdicts.length + 1);
  const property = (suite: Element, name: string) =>
    suite.children[0]?.children.find(({ attributes }) => attributes.name === name)?.attributes
      .value;
  expect(suites.map((suite) => [property(suite, 'code'), property(suite, 'place')])).toEqual([
    ['PL-001', 'code.ts:1:1'],
    ['PL-002', 'code.ts:1:1'],
    ['PL-101', 'code.ts:4:15'],
    ['PL-102', 'code.ts:3:15'],
    ['PL-204', 'code.ts:3:15'],
    ['PL-201', 'code.ts:1:1'],
    ['PL-304', undefined],
  ]);
});

test('only what is well passes, and the counts are those of the cases', () => {
  const first = suites.map((suite) => cases(suite)[0]?.children[0]?.name ?? 'passes');
  expect(first).toEqual(['passes', 'passes', 'failure', 'failure', 'error', 'error', 'error']);
  for (const suite of suites) {
    const { tests, failures, errors } = suite.attributes;
    expect({ tests, failures, errors }).toEqual({
      tests: String(cases(suite).length),
      failures: String(troubles(suite, 'failure')),
      errors: String(troubles(suite, 'error')),
    });
  }
});

test('the smallest failing state, refusals and what to try are in the text', () => {
  const text = cases(suites[4]!)[0]?.children[0]?.text ?? '';
  expect(text).toContain('first = [zeros]');
  expect(text).toContain('try: stronger');
  expect(text).toContain('is outside the subset');
});

test('hostile text comes back as it was, but for what XML cannot hold', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const bad = /[\u0000\u0007]|\p{Surrogate}/gu;
  const { name } = cases(suites[0]!)[1]?.attributes ?? {};
  expect(name).toBe(`obligation ${hostile.replaceAll(bad, '\ufffd')}`);
});
