import { describe, expect, test } from 'vitest';
import { refusalsOfLowering, show } from './fixtures/snippet.ts';

/** A class whose methods have effects, and `body` as the body of its method `run`. */
function code(body: string, returns = 'number'): string {
  return `
class Full extends Error {}
export class Code {
  private readonly disk: Operations<Disk>;
  private n = 0;
  private xs: number[] = [];
  constructor(disk: Operations<Disk>) { this.disk = disk; }
  run(a: number, b: boolean): ${returns} { ${body} }
  private bump(by: number): number {
    this.n += by;
    return this.n;
  }
  private twice(by: number): number { return by * 2; }
  private two(x: number, y: number): number { this.n = x - y; return this.n; }
}`;
}

const lines = (body: string, returns?: string) =>
  show(code(body, returns), 'Code.run').split('\n').slice(1).join('\n');

describe('operands are evaluated from left to right', () => {
  test('a field is read before a call that changes it', () => {
    expect(lines('return this.n + this.bump(1);')).toMatchInlineSnapshot(`
      "  value#1 = this.n
        bump#1: number = call Code.bump(1)
        return add(value#1, bump#1)"
    `);
  });
  test('and after a call to its left', () => {
    expect(lines('return this.bump(1) + this.n;')).toMatchInlineSnapshot(`
      "  bump#1: number = call Code.bump(1)
        return add(bump#1, this.n)"
    `);
  });
  test('constants and what is never assigned need no temporary', () => {
    expect(lines('const c = a * 2; return c + 3 + a + this.bump(1);')).toMatchInlineSnapshot(`
      "  c = multiply(a, 2)
        value#1 = add(add(c, 3), a)
        bump#1: number = call Code.bump(1)
        return add(value#1, bump#1)"
    `);
  });
  test('also arguments', () => {
    expect(lines('return this.two(this.n, this.bump(this.n));')).toMatchInlineSnapshot(`
      "  value#1 = this.n
        bump#1: number = call Code.bump(this.n)
        two#1: number = call Code.two(value#1, bump#1)
        return two#1"
    `);
  });
  test('also fields of records and elements of arrays', () => {
    expect(lines('const r = { x: this.n, y: this.bump(1) }; return r.x;')).toMatchInlineSnapshot(`
      "  value#1 = this.n
        bump#1: number = call Code.bump(1)
        r = { x: value#1, y: bump#1 }
        return r.x"
    `);
    expect(
      lines('const r = [this.n, this.bump(1), ...this.xs]; return r.length;'),
    ).toMatchInlineSnapshot(`
      "  value#1 = this.n
        bump#1: number = call Code.bump(1)
        r = concat([value#1, bump#1], this.xs)
        return length(r)"
    `);
  });
  test('also sides of comparisons that are turned around', () => {
    expect(lines('return this.n > this.bump(1) ? 1 : 0;')).toMatchInlineSnapshot(`
      "  value#1 = this.n
        bump#1: number = call Code.bump(1)
        return (less(bump#1, value#1) ? 1 : 0)"
    `);
  });
  test('a pure method is evaluated in place', () => {
    expect(lines('return this.twice(a) + this.twice(3);')).toMatchInlineSnapshot(
      `"  return add(Code.twice(this a), Code.twice(this 3))"`,
    );
  });
});

describe('assignments', () => {
  test('compound: the old value is read first', () => {
    expect(lines('this.n += this.bump(1); return this.n;')).toMatchInlineSnapshot(`
      "  value#1 = this.n
        bump#1: number = call Code.bump(1)
        this.n = add(value#1, bump#1)
        return this.n"
    `);
  });
  test('of elements: array, index, value', () => {
    expect(
      lines('let i = 0; const ys = [1, 2]; ys[i++] = this.bump(i); return i;'),
    ).toMatchInlineSnapshot(`
      "  i = 0
        ys = [1, 2]
        old#1 = i
        i = add(old#1, 1)
        bump#1: number = call Code.bump(i)
        ys[old#1] = bump#1
        return i"
    `);
  });
  test('of elements, compound: the index once', () => {
    expect(
      lines('let i = 0; const ys = [1, 2]; ys[i++]! += this.bump(i); return i;'),
    ).toMatchInlineSnapshot(`
      "  i = 0
        ys = [1, 2]
        old#1 = i
        i = add(old#1, 1)
        value#1 = element(ys, old#1)
        bump#1: number = call Code.bump(i)
        ys[old#1] = add(value#1, bump#1)
        return i"
    `);
  });
  test('as values', () => {
    expect(lines('let x = a; const y = (x = this.n) + x; return y;')).toMatchInlineSnapshot(`
      "  x = a
        value#1 = this.n
        x = value#1
        y = add(value#1, x)
        return y"
    `);
    expect(lines('let x = a; return x++ + ++x - x--;')).toMatchInlineSnapshot(`
      "  x = a
        old#1 = x
        x = add(old#1, 1)
        new#1 = add(x, 1)
        x = new#1
        value#1 = add(old#1, new#1)
        old#2 = x
        x = subtract(old#2, 1)
        return subtract(value#1, old#2)"
    `);
    expect(lines('let x = a; return x + (x = 5) + x;')).toMatchInlineSnapshot(`
      "  x = a
        value#1 = x
        x = 5
        return add(add(value#1, 5), x)"
    `);
  });
});

