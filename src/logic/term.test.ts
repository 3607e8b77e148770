/** What the constructors do to terms may change their form, never their worth. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, textOf } from './evaluate.ts';
import { Block, Generator, sorts } from './fixtures/random-terms.ts';
import {
  add,
  and,
  arrayOf,
  atMost,
  Bool,
  call,
  conjuncts,
  constant,
  constantArray,
  construct,
  datatype,
  declare,
  divide,
  equal,
  exists,
  field,
  forall,
  freeConstants,
  fresh,
  Int,
  implies,
  integer,
  is,
  isQuantifier,
  ite,
  less,
  modulo,
  multiply,
  no,
  not,
  or,
  select,
  store,
  substitute,
  subtract,
  type Term,
  uninterpreted,
  yes,
} from './index.ts';

const [x, y, z] = [constant('x', Int), constant('y', Int), constant('z', Int)];
const [p, q] = [constant('p', Bool), constant('q', Bool)];
const Disk = arrayOf(Int, Block);
const disk = constant('disk', Disk);
const [a, b] = [constant('a', Block), constant('b', Block)];

describe('random terms (a failure prints its seed)', () => {
  function forSeeds(runs: number, body: (generator: Generator) => void): void {
    fc.assert(
      fc.property(fc.integer(), (seed) => body(new Generator(seed))),
      { numRuns: runs },
    );
  }

  test('simplified terms are worth what they were', () => {
    forSeeds(6_000, (generator) => {
      const { term, value } = generator.sample(generator.pick(sorts), 6);
      expect(textOf(evaluate(term, generator.environment))).toBe(textOf(value));
    });
  });

  test('substituting is like giving another value', () => {
    forSeeds(2_000, (generator) => {
      const { term } = generator.sample(generator.pick(sorts), 5);
      const from = generator.pick(generator.constants(generator.pick(sorts)));
      const to = generator.sample(from.sort, 3);
      const replaced = substitute(term, new Map([[from, to.term]]));
      const given = new Map(generator.environment).set(from, to.value);
      const worth = textOf(evaluate(replaced, generator.environment));
      expect(worth).toBe(textOf(evaluate(term, given)));
    });
  });

  test('conjuncts hold together exactly when the whole holds', () => {
    forSeeds(2_000, (generator) => {
      const { term, value } = generator.sample(Bool, 6);
      const parts = conjuncts(term).map((part) => evaluate(part, generator.environment));
      expect(parts.every((part) => part === true)).toBe(value);
    });
  });

  test('quantifiers over few values, through negation, splitting and substitution', () => {
    forSeeds(1_000, (generator) => {
      const { environment } = generator;
      const [inner, outer] = [generator.constants(Bool)[0]!, generator.constants(sorts[2]!)[0]!];
      const body = exists([inner], generator.sample(Bool, 4).term);
      const term = forall([outer], or(body, generator.sample(Bool, 4).term));
      const whole = evaluate(term, environment);
      expect(evaluate(not(not(term)), environment)).toBe(whole);
      const parts = conjuncts(term).map((part) => evaluate(part, environment));
      expect(parts.every((part) => part === true)).toBe(whole);
      // What replaces the free ones mentions the bound ones, and must not be captured.
      const from = generator.pick(generator.constants(Bool).slice(1));
      const to = or(inner, equal(outer, generator.sample(outer.sort, 2).term));
      const replaced = evaluate(substitute(term, new Map([[from, to]])), environment);
      const given = new Map(environment).set(from, evaluate(to, environment));
      expect(replaced).toBe(evaluate(term, given));
    });
  });
});

test('terms and sorts of one shape are one object', () => {
  expect(add(x, integer(1))).toBe(add(constant('x', Int), integer(1n)));
  expect(arrayOf(Int, uninterpreted('Block'))).toBe(Disk);
  expect(fresh('x', Int)).not.toBe(fresh('x', Int));
  const field = { name: 'n', sort: Int };
  expect(datatype('D', [{ name: 'd', fields: [field] }])).toBe(
    datatype('D', [{ name: 'd', fields: [{ ...field }] }]),
  );
});

const Pair = datatype('P', [
  {
    name: 'p',
    fields: [
      { name: 'm', sort: Int },
      { name: 'n', sort: Int },
    ],
  },
]);
const Option = datatype('O', [
  { name: 'none', fields: [] },
  { name: 'some', fields: [{ name: 'value', sort: Int }] },
]);
const [record, option] = [constant('r', Pair), constant('o', Option)];

test.each<[string, Term, Term]>([
  ['sums cancel', subtract(add(x, y, integer(2)), add(y, integer(2))), x],
  ['comparisons of offsets', less(add(x, integer(1)), x), no],
  ['the other order', atMost(add(x, y), add(y, x)), yes],
  ['equality of offsets', equal(add(x, integer(1)), x), no],
  ['products with literals', multiply(integer(2), add(x, y)), add(x, x, y, y)],
  ['division rounds down', divide(integer(-7), integer(2)), integer(-4)],
  ['remainders are not negative', modulo(integer(-7), integer(-2)), integer(1)],
  ['a contradiction', and(p, q, not(p)), no],
  ['negated comparisons', not(less(x, y)), atMost(y, x)],
  ['flattening', and(p, and(q, p)), and(p, q)],
  ['choice of truths', ite(p, yes, q), or(p, q)],
  ['read what was written', select(store(disk, x, a), x), a],
  ['read past a write', select(store(disk, add(x, integer(1)), a), x), select(disk, x)],
  ['write twice', store(store(disk, x, a), x, b), store(disk, x, b)],
  ['write what is there', store(disk, x, select(disk, x)), disk],
  ['read a constant array', select(constantArray(Disk, a), x), a],
  ['field of a record', field('p', 'n', construct(Pair, 'p', x, y)), y],
  [
    'record of its fields',
    construct(Pair, 'p', field('p', 'm', record), field('p', 'n', record)),
    record,
  ],
  [
    'choice of records',
    field('p', 'm', ite(p, construct(Pair, 'p', x, y), record)),
    ite(p, x, field('p', 'm', record)),
  ],
  ['other constructors', is('none', construct(Option, 'some', x)), no],
  ['nothing is a test', equal(option, construct(Option, 'none')), is('none', option)],
])('%s', (_what, simplified, expected) => {
  expect(simplified).toBe(expected);
});

test('a record of its fields in another order is another record', () => {
  const swapped = construct(Pair, 'p', field('p', 'n', record), field('p', 'm', record));
  expect(swapped).not.toBe(record);
  expect(field('p', 'm', swapped)).toBe(field('p', 'n', record));
});

test('terms of the wrong sort are refused when they are built', () => {
  expect(() => and(p, x)).toThrow('and takes a Bool, got a Int');
  expect(() => equal(x, p)).toThrow();
  expect(() => select(disk, a)).toThrow();
  expect(() => call(declare('f', [Int], Int), p)).toThrow();
  expect(() => construct(Option, 'other')).toThrow('O has no constructor other');
});

describe('quantifiers', () => {
  const at = fresh('at', Int);
  const cell = select(disk, at);

  function patternsOf(term: Term): readonly (readonly Term[])[] {
    if (!isQuantifier(term)) throw new Error('no quantifier');
    return term.patterns;
  }

  test('every array read at the variable is a pattern of its own', () => {
    const other = constant('other', Disk);
    const mirrored = forall([at], implies(less(at, x), equal(cell, select(other, at))));
    expect(patternsOf(mirrored)).toEqual([[cell], [select(other, at)]]);
    const shifted = select(other, add(at, x));
    expect(patternsOf(forall([at], equal(cell, shifted)))).toEqual([[cell]]);
    expect(patternsOf(forall([at], less(at, add(x, at, at))))).toEqual([]);
  });

  test('patterns that no longer mention the variable are left out', () => {
    const f = call(declare('f', [Int], Int), at);
    expect(patternsOf(forall([at], less(f, at), [[f], [select(disk, x)]]))).toEqual([[f]]);
    expect(patternsOf(forall([at], equal(cell, a), []))).toEqual([]);
  });

  test('variables that do not occur, and bodies that are decided, fall away', () => {
    expect(forall([at], less(x, y))).toBe(less(x, y));
    expect(exists([at], yes)).toBe(yes);
  });

  test('substitution does not capture', () => {
    const f = declare('f', [Int, Int], Bool);
    const term = forall([at], call(f, at, z));
    const replaced = substitute(term, new Map([[z, at]]));
    expect(freeConstants(replaced)).toEqual(new Set([at]));
    expect(substitute(term, new Map([[at, x]]))).toBe(term);
  });

  test('conjuncts go below quantifiers and alternatives', () => {
    const f = declare('f', [Int], Bool);
    const both = forall([at], or(less(at, x), and(call(f, at), less(y, at))));
    expect(conjuncts(and(p, both))).toEqual([
      p,
      forall([at], or(less(at, x), call(f, at)), []),
      forall([at], or(less(at, x), less(y, at)), []),
    ]);
  });
});
