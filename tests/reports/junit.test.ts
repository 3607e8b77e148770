/** Reports in the format of JUnit. */
import { expect, test } from 'vitest';
import { junit } from '../../src/report/junit.ts';
import { events, folder, hostile, runOf, verdicts } from './events.ts';
import { junitFaults } from './schemas.ts';
import { type Element, parseXml } from './xml.ts';

const text = junit(runOf(events), { folder, now: new Date(0) });
const document = parseXml(text);
const suites = document.children;
const cases = (suite: Element) => suite.children.filter(({ name }) => name === 'testcase');
const troubles = (suite: Element, kind: string) =>
  cases(suite).filter(({ children }) => children[0]?.name === kind).length;

test('the document is one of the schemas that readers of JUnit have', async () => {
  expect(await junitFaults(text)).toEqual([]);
});

test('the schemas can be missed', async () => {
  expect(await junitFaults('<testsuites><testcase name="a"/></testsuites>')).not.toEqual([]);
  expect(await junitFaults(text.replace('classname=', 'class='))).not.toEqual([]);
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
