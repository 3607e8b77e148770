import { expect, test } from 'vitest';
import { parse, show } from './expression.ts';
import { arrayOf, Bool, bitVector, datatype, Int, type Sort, uninterpreted } from './index.ts';
import { Names } from './names.ts';
import { readValue } from './value.ts';

const Block = uninterpreted('Block');
const Disk = arrayOf(Int, Block);
const Pair = datatype('Pair', [
  { name: 'empty', fields: [] },
  {
    name: 'pair',
    fields: [
      { name: 'n', sort: Int },
      { name: 'block', sort: Block },
    ],
  },
]);

function value(text: string, sort: Sort) {
  const names = new Names();
  if (sort.kind === 'datatype') names.datatype(sort);
  return readValue(text, sort, names);
}

const block = (number: number) => ({ kind: 'opaque', sort: 'Block', number });

test.each<[string, Sort, unknown]>([
  ['true', Bool, true],
  ['17', Int, 17n],
  ['(- 20977)', Int, -20977n],
  ['9007199254740993', Int, 9007199254740993n],
  ['#xff', bitVector(8), 255n],
  ['#b101', bitVector(3), 5n],
  ['(_ bv12 8)', bitVector(8), 12n],
  ['Block!1!val!3', Block, block(3)],
  ['(as @Block!1_2 Block!1)', Block, block(2)],
  ['(as @a0 Block)', Block, block(0)],
  ['empty!1', Pair, { kind: 'construct', constructorName: 'empty', fields: [] }],
  ['(as empty!1 Pair!1)', Pair, { kind: 'construct', constructorName: 'empty', fields: [] }],
  [
    '(pair!1 (- 5) Block!1!val!1)',
    Pair,
    { kind: 'construct', constructorName: 'pair', fields: [-5n, block(1)] },
  ],
  [
    '((as pair!1 Pair!1) 1 (as @Block!1_0 Block!1))',
    Pair,
    { kind: 'construct', constructorName: 'pair', fields: [1n, block(0)] },
  ],
])('%s', (text, sort, expected) => {
  expect(value(text, sort)).toEqual(expected);
});

test('arrays: the last store to an index counts', () => {
  const text = `(let ((a!1 (store ((as const (Array Int Block)) Block!val!0) (- 1) Block!val!1)))
    (store (store a!1 2 Block!val!2) 2 Block!val!3))`;
  expect(value(text, Disk)).toEqual({
    kind: 'array',
    otherwise: block(0),
    entries: [
      [-1n, block(1)],
      [2n, block(3)],
    ],
  });
});

test('an array given as a function is not read', () => {
  expect(value('(_ as-array k!0)', Disk)).toEqual({ kind: 'unread', text: '(_ as-array k!0)' });
});

test.each<[string, Sort]>([
  ['maybe', Bool],
  ['1.5', Int],
  ['(- 1', Int],
  ['1 2', Int],
  ['', Int],
  ['(other 1)', Pair],
  ['(pair!1 1)', Pair],
  ['x', Block],
])('%s is no value of its sort', (text, sort) => {
  expect(() => value(text, sort)).toThrow();
});

test('expressions: comments, strings and quoted symbols', () => {
  expect(parse('(a |b c| "d)" ; e)\n (f))').map(show)).toEqual(['(a |b c| "d)" (f))']);
  expect(() => parse('(a))')).toThrow('a parenthesis too many');
});
