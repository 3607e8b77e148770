import { describe, expect, test } from 'vitest';
import { refusals, refusalsOfLowering, show } from './fixtures/snippet.ts';

const body = (text: string) => show(`export ${text}`, 'f').split('\n').slice(1).join('\n');

/** What the reader adds to a loop by itself. */
const facts = (head: string, inner = 's += i;') =>
  body(`function f(a: number, b: number, xs: readonly number[]): number {
    let s = 0;
    let t = b;
    const ys = [1, 2];
    for (${head}) { ${inner} }
    return s + t + ys.length;
  }`)
    .split('\n')
    .filter((line) => line.includes('(automatic)'))
    .map((line) => line.trim());

describe('loops that count have invariants and a measure', () => {
  test('upwards', () => {
    expect(facts('let i = 0; i < b; i++')).toMatchInlineSnapshot(`
      [
        "invariant (automatic) lessOrEqual(0, i)",
        "invariant (automatic) lessOrEqual(i, maximum(0, b))",
        "decreases (automatic) subtract(b, i)",
      ]
    `);
    expect(facts('let i = a; i <= b; ++i')).toMatchInlineSnapshot(`
      [
        "invariant (automatic) lessOrEqual(a, i)",
        "invariant (automatic) lessOrEqual(i, maximum(a, add(b, 1)))",
        "decreases (automatic) subtract(b, i)",
      ]
    `);
    expect(facts('let i = a; b > i; i += 3')).toMatchInlineSnapshot(`
      [
        "invariant (automatic) lessOrEqual(a, i)",
        "invariant (automatic) lessOrEqual(i, maximum(a, add(b, 2)))",
        "decreases (automatic) subtract(b, i)",
      ]
    `);
    expect(facts('let i = 0, n = xs.length; i < n; i = i + 1')).toMatchInlineSnapshot(`
      [
        "invariant (automatic) lessOrEqual(start#1, i)",
        "invariant (automatic) lessOrEqual(i, maximum(start#1, n))",
        "decreases (automatic) subtract(n, i)",
      ]
    `);
  });
  test('downwards', () => {
    expect(facts('let i = a; i > b; i--')).toMatchInlineSnapshot(`
      [
        "invariant (automatic) lessOrEqual(i, a)",
        "invariant (automatic) lessOrEqual(minimum(a, b), i)",
        "decreases (automatic) subtract(i, b)",
      ]
    `);
    expect(facts('let i = xs.length - 1; i >= 0; i -= 2')).toMatchInlineSnapshot(`
      [
        "invariant (automatic) lessOrEqual(i, start#1)",
        "invariant (automatic) lessOrEqual(minimum(start#1, subtract(0, 2)), i)",
        "decreases (automatic) subtract(i, 0)",
      ]
    `);
  });
  test('while elements are written, because the length stays', () => {
    expect(facts('let i = 0; i < ys.length; i++', 'ys[i] = 3;')).toMatchInlineSnapshot(`
      [
        "invariant (automatic) lessOrEqual(0, i)",
        "invariant (automatic) lessOrEqual(i, maximum(0, length(ys)))",
        "decreases (automatic) subtract(length(ys), i)",
      ]
    `);
  });
  test('only if the bound stays', () => {
    expect(facts('let i = 0; i < t; i++', 't -= 1;')).toEqual([]);
    expect(facts('let i = 0; i < ys.length; i++', 'ys.push(3);')).toEqual([]);
  });
  test('only if the body leaves the counter alone', () => {
    expect(facts('let i = 0; i < b; i++', 'if (a > 0) i -= 1;')).toEqual([]);
  });
  test('only if the counter goes towards the bound', () => {
    expect(facts('let i = 0; i < b; i--')).toEqual([]);
    expect(facts('let i = 0; i > b; i++')).toEqual([]);
  });
});

test('the start is kept if it may change', () => {
  expect(
    body(`function f(): number {
    let a = 1;
    let s = 0;
    for (let i = a; i < 9; i++) { a = 5; s += 1; }
    return s + a;
  }`),
  ).toMatchInlineSnapshot(`
    "  a = 1
      s = 0
      i = a
      start#1 = i
      loop
        invariant (automatic) lessOrEqual(start#1, i)
        invariant (automatic) lessOrEqual(i, maximum(start#1, 9))
        decreases (automatic) subtract(9, i)
        while less(i, 9)
          a = 5
          s = add(s, 1)
        after
          i = add(i, 1)
      return add(s, a)"
  `);
});

