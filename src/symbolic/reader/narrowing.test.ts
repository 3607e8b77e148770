import { describe, expect, test } from 'vitest';
import { refusalsOfLowering, show, showLowered } from './fixtures/snippet.ts';

const body = (text: string, name = 'f') =>
  show(`export ${text}`, name).split('\n').slice(1).join('\n');

describe('what the checker believes becomes a conversion', () => {
  test('of a variable', () => {
    expect(
      body('function f(x: number | null): number { if (x !== null) return x + 1; return 0; }'),
    ).toMatchInlineSnapshot(`
      "  if not((x is null))
          return add(<number>x, 1)
        return 0"
    `);
  });
  test('of a variable that was assigned since', () => {
    expect(
      body('function f(x: number | null): number { let y: number | null = x; y = 3; return y; }'),
    ).toMatchInlineSnapshot(`
      "  y = x
        y = <null | number>3
        return <number>y"
    `);
  });
  test('of a field, across a call that may have changed it', () => {
    expect(
      show(
        `export class Code {
      private readonly disk: Operations<Disk>;
      private last: Block | null = null;
      constructor(disk: Operations<Disk>) { this.disk = disk; }
      run(): Block {
        if (this.last === null) return zeroBlock;
        this.forget();
        return this.last;
      }
      private forget(): void { this.last = null; }
    }`,
        'Code.run',
      ),
    ).toMatchInlineSnapshot(`
      "Code.run(): Block
        if (this.last is null)
          return zeroBlock()
        call Code.forget()
        return <Block>this.last"
    `);
  });
  test('of a record told apart by its tag', () => {
    expect(
      body(`type Shape = { kind: 'dot' } | { kind: 'box'; n: number };
      export function f(s: Shape): number { return s.kind === 'box' ? s.n : 0; }`),
    ).toMatchInlineSnapshot(
      `"  return ((s is { kind: 'box'; n: number }) ? <{ kind: 'box'; n: number }>s.n : 0)"`,
    );
  });
  test('of a record told apart by a tag that is true or false', () => {
    expect(
      body(`type Found = { ok: true; n: number } | { ok: false };
      export function f(s: Found): number { if (!s.ok) return 0; return s.n; }`),
    ).toMatchInlineSnapshot(`
      "  if not((s is { n: number; ok: true }))
          return 0
        return <{ n: number; ok: true }>s.n"
    `);
  });
  test('into such a record, of a tag that is written out only', () => {
    const declared = `type Found = { ok: true; n: number } | { ok: false; n: number };
      export function f(b: boolean): Found`;
    expect(body(`${declared} { return { ok: false, n: 1 }; }`)).toMatchInlineSnapshot(
      `"  return <{ n: number; ok: false } | { n: number; ok: true }>{ ok: false, n: 1 }"`,
    );
    const [refusal] = refusalsOfLowering(`${declared} { return { ok: b, n: 1 }; }`);
    expect(refusal).toContain('2:53 ObjectLiteralExpression');
    expect(refusal).toContain('{ n: number; ok: boolean } cannot be used as');
  });
  test('by ! and typeof', () => {
    expect(body('function f(x: number | null): number { return x!; }')).toMatchInlineSnapshot(
      `"  return <number>x"`,
    );
    expect(
      body(`function f(x: number | boolean): number { return typeof x === 'number' ? x : 1; }`),
    ).toMatchInlineSnapshot(`"  return ((x is number) ? <number>x : 1)"`);
  });
  test('of elements', () => {
    expect(
      body('function f(a: readonly number[]): number { const x = a[0]; return x ?? -1; }'),
    ).toMatchInlineSnapshot(
      `
      "  x = elementOrUndefined(a, 0)
        return ((x is undefined) ? -1 : <number>x)"
    `,
    );
    expect(
      body('function f(xs: readonly number[], i: number): number { return xs[i]!; }'),
    ).toMatchInlineSnapshot(`"  return element(xs, i)"`);
    expect(
      body(
        `function f(xs: readonly (number | null)[], i: number): number {
           const x = xs[i];
           return x === undefined || x === null ? 0 : x;
         }`,
      ),
    ).toMatchInlineSnapshot(`
      "  x = elementOrUndefined(xs, i)
        return (or((x is undefined), (<null | number>x is null)) ? 0 : <number>x)"
    `);
  });
  test('by optional chaining', () => {
    expect(
      body(`type R = { b: 1 };
      export function f(r: R | null): 1 | undefined { return r?.b; }`),
    ).toMatchInlineSnapshot(
      `"  return ((r is null) ? <1 | undefined>undefined : <1 | undefined><{ b: 1 }>r.b)"`,
    );
  });
});

