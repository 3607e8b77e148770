/** Operations on bits are those on integers: of values whose limits are wider than they are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bits, literal } from '../../logic/index.ts';
import type { Integer } from './integer.ts';
import * as integers from './integer.ts';

/** An integer somewhere between limits that it does not tell. */
const some = fc
  .tuple(fc.bigInt(-(2n ** 40n), 2n ** 40n), fc.bigInt(0n, 2n ** 20n), fc.bigInt(1n, 2n ** 20n))
  .map(([value, below, above]) => between(value, value - below, value + above));

function between(value: bigint, low: bigint, high: bigint): { value: bigint; integer: Integer } {
  const [{ term }] = integers.unknown('x', low, high);
  const width = term.sort.kind === 'bits' ? term.sort.width : 0;
  return { value, integer: { kind: 'integer', term: bits(width, value), low, high } };
}

function known(integer: Integer): bigint {
  const value = literal(integer.term);
  expect(typeof value).toBe('bigint');
  const back = integers.readBack(integer, value as bigint);
  expect(integer.low <= back && back <= integer.high).toBe(true);
  return back;
}

const floor = (a: bigint, b: bigint) => (a - (((a % b) + b) % b)) / b;

describe('an operation on bits', () => {
  test.each<[string, (a: Integer, b: Integer) => Integer, (a: bigint, b: bigint) => bigint]>([
    ['add', integers.add, (a, b) => a + b],
    ['subtract', integers.subtract, (a, b) => a - b],
    ['multiply', integers.multiply, (a, b) => a * b],
  ])('%s', (_, operate, expected) => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(known(operate(a.integer, b.integer))).toBe(expected(a.value, b.value));
      }),
    );
  });

  test.each([1n, 2n, 256n, 2n ** 32n])('division by %s, and what is left', (by) => {
    fc.assert(
      fc.property(some, ({ value, integer }) => {
        expect(known(integers.divide(integer, by)!)).toBe(floor(value, by));
        expect(known(integers.modulo(integer, by)!)).toBe(((value % by) + by) % by);
      }),
    );
  });

  test.each([3n, 10n, 1_000n])('division by %s, of what is not negative', (by) => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 40n), (value) => {
        const { integer } = between(value, 0n, 2n ** 40n);
        expect(known(integers.divide(integer, by)!)).toBe(value / by);
        expect(known(integers.modulo(integer, by)!)).toBe(value % by);
      }),
    );
    expect(integers.divide(between(-1n, -5n, 5n).integer, by)).toBeUndefined();
  });

  test('bits of numbers, and the sign that JavaScript sees', () => {
    const word = fc.bigInt(0n, 2n ** 32n - 1n);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [x, y] = [a, b].map((value) => between(value, 0n, 2n ** 32n - 1n).integer);
        const signed = (name: 'and' | 'or' | 'xor') =>
          Number(known(integers.signed(integers.bitwise(name, x!, y!), 32)));
        expect(signed('and')).toBe(Number(a) & Number(b));
        expect(signed('or')).toBe(Number(a) | Number(b));
        expect(signed('xor')).toBe(Number(a) ^ Number(b));
      }),
    );
  });

  test('comparisons, of any sign', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(literal(integers.less(a.integer, b.integer))).toBe(a.value < b.value);
        expect(literal(integers.atMost(a.integer, b.integer))).toBe(a.value <= b.value);
        expect(literal(integers.same(a.integer, b.integer))).toBe(a.value === b.value);
      }),
    );
  });
});
