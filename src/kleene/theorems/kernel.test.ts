/** The kernel makes theorems and nobody else can; what it refuses; what the prover gets from it. */
import { describe, expect, test } from 'vitest';
import { parseEquation, parseTerm } from '../notation/parse.ts';
import { print } from '../notation/print.ts';
import { type Term, Terms } from '../terms/term.ts';
import { Kernel, NoStep, type Theorem } from './kernel.ts';
import { Prover } from './tactics.ts';

const kernel = new Kernel();
const term = (text: string) => parseTerm(kernel.terms, text);
const said = ({ left, right }: Theorem) => `${print(left)} <= ${print(right)}`;
const given = ({ hypotheses }: Theorem) =>
  hypotheses.map(({ left, right }) => `${print(left)} <= ${print(right)}`);

describe('theorems cannot be forged', () => {
  const real = kernel.axiom('reflexive', term('p'));
  const useless: readonly (readonly [string, Theorem])[] = [
    ['a copy', { ...real }],
    ['an object that inherits from one', Object.create(real)],
    ['one with another side', { ...real, right: term('q') }],
  ];
  test.for(useless)('%s', ([, forged]) => {
    expect(kernel.proved(forged)).toBe(false);
    expect(() => kernel.infer('transitive', real, forged)).toThrow('no theorem of this kernel');
    expect(() => kernel.cut(forged, real)).toThrow('no theorem of this kernel');
    expect(() => kernel.instantiate(forged, {})).toThrow('no theorem of this kernel');
  });

  test('one of another kernel', () => {
    const other = new Kernel();
    const theirs = other.axiom('reflexive', other.terms.letter('p'));
    expect(() => kernel.infer('product', theirs, theirs)).toThrow('no theorem of this kernel');
  });

  test('theorems do not change', () => {
    expect(() => Object.assign(real, { right: term('q') })).toThrow(TypeError);
    expect(() => (real.hypotheses as unknown[]).push(real)).toThrow(TypeError);
    expect(() => Object.assign(kernel, { proved: () => true })).toThrow(TypeError);
    expect(() => Object.assign(kernel.terms, { star: () => term('p') })).toThrow(TypeError);
  });

  test('there is no kernel of another kind', () => {
    class Generous extends Kernel {}
    expect(() => new Generous()).toThrow('no other kinds');
  });
});

describe('terms cannot be forged', () => {
  // What is forged can spoil the terms of its kernel, so it has one of its own.
  const spoilt = new Kernel();
  const p = spoilt.terms.letter('p');
  const one = spoilt.terms.one();
  test.for<[string, unknown]>([
    ['of another maker', new Terms().letter('p')],
    ['a copy', { ...p }],
    ['one that is not what it says', { ...one, kind: 'zero' }],
    ['with a part that is a copy', spoilt.terms.product(p, { ...p, name: 'q' } as Term)],
    ['a test of a formula that is a copy', spoilt.terms.test({ ...spoilt.terms.name('b') })],
    ['a letter whose name may change', spoilt.terms.letter({ toString: () => 'x' } as never)],
  ])('%s', ([, forged]) => {
    expect(() => spoilt.axiom('reflexive', forged as Term)).toThrow(NoStep);
    expect(() => spoilt.assume(p, forged as Term)).toThrow(NoStep);
  });

  test('nor by way of what the kernel itself makes', () => {
    const own = new Kernel();
    const q = own.terms.letter('q');
    own.terms.product(q, { ...own.terms.one() });
    expect(() => own.axiom('one after, added', q)).toThrow('no term of this kernel');
  });

  test('a name of an inherited property is an ordinary letter', () => {
    const odd = term('__proto__ constructor');
    expect(said(kernel.axiom('reflexive', odd))).toBe(
      '__proto__ constructor <= __proto__ constructor',
    );
    const image = kernel.instantiate(kernel.axiom('reflexive', odd), {
      letters: new Map([['constructor', term('p')]]),
    });
    expect(said(image)).toBe('__proto__ p <= __proto__ p');
  });
});

