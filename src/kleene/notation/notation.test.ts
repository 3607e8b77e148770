/** What is read, what is refused and with which words, and how sorts and values fit together. */
import { expect, test } from 'vitest';
import { parseSignature } from '../terms/signature.ts';
import { Misfit, Terms } from '../terms/term.ts';
import { NotationError } from './notation-error.ts';
import { parseEquation, parseTerm } from './parse.ts';
import { print } from './print.ts';

test.for([
  ['p.q+r', 'p q + r'],
  ['p(q|r)*', 'p (q + r)*'],
  ['p.(q.r)', 'p (q r)'],
  ['(p.q).r', 'p q r'],
  ['p**', 'p**'],
  ['[!(a|b)&c]p[1]', '[!(a | b) & c] p [1]'],
  ['[!!a & (b & c)]', '[!!a & (b & c)]'],
  ["x'_1 0 1", "x'_1 0 1"],
])('%s is %s', ([text = '', printed]) => {
  expect(print(parseTerm(new Terms(), text))).toBe(printed);
});

test.for([
  ['p q', 'an equation has two sides; write = or <= between them', 3],
  ['p = q = r', 'a second "="; write each equation by itself', 6],
  ['p + = q', 'a term is missing after "+" and before "="; write a name, 0, 1, [test] or (', 4],
  ['p = ', 'a term is missing after "="; write a name, 0, 1, [test] or (', 4],
  ['(p = q', 'this "(" is never closed; write ")" where it ends', 0],
  ['p) = q', 'this ")" closes nothing; open it before', 1],
  ['[a = q', '"=" does not join tests; write & or | inside brackets', 3],
  ['[a + b] = q', '"+" does not join tests; write & or | inside brackets', 3],
  ['[] = q', 'a test is missing before "]"; write a name, 0, 1, ! or (', 1],
  ['[a', 'this "[" is never closed; write "]"', 0],
  ['!a = b', '"!" belongs to tests; write tests in square brackets: [!a & b]', 0],
  ['p^2 = q', '"^" means nothing here; write p p* for one or more times, and p p for twice', 1],
  ['p 12 = q', '"2" means nothing here; the only numbers are 0 and 1; write names for steps', 3],
  ['* = q', 'a term is missing before "*"; write a name, 0, 1, [test] or (', 0],
] as const)('%s is refused', ([text, fault, at]) => {
  const error = errorOf(() => parseEquation(new Terms(), text));
  expect(error.fault).toBe(fault);
  expect(error.at).toBe(at);
  expect(error.frame).toContain(`column ${at + 1}`);
});

const store = parseSignature([
  'read : S -> S!V',
  'log : S -> S',
  'put : S!V -> S',
  'R : A -> S',
  '[full] : S',
]);

test('the value of a step is taken by the next, or dropped', () => {
  const terms = new Terms();
  const read = (text: string) => parseTerm(terms, text, store);
  expect(read('read put')).toMatchObject({ source: 'S', target: 'S' });
  expect(read('read; log')).toMatchObject({ source: 'S', target: 'S' });
  expect(read('(read; log)* [full]').source).toBe('S');
  expect(read('log; log')).toBe(read('log log'));
  for (const text of ['read; log', 'read;1', 'read (1; log)', 'read (1;1) log', 'read; (log + 1)'])
    expect(read(print(read(text)))).toBe(read(text));
});

test.for([
  ['read log', 'S!V is not S: the second factor does not start where the first ends'],
  ['read*', 'only what ends where it starts can be repeated; drop its value with ;1 first'],
  ['read + log', 'S!V is not S: the alternatives end in different sorts'],
  ['log R', 'S is not A'],
  ['R [full] R', 'S is not A'],
  ['write', 'write is not declared; say of which sort it is: "write : From -> To"'],
  ['[empty]', '[empty] is not declared; say of which sort it is: "[empty] : S"'],
  ['0 + 1', 'of which sort this is cannot be told; put a named step beside it'],
])('%s does not fit', ([text = '', fault]) => {
  expect(errorOf(() => parseTerm(new Terms(), text, store)).fault).toContain(fault);
});

test('there is no value from nowhere, and no star of a step that answers', () => {
  const terms = new Terms();
  const read = terms.letter('read', 'S', 'S!V');
  expect(() => terms.star(read)).toThrow(Misfit);
  expect(() => terms.product(read, read)).toThrow(Misfit);
  expect(() => terms.choice(read, terms.one('S'))).toThrow(Misfit);
  expect(() => terms.drop('S')).toThrow(Misfit);
  expect(terms.star(terms.product(read, terms.drop('S!V')))).toMatchObject({ target: 'S' });
});

test.for(['read', 'read : S', 'a : S -> S!V!W', '[b]'])('%s declares nothing', (line) => {
  expect(errorOf(() => parseSignature([line])).fault).toContain('this declares nothing');
});

test('what is declared twice is refused', () => {
  expect(errorOf(() => parseSignature(['a : S -> S', 'a : S -> T'])).fault).toContain('twice');
});

function errorOf(body: () => unknown): NotationError {
  try {
    body();
  } catch (error) {
    if (error instanceof NotationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