test('a condition with effects is evaluated on every turn', () => {
  expect(
    show(
      `export class Code {
    private readonly disk: Operations<Disk>;
    private n = 0;
    constructor(disk: Operations<Disk>) { this.disk = disk; }
    run(): number {
      while (this.next() < 5) {
        invariant(() => this.n >= 0);
        decreases(() => 5 - this.n);
        if (this.n === 3) break;
        if (this.n === 2) continue;
        this.disk.write(this.n, zeroBlock);
      }
      return this.n;
    }
    private next(): number { this.n += 1; return this.n; }
  }`,
      'Code.run',
    ),
  ).toMatchInlineSnapshot(`
    "Code.run(): number
      loop
        invariant lessOrEqual(0, this.n)
        decreases subtract(5, this.n)
        next#1: number = call Code.next()
        while less(next#1, 5)
          if equal(this.n, 3)
            break
          if equal(this.n, 2)
            continue
          call lower write(this.n, zeroBlock())
      return this.n"
  `);
});

describe('for of', () => {
  test('over an array that does not change', () => {
    expect(
      body(
        `function f(xs: readonly number[]): number {
           let s = 0;
           for (const x of xs) s += x;
           return s;
         }`,
      ),
    ).toMatchInlineSnapshot(`
      "  s = 0
        index#1 = 0
        loop
          invariant (automatic) lessOrEqual(0, index#1)
          invariant (automatic) lessOrEqual(index#1, length(xs))
          decreases (automatic) subtract(length(xs), index#1)
          while less(index#1, length(xs))
            x = element(xs, index#1)
            s = add(s, x)
          after
            index#1 = add(index#1, 1)
        return s"
    `);
  });
  test('over entries: the index is known to invariants', () => {
    expect(
      body(`function f(xs: readonly Block[]): number {
      const ys: Block[] = [];
      for (const [i, x] of xs.entries()) {
        invariant(() => ys.length === i);
        invariant(() => forall(0, i, (j) => sameBlock(xs[j]!, ys[j]!)));
        ys.push(x);
      }
      return ys.length;
    }`),
    ).toMatchInlineSnapshot(`
      "  ys = []
        i = 0
        loop
          invariant (automatic) lessOrEqual(0, i)
          invariant (automatic) lessOrEqual(i, length(xs))
          invariant equal(length(ys), i)
          invariant (forall 0 <= j < i: sameBlock(element(xs, j), element(ys, j)))
          decreases (automatic) subtract(length(xs), i)
          while less(i, length(xs))
            x = element(xs, i)
            ys = append(ys, x)
          after
            i = add(i, 1)
        return length(ys)"
    `);
  });
  test('an array that changes meanwhile is refused', () => {
    expect(
      refusalsOfLowering(
        `export function f(): number {
           const ys = [1];
           for (const y of ys) ys.push(y);
           return ys.length;
         }`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "3:28 Identifier:
      the array changes while the loop goes over it",
      ]
    `);
  });
  test('the element is not known where the condition is tested', () => {
    expect(
      refusals(`export function f(xs: readonly number[]): number {
        for (const x of xs) { invariant(() => x > 0); }
        return 0;
      }`),
    ).toMatchInlineSnapshot(`
      [
        "2:47 Identifier:
      verified code reads its own variables and constants of modules only",
      ]
    `);
  });
});

test('other loops are refused', () => {
  expect(
    refusalsOfLowering('export function f(): void { do {} while (false); }'),
  ).toMatchInlineSnapshot(`
    [
      "1:29 DoStatement:
    this statement is not in the subset",
    ]
  `);
  expect(
    refusalsOfLowering('export function f(): void { outer: while (true) break outer; }'),
  ).toMatchInlineSnapshot(`
    [
      "1:29 LabeledStatement:
    this statement is not in the subset",
    ]
  `);
  expect(
    refusalsOfLowering(
      'export function f(xs: readonly number[]): void { for (let x of xs) x = 1; }',
    ),
  ).toMatchInlineSnapshot(`
    [
      "1:55 VariableDeclarationList:
    the variable of the loop is a const",
    ]
  `);
});
