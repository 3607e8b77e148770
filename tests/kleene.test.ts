/** `plimsoll kleene` as it is used: what it prints, and the exit it ends with. */
import { expect, test } from 'vitest';
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
