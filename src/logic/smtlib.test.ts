import { describe, expect, test } from 'vitest';
import {
  add,
  and,
  arrayOf,
  call,
  constant,
  constantArray,
  construct,
  datatype,
  declare,
  equal,
  field,
  forall,
  fresh,
  Int,
  implies,
  integer,
  is,
  ite,
  less,
  multiply,
  negate,
  not,
  print,
  select,
  store,
  type Term,
  uninterpreted,
} from './index.ts';

const Block = uninterpreted('Block');
const Disk = arrayOf(Int, Block);
const Reply = datatype('Reply', [
  { name: 'nothing', fields: [] },
  { name: 'just', fields: [{ name: 'value', sort: Block }] },
]);

/** One query, built from new constants; `noise` is built in between and has no part in it. */
function query(noise: () => void = () => {}) {
  const disk = fresh('disk', Disk);
  noise();
  const size = fresh('size', Int);
  const at = fresh('a', Int);
  noise();
  const reply = fresh('the reply', Reply);
  const cell = select(disk, at);
  const given = [
    forall(
      [at],
      implies(and(less(integer(-1), at), less(at, size)), equal(cell, select(disk, size))),
    ),
    is('just', reply),
  ];
  noise();
  const goal = equal(field('just', 'value', reply), select(store(disk, size, cell), size));
  return { name: 'q', given, goal: not(not(goal)), want: [size] };
}

describe('text', () => {
  test('is strict SMT-LIB with names of its own', () => {
    const [{ text, wanted }] = [print(query())];
    expect(text.trim().split('\n')).toEqual([
      '(declare-fun a!1 () Int)',
      '(declare-fun size!1 () Int)',
      '(declare-sort Block!1 0)',
      '(declare-fun disk!1 () (Array Int Block!1))',
      '(declare-datatypes ((Reply!1 0)) (((nothing!1) (just!1 (value!1 Block!1)))))',
      '(declare-fun the_reply!1 () Reply!1)',
      '(assert (forall ((a!1 Int)) (! (or (not (and (< (- 1) a!1) (< a!1 size!1))) ' +
        '(= (select disk!1 a!1) (select disk!1 size!1))) :pattern ((select disk!1 a!1)))))',
      '(assert ((_ is just!1) the_reply!1))',
      '(assert (not (= (value!1 the_reply!1) (select disk!1 a!1))))',
    ]);
    expect(wanted).toEqual(['size!1']);
  });

  test('does not depend on what else is built, or when', () => {
    const before = print(query()).text;
    const noise = (): void => {
      const [x, y] = [fresh('size', Int), constant('disk', Disk)];
      add(x, integer(1));
      select(y, x);
      call(declare('noise', [Int], Int), x);
    };
    expect(print(query(noise)).text).toBe(before);
  });

  test('names are harmless whatever the hints', () => {
    const hints = ['@x', '.x', 'x y', '', '1', 'let', 'and', 'é', 'x|y', 'Int', 'x', 'x'];
    const { text } = print({ name: 'q', given: [less(add(...hints.map(named)), integer(0))] });
    const names = [...text.matchAll(/declare-fun (\S+) /g)].map((found) => found[1]!);
    expect(new Set(names).size).toBe(hints.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]*!\d+$/);
  });

  test('has no negative literals', () => {
    const x = constant('x', Int);
    const given = [less(integer(-7), negate(x)), less(multiply(integer(-2), x), integer(-1))];
    expect(print({ name: 'q', given }).text).not.toMatch(/-\d/);
  });

  test('patterns are printed, and constructors of two datatypes stay apart', () => {
    const other = datatype('Other', [
      { name: 'nothing', fields: [] },
      { name: 'just', fields: [] },
    ]);
    const given = [is('just', constant('o', other)), ...query().given];
    const { text } = print({ name: 'q', given });
    expect(text).toContain(':pattern ((select disk!1 a!1))');
    expect(text).toContain('(just!1)');
    expect(text).toContain('(just!2 (value!1 Block!1))');
  });
});

function named(hint: string): Term {
  return fresh(hint, Int);
}

describe('what is shared is written once', () => {
  /** 2^80 times as large as a tree. */
  function doubled(start: Term): Term {
    const twice = declare('both', [Int, Int], Int);
    let sum = start;
    for (let level = 0; level < 80; level++) sum = call(twice, sum, sum);
    return sum;
  }

  test('closed terms', () => {
    const { text } = print({ name: 'q', given: [less(doubled(constant('x', Int)), integer(0))] });
    expect(text).toContain('define-fun');
    expect(text.length).toBeLessThan(10_000);
  });

  test('terms below a quantifier, also below two', () => {
    const [x, y] = [fresh('x', Int), fresh('y', Int)];
    const big = doubled(x);
    const inner = forall([y], less(add(big, doubled(y)), big), []);
    const given = [forall([x], and(less(big, integer(7)), inner), [])];
    const { text } = print({ name: 'q', given });
    expect(text).toContain('(let ((');
    expect(text.length).toBeLessThan(30_000);
    expect(text.split('(').length).toBe(text.split(')').length);
  });

  test('a chain of stores deeper than any stack', () => {
    let disk = constant('disk', Disk);
    const block = constant('block', Block);
    for (let write = 0; write < 20_000; write++) disk = store(disk, fresh('a', Int), block);
    const { text } = print({ name: 'q', given: [equal(select(disk, integer(0)), block)] });
    expect(text.length).toBeLessThan(5_000_000);
  });
});

test('constant arrays of anything but literals are stated by a quantifier where needed', () => {
  const array = constantArray(Disk, constant('block', Block));
  const given = [equal(array, constant('disk', Disk))];
  expect(print({ name: 'q', given }).text).toContain('(as const (Array Int Block!1))');
  const { text } = print({ name: 'q', given }, { constantArrays: 'axiom' });
  expect(text).not.toContain('as const');
  expect(text).toContain('(forall ((at!1 Int)) (! (= (select filled!1 at!1) block!1)');
});

test('a bound variable that is also free is two things', () => {
  const x = fresh('x', Int);
  const given = [forall([x], less(call(declare('f', [Int], Int), x), x)), less(x, integer(0))];
  const { text } = print({ name: 'q', given });
  expect(text).toContain('(declare-fun x!1 () Int)');
  expect(text).toContain('(forall ((x!1 Int))');
});

test('records and choices', () => {
  const c = constant('c', Reply);
  const pick = ite(is('just', c), c, construct(Reply, 'nothing'));
  const { text } = print({ name: 'q', given: [equal(pick, constant('d', Reply))] });
  expect(text).toContain('(ite ((_ is just!1) c!1) c!1 nothing!1)');
});