describe('what is evaluated only sometimes', () => {
  test('short-circuit without effects stays an expression', () => {
    expect(lines('return b && a > 0 && this.n > 0;', 'boolean')).toMatchInlineSnapshot(
      `"  return and(and(b, less(0, a)), less(0, this.n))"`,
    );
  });
  test('short-circuit with effects', () => {
    expect(lines('return b && this.bump(1) > 0;', 'boolean')).toMatchInlineSnapshot(`
      "  if b
          bump#1: number = call Code.bump(1)
          either#1 = less(0, bump#1)
        else
          either#1 = false
        return either#1"
    `);
    expect(lines('return b || this.bump(1) > 0;', 'boolean')).toMatchInlineSnapshot(`
      "  if b
          either#1 = true
        else
          bump#1: number = call Code.bump(1)
          either#1 = less(0, bump#1)
        return either#1"
    `);
  });
  test('conditional with effects', () => {
    expect(lines('return this.n + (b ? this.bump(1) : a);')).toMatchInlineSnapshot(`
      "  value#1 = this.n
        if b
          bump#1: number = call Code.bump(1)
          either#1 = bump#1
        else
          either#1 = a
        return add(value#1, either#1)"
    `);
  });
  test('coalescing with effects', () => {
    expect(lines('const x = b ? a : null; return x ?? this.bump(1);')).toMatchInlineSnapshot(`
      "  x = (b ? <null | number>a : <null | number>null)
        if (x is null)
          bump#1: number = call Code.bump(1)
          either#1 = bump#1
        else
          either#1 = <number>x
        return either#1"
    `);
  });
});

describe('arrays that change', () => {
  test('push and pop', () => {
    expect(
      lines('this.xs.push(a, this.n); const last = this.xs.pop(); return last ?? 0;'),
    ).toMatchInlineSnapshot(`
      "  this.xs = append(append(this.xs, a), this.n)
        if less(0, length(this.xs))
          last#1 = <number | undefined>element(this.xs, subtract(length(this.xs), 1))
          this.xs = dropLast(this.xs)
        else
          last#1 = <number | undefined>undefined
        last = last#1
        return ((last is undefined) ? 0 : <number>last)"
    `);
  });
  test('the length that push answers', () => {
    expect(lines('const ys = [a]; return ys.push(a) + ys.length;')).toMatchInlineSnapshot(`
      "  ys = [a]
        ys = append(ys, a)
        length#1 = length(ys)
        return add(length#1, length(ys))"
    `);
  });
  test('an array changed by its own index', () => {
    expect(
      refusalsOfLowering(code('return this.xs[this.xs.push(1) - 1]!;')),
    ).toMatchInlineSnapshot(`
      [
        "8:47 PropertyAccessExpression:
      this array is changed while its index or argument is evaluated",
      ]
    `);
  });
  test('a copy is taken where it is written', () => {
    expect(
      lines('const ys = [...this.xs, this.xs.push(1)]; return ys.length;'),
    ).toMatchInlineSnapshot(`
      "  value#1 = this.xs
        this.xs = append(this.xs, 1)
        length#1 = length(this.xs)
        ys = append(value#1, length#1)
        return length(ys)"
    `);
  });
});

describe('assignments of which the right side may not be evaluated', () => {
  test('??= as a statement and as a value', () => {
    expect(
      lines('let x: number | undefined = a; x ??= this.bump(1); return (x ??= 2) + this.n;'),
    ).toMatchInlineSnapshot(`
      "  x = <number | undefined>a
        if (x is undefined)
          bump#1: number = call Code.bump(1)
          x = <number | undefined>bump#1
        if (x is undefined)
          x = <number | undefined>2
        value#1 = <number>x
        return add(value#1, this.n)"
    `);
  });
  test('&&= and ||=', () => {
    expect(
      lines('let c = b; c &&= this.bump(1) > 0; c ||= a > 1; return c;', 'boolean'),
    ).toMatchInlineSnapshot(`
      "  c = b
        if c
          bump#1: number = call Code.bump(1)
          c = less(0, bump#1)
        if not(c)
          c = less(1, a)
        return c"
    `);
  });
  test('of what is always there, and of what is no boolean', () => {
    expect(refusalsOfLowering(code('this.n ??= 1; return a;'))).toMatchInlineSnapshot(`
      [
        "8:40 BinaryExpression:
      this is never null or undefined",
      ]
    `);
    expect(refusalsOfLowering(code('this.n ||= 1; return a;'))).toMatchInlineSnapshot(`
      [
        "8:40 PropertyAccessExpression:
      a boolean was expected, and this is number",
      ]
    `);
    expect(refusalsOfLowering(code('this.xs[0] ??= 1; return a;'))).toHaveLength(1);
  });
});
