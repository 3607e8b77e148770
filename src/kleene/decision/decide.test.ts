/** Laws that hold, laws that do not, and questions too large for any answer. */
import { expect, test } from 'vitest';
import { entails } from '../hypotheses/entail.ts';
import { parseEquation, parseTerm } from '../notation/parse.ts';
import { print } from '../notation/print.ts';
import { wordText } from '../notation/show.ts';
import { usual } from '../terms/limit.ts';
import { Terms } from '../terms/term.ts';
import { faultOf } from './certificate.ts';
import { decide } from './decide.ts';

const decided = (text: string) => decide(parseEquation(new Terms(), text));

test.for([
  '(p + q)* = p* (q p*)*',
  '(p q)* p = p (q p)*',
  'p** = (1 + p)*',
  'p 0 + 0 q = 0',
  '(rc + r lc)* r l = rc* r (lc rc* r)* l',
  '(rep power | rep log power)* rep log = (rep power)* rep (log power (rep power)* rep)* log',
  'c c* r <= c* r',
  '([b] p)* [!b] = [b] p ([b] p)* [!b] + [!b]',
  '[!(b & c)] p = [!b] p + [!c] p',
  '[b]* = 1',
  '[b] [!b] p = 0',
])('%s', (text) => {
  expect(decided(text).kind).toBe('holds');
});

test('what is found equal is shown, also where tests lead to several ends', () => {
  const [some, more] = ['(q + ([c] + q)*)', '(((q + p) [c])* + [b])'];
  const decision = decided(`${some} ${more} (p + q)* = (p + q)* ${more} (q + [c]*)`);
  if (decision.kind !== 'holds') throw new Error('it holds');
  expect(faultOf(decision.certificate)).toBeUndefined();
});

test('a word that is not shown to be a shortest one is kept, and it is said so', () => {
  const goal = parseEquation(
    new Terms(),
    '((b c a* c* a a c)* c + a)* = (b c a* c* a a c + c + a)*',
  );
  const within = (pairs: number) => {
    const decision = decide(goal, { ...usual, pairs }, 0);
    return decision.kind === 'fails'
      ? [wordText(decision.word), decision.shorter?.what]
      : decision.kind;
  };
  expect([8, 9, 10].map(within)).toEqual([
    'undecided',
    ['b c c a a c', 'pairs'],
    ['b c a a c', undefined],
  ]);
});

test('states that a certificate only says to be equal are not taken for one', () => {
  const terms = new Terms();
  const equation = parseEquation(terms, 'a p* = a q*');
  const [a, p, q] = ['a', 'p', 'q'].map((name) => terms.letter(name));
  const loops = [p, q].map((letter) => ({ head: terms.star(letter!), tail: 0 }));
  const states = [{}, ...loops, { head: a!, tail: 1 }, { head: a!, tail: 2 }];
  const pairs = [
    [[3], [4]],
    [[1], [2]],
  ] as const;
  expect(faultOf({ equation, states, pairs })).toBe(
    'pair 2 is not kept: its sides do not go the same way by p',
  );
});

test.for([
  ['p q = q p', 'q p', 'right'],
  ['(p + q)* = p* q*', 'q p', 'left'],
  ['(p q)* <= p* q*', 'p q p q', 'left'],
  ['p* = 1 + p + p p p*', undefined, undefined],
  ['[b] p = p [b]', '[!b] p [b]', 'right'],
  ['([b] p)* [!b] = ([b] p)*', '[b]', 'right'],
  ['0 = 1', '1', 'right'],
  // What follows a test leads to two ends: that they are equal does not follow from that.
  ['p (1 + q) + p = ([!c] p)* p', '[!c] p [!c] p', 'right'],
] as const)('%s: %s', ([text, word, side]) => {
  const decision = decided(text);
  if (word === undefined) expect(decision.kind).toBe('holds');
  else {
    expect(decision).toMatchObject({ kind: 'fails', in: side });
    expect(decision.kind === 'fails' && wordText(decision.word)).toBe(word);
  }
});

test('a needle: the shortest word is found although sets of states are many', () => {
  const any = '(a + b)';
  const tail = Array.from({ length: 14 }, () => any).join(' ');
  const decision = decided(`${any}* a ${tail} = ${any}* a ${tail} + b a${' b'.repeat(12)}`);
  expect(decision).toMatchObject({ kind: 'fails', in: 'right' });
  expect(decision.kind === 'fails' && decision.word.steps.length).toBe(14);
});

test('32 tests in a loop are decided without their combinations', () => {
  const tests = Array.from({ length: 32 }, (_, i) => `t${i}`);
  const guarded = tests.map((name) => `[${name}]`).join(' + ');
  expect(decided(`((${guarded}) p)* = ([${tests.join(' | ')}] p)*`).kind).toBe('holds');
  expect(decided(`((${guarded}) p)* = ([${tests.slice(1).join(' | ')}] p)*`)).toMatchObject({
    kind: 'fails',
    in: 'left',
  });
});

test('a term may be deeper than any stack, and is printed and read back', () => {
  const depth = 100_000;
  const terms = new Terms();
  const text = `${'('.repeat(depth)}a${' + 1)* b'.repeat(depth)}`;
  const term = parseTerm(terms, text);
  expect(parseTerm(terms, print(term))).toBe(term);
  const limits = { milliseconds: 1_000, pairs: 10_000, nodes: 10_000 };
  const decision = decide({ relation: '<=', left: term, right: terms.letter('b') }, limits);
  expect(['fails', 'undecided']).toContain(decision.kind);
});

test('a term of a million nodes is answered, or a limit is named', () => {
  const terms = new Terms();
  const term = parseTerm(terms, Array.from({ length: 500_000 }, (_, i) => `p${i % 50}`).join(' '));
  const limits = { milliseconds: 60_000, pairs: 100, nodes: 10_000 };
  const decision = decide({ relation: '=', left: term, right: terms.star(term) }, limits);
  expect(decision).toMatchObject({ kind: 'fails', in: 'right' });
  const twice = terms.product(term, terms.letter('q'));
  const undecided = decide({ relation: '=', left: twice, right: term }, limits);
  expect(undecided).toMatchObject({ kind: 'undecided', limit: { what: expect.any(String) } });
});

test('a limit says which it is, and how far the search had come', () => {
  const random = (n: number) => Array.from({ length: n }, (_, i) => ((i * i) % 7 > 3 ? 'a' : 'b'));
  const loop = (n: number) =>
    `(${random(n).join(' ')} + ${random(n + 1)
      .reverse()
      .join(' ')})*`;
  const goal = parseEquation(new Terms(), `${loop(30)} (${loop(31)} a) <= (a + b)* a ${loop(8)}`);
  const answer = entails(goal, [], { milliseconds: 10_000, pairs: 20, nodes: 1_000 });
  expect(answer).toMatchObject({ kind: 'undecided', limit: { what: 'pairs' } });
  expect('limit' in answer && answer.limit.reached).toMatch(/^\d+ pairs hold so far, \d+ wait/);
});

test('names of every object are letters like any other', () => {
  expect(decided('__proto__ constructor = constructor __proto__').kind).toBe('fails');
  expect(decided('[toString] valueOf + [!toString] valueOf = valueOf').kind).toBe('holds');
});
