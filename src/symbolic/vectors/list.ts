/**
 * Lists in bit-vectors: as many values as there may be at most, and how many of them count. Where
 * that number is not a constant it only ever gets smaller, by slice().
 */
import { and, type ModelValue, or, type Term } from '../../logic/index.ts';
import type { Expression, Position, Type } from '../ir.ts';
import { inexpressible } from './evaluate.ts';
import * as integers from './integer.ts';
import { constant, type Integer } from './integer.ts';
import { type Frame, owe } from './run.ts';
import {
  all,
  choose,
  Inexpressible,
  type List,
  type Reading,
  reading,
  same,
  unknown,
  type Value,
} from './value.ts';

/** More values than this are too many for the solver anyway. */
const most = 4_096n;

export function listOf(items: readonly Value[]): List {
  return { kind: 'list', length: constant(BigInt(items.length)), items };
}

const number = (value: number): Integer => constant(BigInt(value));

export function chooseList(condition: Term, a: List, b: List): List {
  const [longer, shorter] = a.items.length < b.items.length ? [b, a] : [a, b];
  const items = longer.items.map((item, i) => {
    if (i >= shorter.items.length) return item;
    return choose(condition, a.items[i]!, b.items[i]!);
  });
  return { kind: 'list', length: integers.choose(condition, a.length, b.length), items };
}

export function sameList(a: List, b: List): Term {
  const shared = a.items.slice(0, b.items.length);
  const agree = shared.map((item, i) =>
    or(integers.atMost(a.length, number(i)), same(item, b.items[i]!)),
  );
  return and(integers.same(a.length, b.length), ...agree);
}

/** Any list of a type, no longer than the codec says. */
export function unknownList(
  hint: string,
  type: Type & { kind: 'array' },
  at: Position,
  longest: number | undefined,
): readonly [List, Term] {
  if (longest === undefined)
    throw new Inexpressible(
      at,
      'a codec of a list says how long a list may be',
      'longest: 100, beside bytes',
    );
  const [length, known] = integers.unknown(`length of ${hint}`, 0n, BigInt(longest));
  const items = Array.from({ length: longest }, (_, i) =>
    unknown(`${hint} ${i}`, type.element, at, longest),
  );
  const facts = items.map(([, fact], i) => or(integers.atMost(length, number(i)), fact));
  return [{ kind: 'list', length, items: items.map(([item]) => item) }, and(known, ...facts)];
}

export function readingList(list: List, type: Type & { kind: 'array' }): Reading {
  const length = reading(list.length, { kind: 'integer', range: 'safe' });
  const items = all(list.items.map((item) => reading(item, type.element)));
  return {
    terms: [...length.terms, ...items.terms],
    build: ([first, ...rest]: readonly ModelValue[]) => {
      const built = items.build(rest) as readonly unknown[];
      return built.slice(0, length.build([first!]) as number);
    },
  };
}

/** One element; that it is there is a duty. */
export function element(list: List, i: Integer, at: Position, frame: Frame): Value {
  owe(frame, at, 'the index is within bounds', inside(list, i));
  const [first] = list.items;
  if (!first) return inexpressible(at, 'an element of an empty list');
  const known = integers.knownValue(i);
  if (known !== undefined) return list.items[Number(known)] ?? first;
  return list.items.reduce((value, item, k) => choose(integers.same(i, number(k)), item, value));
}

/** A list with one element replaced. */
export function putElement(list: List, i: Integer, value: Value, at: Position, frame: Frame): List {
  owe(frame, at, 'the index is within bounds', inside(list, i));
  const items = list.items.map((item, k) => choose(integers.same(i, number(k)), value, item));
  return { ...list, items };
}

function inside({ length }: List, i: Integer): Term {
  return and(integers.atMost(constant(0n), i), integers.less(i, length));
}

/** A list with one value more; how many it had must be a constant. */
export function append(list: List, value: Value, e: Expression): List {
  if (integers.knownValue(list.length) === undefined)
    return inexpressible(e.at, 'a list that grows by now and then: push() always, then slice()');
  return listOf([...list.items, value]);
}

export function filled(length: Integer, value: Value, e: Expression): List {
  const count = integers.knownValue(length);
  if (count === undefined || count < 0n || count > most)
    return inexpressible(e.at, 'an array of a length that is not a constant');
  return listOf(Array.from({ length: Number(count) }, () => value));
}

/** `list.slice(from, to)`, where `from` is a constant. */
export function slice(list: List, from: Integer, to: Integer, e: Expression, frame: Frame): List {
  const start = integers.knownValue(from);
  if (start === undefined || start < 0n)
    return inexpressible(e.at, 'a slice from somewhere that is not a constant');
  const ordered = and(integers.atMost(from, to), integers.atMost(to, list.length));
  owe(frame, e.at, 'the slice is within bounds', ordered);
  const length = integers.within(
    integers.subtract(to, from),
    0n,
    BigInt(Math.max(list.items.length - Number(start), 0)),
  );
  return { kind: 'list', length, items: list.items.slice(Number(start)) };
}
