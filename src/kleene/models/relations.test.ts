/** Finite relations, and laws that hold of them; their converses and mistaken forms do not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Relation } from './relations.ts';

const size = 5;
const relation = fc
  .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 9 })
  .map((pairs) => Relation.of(size, size, pairs));
const check = (law: (p: Relation, q: Relation, r: Relation) => boolean): boolean => {
  const property = fc.property(relation, relation, relation, law);
  return !fc.check(property, { numRuns: 300, seed: 7 }).failed;
};
const one = Relation.identity(size);

test.for([
  [
    'denesting',
    (p, q) =>
      p
        .union(q)
        .star()
        .equals(p.star().compose(q.compose(p.star()).star())),
  ],
  [
    'sliding',
    (p, q) =>
      p
        .compose(q)
        .star()
        .compose(p)
        .equals(p.compose(q.compose(p).star())),
  ],
  ['unrolling', (p) => p.star().equals(one.union(p.compose(p.star())))],
  [
    'converse turns products around',
    (p, q) => p.compose(q).converse().equals(q.converse().compose(p.converse())),
  ],
  ['converse of a star', (p) => p.star().converse().equals(p.converse().star())],
  ['a domain changes nothing', (p) => p.domain().compose(p).equals(p)],
  ['domain of a product', (p, q) => p.compose(q).domain().equals(p.compose(q.domain()).domain())],
  [
    'modular law',
    (p, q, r) =>
      p
        .compose(q)
        .intersection(r)
        .within(p.compose(q.intersection(p.converse().compose(r)))),
  ],
  [
    'simulation passes a star',
    (p, q, r) =>
      !p.compose(q).within(r.compose(p)) || p.compose(q.star()).within(r.star().compose(p)),
  ],
] as [string, (p: Relation, q: Relation, r: Relation) => boolean][])('%s', ([, law]) => {
  expect(check(law)).toBe(true);
});

test.for([
  ['products commute', (p, q) => p.compose(q).equals(q.compose(p))],
  [
    'a star of a choice is a product of stars',
    (p, q) => p.union(q).star().equals(p.star().compose(q.star())),
  ],
  [
    'sliding without the second factor',
    (p, q) =>
      p
        .compose(q)
        .star()
        .compose(p)
        .equals(p.compose(p.compose(q).star())),
  ],
  [
    'converse keeps the order',
    (p, q) => p.compose(q).converse().equals(p.converse().compose(q.converse())),
  ],
  [
    'products meet',
    (p, q, r) => p.compose(q.intersection(r)).equals(p.compose(q).intersection(p.compose(r))),
  ],
  [
    'simulation from the other side',
    (p, q, r) =>
      !r.compose(p).within(p.compose(q)) || p.compose(q.star()).within(r.star().compose(p)),
  ],
] as [string, (p: Relation, q: Relation, r: Relation) => boolean][])('not: %s', ([, law]) => {
  expect(check(law)).toBe(false);
});

test('relations between different sets', () => {
  const abstraction = Relation.of(2, 40, [
    [0, 3],
    [1, 39],
  ]);
  expect([...abstraction.compose(abstraction.converse())]).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(abstraction.converse().domain().has(39, 39)).toBe(true);
  expect(Relation.full(2, 40).within(abstraction)).toBe(false);
  expect([...Relation.test(3, (state) => state !== 1)]).toEqual([
    [0, 0],
    [2, 2],
  ]);
});

test('what does not fit is refused, with the sizes', () => {
  const two = Relation.identity(2);
  expect(() => two.compose(one)).toThrow('2 states do not meet 5');
  expect(() => two.union(one)).toThrow('2 by 2 is not 5 by 5');
  expect(() => Relation.full(2, 3).star()).toThrow('only what ends where it starts');
  expect(() => Relation.of(2, 2, [[0, 2]])).toThrow('(0, 2) is not in a relation of 2 by 2');
});
