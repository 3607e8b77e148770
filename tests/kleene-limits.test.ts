/** Questions that are too large: `plimsoll kleene` answers or names a limit, and never crashes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plimsoll } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-kleene-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const depth = 100_000;
const names = (count: number, name: string) =>
  Array.from({ length: count }, (_, i) => `${name}${i}`);
const guards = names(32, 't')
  .map((name) => `[${name}] a`)
  .join(' + ');
const steps = Array.from({ length: 500_000 }, (_, i) => `p${i % 50}`);
const stars = `${'('.repeat(depth)}a${' + 1)* b'.repeat(depth)}`;

async function answered(text: string, seconds: number) {
  const file = join(folder, 'equation');
  writeFileSync(file, text);
  const certificate = join(folder, 'certificate');
  const limits = ['--timeout', `${seconds}`, '--certificate', certificate];
  const { exit, out, error } = await plimsoll(['kleene', '--file', file, ...limits]);
  const [first = '', ...others] = out.trimEnd().split('\n');
  return { exit, error, verdict: first.split(' ')[0], told: others.join('\n'), certificate };
}

test.for<[string, string, string]>([
  ['a loop over 32 tests', `(${guards})* = (${guards} + 1)*`, 'holds'],
  ['a loop over 32 tests, without one of them', `(${guards})* <= ([t1] a)*`, 'fails'],
  [`${depth} brackets`, `${'('.repeat(depth)}a${')'.repeat(depth)} = a`, 'holds'],
  [`${depth} stars`, `${'('.repeat(depth)}a${')*'.repeat(depth)} = a*`, 'holds'],
  [`${depth} negations`, `[${'!'.repeat(depth + 1)}b] = [b]`, 'fails'],
])('%s', async ([, text, verdict]) => {
  const answer = await answered(text, 60);
  expect(answer).toMatchObject({ verdict, error: '' });
  const { exit, out, error } = await plimsoll(['kleene', 'check', answer.certificate]);
  expect([out.split(' ')[0], exit, error]).toEqual([verdict, verdict === 'holds' ? 0 : 1, '']);
});

test.for<[string, string]>([
  [`stars within stars, ${depth} deep`, `${stars} <= b`],
  ['a million nodes', `${steps.join(' ')} = ${steps.join('.')}`],
  ['a million nodes that differ late', `${steps.join(' ')} = ${steps.join('.')} p`],
  [
    'more tests than any diagram has',
    `${names(2_000, 't')
      .map((name) => `[${name}] p`)
      .join(' + ')} <= q`,
  ],
])('%s: an answer or a limit', async ([, text]) => {
  const { exit, error, verdict, told } = await answered(text, 5);
  expect({ exit, error }).toEqual({
    exit: { holds: 0, fails: 1, undecided: 2 }[verdict as 'holds'],
    error: '',
  });
  if (verdict === 'undecided') expect(told).toMatch(/the limit of \w+ is reached: .+; /);
});

test('the limit of time is for reading too', async () => {
  const { exit, told } = await answered(`${[...steps, ...steps, ...steps].join(' ')} = q`, 1);
  expect({ exit, told }).toEqual({
    exit: 2,
    told: '  the limit of time is reached: it was being read; give more --timeout',
  });
});

test('an equation may come from the standard input, and its faults have a place', async () => {
  const file = join(folder, 'faulty');
  writeFileSync(file, '(p q)*\n  = p* q* )\n');
  const { exit, out, error } = await plimsoll(['kleene', '--file', file]);
  expect(error).toContain('this ")" closes nothing; open it before');
  expect(error).toContain('line 2, column 11:   = p* q* )');
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
});