describe('values at wider types', () => {
  test('literals are made at the type that is wanted', () => {
    expect(body('function f(b: boolean): 0 | 1 { return b ? 0 : 1; }')).toMatchInlineSnapshot(
      `"  return (b ? 0 : 1)"`,
    );
    expect(
      body('function f(): readonly (number | null)[] { return [1, null]; }'),
    ).toMatchInlineSnapshot(`"  return [<null | number>1, <null | number>null]"`);
  });
  test('a small integer as a number', () => {
    expect(body('function f(d: 0 | 1): number { return d; }')).toMatchInlineSnapshot(
      `"  return <number>d"`,
    );
    expect(body('function f(n: number): u8 { return u8(n); }')).toMatchInlineSnapshot(
      `"  return <u8>n"`,
    );
    expect(
      body('function f(n: u32, m: u32): u32 { return wrapU32(n + m); }'),
    ).toMatchInlineSnapshot(`"  return wrap(add(<number>n, <number>m))"`);
  });
  test('a record with fewer fields, and with a field left out', () => {
    expect(
      body('function f(r: { a: number; b: boolean }): { a: number } { return r; }'),
    ).toMatchInlineSnapshot(`"  return <{ a: number }>r"`);
    expect(
      body('function f(a: number): { a: number; b?: number } { return { a }; }'),
    ).toMatchInlineSnapshot(`"  return { a: a, b: <number | undefined>undefined }"`);
  });
  test('unions of unions, alternative by alternative', () => {
    expect(body('function f(x: 0 | 1 | null): number | null { return x; }')).toMatchInlineSnapshot(
      `"  return ((x is null) ? <null | number><null>x : <null | number><number><0 | 1>x)"`,
    );
  });
  test('an array of narrower elements is not one of wider elements as it stands', () => {
    expect(
      refusalsOfLowering(
        'export function f(xs: readonly number[]): readonly (number | null)[] { return xs; }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "1:79 Identifier:
      readonly number[] cannot be used as readonly (null | number)[] without being copied",
      ]
    `);
  });
});

describe('records', () => {
  test('spread first, then what differs', () => {
    expect(
      body(
        `type R = { a: number; b: number };
         export function f(r: R): R { return { ...r, b: 2 }; }`,
      ),
    ).toMatchInlineSnapshot(`"  return { a: r.a, b: 2 }"`);
  });
  test('a spread that could replace a field by one nobody sees is refused', () => {
    expect(
      refusalsOfLowering(
        'export function f(r: { a: number }): { a: number; b: number } { return { b: 2, ...r }; }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "1:80 SpreadAssignment:
      the value may also have a field b, which would replace the one before",
      ]
    `);
  });
  test('destructuring', () => {
    expect(
      body(
        'function f({ a, b: { c } }: { a: number; b: { c: number } }): number { return a + c; }',
      ),
    ).toMatchInlineSnapshot(`
      "  a = given#1.a
        c = given#1.b.c
        return add(a, c)"
    `);
  });
});

describe('switch', () => {
  const shape = `type Shape =
    { kind: 'dot' } | { kind: 'line'; length: number } | { kind: 'box'; n: number };`;
  test('on all tags needs no last test', () => {
    expect(
      body(`${shape} export function f(s: Shape): number {
      switch (s.kind) {
        case 'dot': return 0;
        case 'line': { const n = s.length; return n; }
        case 'box': return s.n;
      }
    }`),
    ).toMatchInlineSnapshot(`
      "  if (s is { kind: 'dot' })
          return 0
        else
          if (s is { kind: 'line'; length: number })
            n = <{ kind: 'line'; length: number }>s.length
            return n
          else
            return <{ kind: 'box'; n: number }>s.n"
    `);
  });
  test('with shared cases, breaks and a default', () => {
    expect(
      body(`function f(n: number): number {
      let x = 0;
      switch (n) {
        case 1:
        case 2: x = 5; break;
        case 3: { x = 6; break; }
        default: x = 7;
      }
      return x;
    }`),
    ).toMatchInlineSnapshot(`
      "  x = 0
        if or(equal(n, 1), equal(n, 2))
          x = 5
        else
          if equal(n, 3)
            x = 6
          else
            x = 7
        return x"
    `);
  });
  test('that the checker thinks complete is an obligation elsewhere', () => {
    expect(
      showLowered(`export function f(b: boolean): number { if (b) return 1; assert(false); }`, 'f'),
    ).toMatchInlineSnapshot(`
      "f(b: boolean): number
        if b
          return 1
        assert false 'false'"
    `);
  });
});
