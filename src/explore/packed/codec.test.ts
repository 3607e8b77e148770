import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codecOf, OutOfRange } from './codec.ts';
import { type Field, type Fields, flag, integer, list, oneOf, record } from './fields.ts';

/** Ranges at the limits of what a word holds, beside small ones. */
const simple: fc.Arbitrary<Field> = fc.oneof(
  fc.constant(flag),
  fc.constantFrom(oneOf('only'), oneOf('a', 'b'), oneOf('"', '\\', '$', '__proto__', '')),
  fc.constantFrom(
    integer(5, 5),
    integer(-3, 4),
    integer(0, 2 ** 31 - 1),
    integer(0, 2 ** 32 - 1),
    integer(-(2 ** 31), 2 ** 31 - 1),
    integer(2 ** 52, 2 ** 52 + 9),
  ),
  fc.tuple(fc.integer(), fc.nat(1000)).map(([low, many]) => integer(low, low + many)),
);
const { field } = fc.letrec<{ field: Field }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    simple,
    fc.tuple(fc.nat(4), tie('field')).map(([length, of]) => list(length, of)),
    fc.dictionary(fc.string(), tie('field'), { maxKeys: 3 }).map(record),
  ),
}));
const fields: fc.Arbitrary<Fields> = fc.dictionary(fc.string(), field, { maxKeys: 6 });

/** Some value of a field. */
function someOf(one: Field): fc.Arbitrary<unknown> {
  switch (one.kind) {
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...one.of);
    case 'integer': {
      const any = fc.maxSafeInteger().map((n) => one.low + Math.abs(n % (one.high - one.low + 1)));
      return fc.oneof(fc.constantFrom(one.low, one.high), any);
    }
    case 'list':
      return fc.tuple(...Array.from({ length: one.length }, () => someOf(one.of)));
    case 'record':
      return fc.record(
        Object.fromEntries(Object.entries(one.of).map(([name, of]) => [name, someOf(of)])),
      );
  }
}

const stateOf = fields.chain((of) =>
  fc.tuple(fc.constant(of), someOf(record(of)), someOf(record(of))),
);

test('what is written is read again, and different states are different records', () => {
  fc.assert(
    fc.property(stateOf, ([of, one, other]) => {
      const codec = codecOf(of);
      const words = new Int32Array(2 * codec.width + 1);
      Object.assign(codec.state, one);
      codec.encode(words, 1);
      Object.assign(codec.state, other);
      codec.encode(words, 1 + codec.width);
      codec.decode(words, 1);
      expect(codec.state).toEqual(one);
      codec.decode(words, 1 + codec.width);
      expect(codec.state).toEqual(other);
      const same = words.slice(1, 1 + codec.width).join() === words.slice(1 + codec.width).join();
      expect(same).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});

const codec = () => codecOf({ small: integer(1, 5), many: list(2, integer(0, 3)), on: flag });

/** What encoding says after the state was changed. */
function complaint(change: (state: Record<string, unknown>) => void): string {
  const { state, encode } = codec();
  change(state as never);
  try {
    encode(new Int32Array(1), 0);
  } catch (error) {
    expect(error).toBeInstanceOf(OutOfRange);
    return (error as Error).message;
  }
  return 'nothing';
}

test('a value outside its range is an error that names it, not another value', () => {
  const range = 'it must be a whole number from 1 to 5';
  for (const wrong of [0, 6, 1.5, -1, 2 ** 32 + 1, Number.NaN, undefined, null, true])
    expect(complaint((s) => Object.assign(s, { small: wrong }))).toBe(
      `small is ${wrong}; ${range}`,
    );
  expect(complaint((s) => Object.assign(s, { small: '2' }))).toBe(`small is "2"; ${range}`);
  expect(complaint((s) => Object.assign(s, { on: 1 }))).toBe('on is 1; it must be true or false');
  expect(complaint((s) => Object.assign(s, { many: [4, 0] }))).toBe(
    'many[0] is 4; it must be a whole number from 0 to 3',
  );
  expect(complaint((s) => Object.assign(s, { many: [0, 0, 0] }))).toBe(
    'many.length is 3; it must keep its declared length',
  );
  expect(complaint(() => {})).toBe('nothing');
});

test('a list put into two places is two lists again in the next state', () => {
  const { state, encode, decode } = codecOf({ a: list(1, flag), b: list(1, flag) });
  const words = new Int32Array(1);
  state.a = state.b;
  encode(words, 0);
  decode(words, 0);
  state.a[0] = true;
  expect(state).toEqual({ a: [true], b: [false] });
});

test('a field that was not declared cannot be added', () => {
  expect(() => Object.assign(codec().state, { more: 1 })).toThrow(TypeError);
});

test('a declaration that cannot be kept says why', () => {
  expect(() => integer(3, 2)).toThrow('integer(3, 2): give the smallest and the largest integer');
  expect(() => integer(0, 2 ** 32)).toThrow('at most 2^32 values fit');
  expect(() => oneOf()).toThrow('give one name or more');
  expect(() => oneOf('a', 'b', 'a' as 'b')).toThrow('each once');
  expect(() => list(-1, flag)).toThrow('the length must be a whole number');
  expect(() => codecOf({ all: list(5000, flag) })).toThrow('may have 4096 values');
});