describe('what no rule allows', () => {
  const assumed = (left: string, right: string) => kernel.assume(term(left), term(right));
  test.for<[string, () => unknown]>([
    ['a rule that there is not', () => kernel.axiom('toString' as never, term('p'))],
    ['too few terms', () => kernel.axiom('choice left', term('p'))],
    ['too many terms', () => kernel.axiom('reflexive', term('p'), term('q'))],
    [
      'a chain that does not meet',
      () => kernel.infer('transitive', assumed('p', 'q'), assumed('r', 's')),
    ],
    ['a choice below two', () => kernel.infer('choice both', assumed('p', 'r'), assumed('q', 's'))],
    [
      'induction without its base',
      () => kernel.infer('induction first', assumed('p', 'q'), assumed('r s', 's')),
    ],
    [
      'induction that does not return',
      () => kernel.infer('induction first', assumed('p', 'q'), assumed('r q', 's')),
    ],
    [
      'induction at the other end',
      () => kernel.infer('induction last', assumed('p', 'q'), assumed('r q', 'q')),
    ],
    [
      'a test that does not imply',
      () => kernel.axiom('test implies', term('[b]'), term('[b & c]')),
    ],
    ['a step as a test', () => kernel.axiom('test dropped', term('p'))],
    ['a cut of what is not assumed', () => kernel.cut(assumed('p', 'q'), assumed('q', 'p'))],
    [
      'a test for a test that is a step',
      () => kernel.instantiate(assumed('[b]', 'p'), { tests: new Map([['b', term('q')]]) }),
    ],
  ])('%s', ([, step]) => {
    expect(step).toThrow(NoStep);
  });

  test('sides that go to different places', () => {
    const { terms } = kernel;
    const [here, away] = [terms.letter('p', 'S', 'S'), terms.letter('p', 'S', 'T')];
    expect(() => kernel.assume(here, away)).toThrow('do not go from and to the same');
    expect(() =>
      kernel.instantiate(kernel.axiom('reflexive', here), { letters: new Map([['p', away]]) }),
    ).toThrow('has to go from S to S');
    const [first, second] = [terms.test(terms.name('b'), 'S'), terms.test(terms.name('b'), 'T')];
    expect(() => kernel.axiom('test implies', first, second)).toThrow(NoStep);
  });
});

test('cut and instantiation', () => {
  const simulation = kernel.assume(term('R c'), term('a R'));
  const all = new Prover(kernel, [simulation]).prove({ left: term('R c*'), right: term('a* R') });
  expect(given(all)).toEqual(['R c <= a R']);
  const instance = kernel.instantiate(all, {
    letters: new Map([
      ['R', term('u')],
      ['c', term('v u')],
      ['a', term('u v')],
    ]),
  });
  expect(given(instance)).toEqual(['u (v u) <= u v u']);
  const associated = new Prover(kernel).prove({ left: term('u (v u)'), right: term('u v u') });
  const sliding = kernel.cut(associated, instance);
  expect([said(sliding), given(sliding)]).toEqual(['u (v u)* <= (u v)* u', []]);
});

test.for([
  '(p + q)* = p* (q p*)*',
  '(p q)* p = p (q p)*',
  '(p + q) (r + 0) 1 = q r + p (1 r)',
  '(r c + r l c)* r l <= (r c)* r (l c (r c)* r)* l',
  'p** = p*',
  '(1 + p)* = p*',
  '[b] [c] p = [c & b] p',
  '[b] [!b] p <= q',
  '([b] p)* [!b] <= ([b] p)* [!b] [!b]',
])('the prover finds %s', (text) => {
  const { relation, left, right } = parseEquation(kernel.terms, text);
  const prover = new Prover(kernel);
  const sides = [prover.prove({ left, right })];
  if (relation === '=') sides.push(prover.prove({ left: right, right: left }));
  expect(sides.map((one) => kernel.proved(one) && given(one).length)).toEqual(sides.map(() => 0));
  expect(said(sides[0] as Theorem)).toBe(`${print(left)} <= ${print(right)}`);
});

test.for(['p q <= q p', 'p* q* <= (p q)*', '1 <= [b]', 'p <= 0', '(p + q)* <= p* q*'])(
  'the prover finds no proof of %s',
  (text) => {
    expect(() => new Prover(kernel).prove(parseEquation(kernel.terms, text))).toThrow(
      'no proof is found',
    );
  },
);
