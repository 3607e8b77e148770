/** `plimsoll kleene` as it is used: what it prints, and the exit it ends with. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { plimsoll } from './command.ts';

const kleene = (...given: string[]) => plimsoll(['kleene', ...given]);

test('what holds', async () => {
  const { exit, out } = await kleene('(p | q)* = p* (q p*)*');
  expect(out).toMatch(
    /^holds {5}\(p \+ q\)\* = p\* \(q p\*\)\*\n.*certificate of \d+ pairs? of states/,
  );
  expect(exit).toBe(0);
});

test('what does not hold, with a shortest word', async () => {
  const { exit, out } = await kleene('(p q)* <= p* q*');
  expect(out).toContain('a shortest word, of the left side only:\n    p q p q\n');
  expect(exit).toBe(1);
});

test('what follows from hypotheses, and what does not', async () => {
  const goal = '[b] (p q) <= p q [d]';
  const first = ['--given', '[b] p <= p [c]'];
  const follows = await kleene(goal, ...first, '--given', '[c] q <= q [d]');
  expect(follows).toMatchObject({ exit: 0, error: '' });
  expect(follows.out).toContain('given [b] p <= p [c]');
  const fails = await kleene(goal, ...first);
  expect(fails.exit).toBe(1);
  expect(fails.out).toContain('a model in which the hypothesis holds, and the equation does not:');
  expect(fails.out).toMatch(/states {2}0 1 2/);
});

test('what no method decides names the hypothesis, and what to give instead', async () => {
  const { exit, out } = await kleene('p* q* = q* p*', '--given', 'p q = q p');
  expect(out).toContain('no method here can use: p q = q p');
  expect(out).toContain('instead give tests');
  expect(exit).toBe(2);
});

test('sorts and values', async () => {
  const types = ['--type', 'read : S -> S!V', '--type', 'log : S -> S'];
  expect(await kleene('read; log = read;1 log', ...types)).toMatchObject({ exit: 0 });
  const wrong = await kleene('read log = log', ...types);
  expect(wrong.exit).toBe(3);
  expect(wrong.error).toContain('write ; to drop the value, or let the next step take it [PL-301]');
});

test.for([
  [['p = (q'], 'this "(" is never closed; write ")" where it ends [PL-301]\n  column 5: p = (q\n'],
  [['p q'], 'an equation has two sides'],
  [['p = q', '--given', 'p'], 'an equation has two sides'],
  [['p = q', '--type', 'p'], 'this declares nothing'],
  [['p = q', '--timeout', '0'], 'whole number'],
] as const)('%s is wrong use', async ([given, message]) => {
  const { exit, out, error } = await kleene(...given);
  expect(error).toContain(message);
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
});

test('json: one event, with the word and the model', async () => {
  const { exit, out } = await kleene('p = p p', '--given', 'p <= p [b]', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    event: 'kleene',
    equation: 'p = p p',
    given: ['p <= p [b]'],
    verdict: 'fails',
    model: { states: expect.any(Array), letters: { p: expect.any(Array) } },
  });
  expect(exit).toBe(1);
});

describe('certificates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-certificate-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'certificate.jsonl');
  const simulation = ['R e <= f R', '--given', 'R p <= q R'];

  test.for([
    [0, ['(p q)* p = p (q p)*']],
    [1, ['p q = q p']],
    [0, ['R (p p)* <= (q q)* R', '--given', 'R p <= q R']],
    [1, ['p <= p p', '--given', 'p p <= p']],
    [0, ['read; log = read;1 log', '--type', 'read : S -> S!V', '--type', 'log : S -> S']],
  ] as const)('exit %i, again when it is checked: %j', async ([exit, given]) => {
    expect(await kleene(...given, '--certificate', file)).toMatchObject({ exit, error: '' });
    const alone = await kleene('check', file);
    expect(alone).toMatchObject({ exit, error: '' });
    expect(alone.out).toMatch(/^(holds|fails) .*\n {2}nothing was searched for\n$/s);
    expect(await kleene('check', file, ...given)).toEqual(alone);
    const other = await kleene('check', file, ...simulation);
    expect(other.error).toContain('is for another equation; see: kleene check');
    expect(other).toMatchObject({ exit: 3, out: '' });
  });

  test('one of other sorts, or of other hypotheses, is another', async () => {
    const types = ['--type', 'p : S -> S'];
    await kleene('p p* = p* p', ...types, '--certificate', file);
    const event = await kleene('check', file, 'p p* = p* p', ...types, '--format', 'json');
    expect(JSON.parse(event.out)).toMatchObject({ verdict: 'holds', checked: true });
    expect(await kleene('check', file, 'p p* = p* p')).toMatchObject({ exit: 3, out: '' });
    const more = await kleene('check', file, 'p p* = p* p', ...types, '--given', 'p p <= p');
    expect(more.error).toContain('is for other hypotheses');
  });

  test.for<[string, (lines: string[]) => string[], string]>([
    ['cut short', (lines) => lines.slice(0, 5), 'line 6: it is cut short'],
    ['no certificate', () => ['{"name": "x"}'], 'line 1: a list is missing'],
    [
      'that shows nothing',
      (lines) => lines.map((line) => line.replace(/^\["pair".*/, '["pair",[0],[0]]')),
      'the equation does not follow from the pairs',
    ],
  ])('a file that is %s', async ([, damage, why]) => {
    await kleene('(p q)* p = p (q p)*', '--certificate', file);
    writeFileSync(file, damage(readFileSync(file, 'utf8').trimEnd().split('\n')).join('\n'));
    const { exit, out, error } = await kleene('check', file);
    expect(error).toContain(`error: ${file}: ${why}`);
    expect(error).toContain('write it anew with plimsoll kleene --certificate [PL-311]');
    expect({ exit, out }).toEqual({ exit: 3, out: '' });
  });
});

test.for([
  [[], 'an equation is missing'],
  [['p = p', '--file', 'x'], 'the equation is given twice'],
  [['--file', '/nowhere/x'], '/nowhere/x cannot be read: no such file'],
  [['check', '/nowhere/x'], '/nowhere/x cannot be read: no such file'],
  [['check', '.', '--certificate', 'x'], 'kleene check has no --certificate'],
  [['p = p', '--certificate', '.'], 'the certificate . cannot be written: it is a folder'],
] as const)('%j is wrong use, too', async ([given, message]) => {
  const { exit, out, error } = await kleene(...given);
  expect(error).toContain(message);
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
});
