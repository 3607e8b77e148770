/** Lowering is a whitelist of its own: it refuses what it does not know, at its place. */
import { describe, expect, test } from 'vitest';
import { lower, refusalsOfLowering, showLowered } from './fixtures/snippet.ts';

const inFunction = (body: string, parameters = 'a: number') =>
  refusalsOfLowering(`export function f(${parameters}): void { ${body} }`);

describe('expressions', () => {
  test.for([
    ['const x = a / 2;', 'SlashToken'],
    ['const x = Math.floor(a);', 'Math.floor'],
    ['const x = Math.random();', 'Math.random'],
    ['const x = a & 1;', 'BinaryExpression'],
    ['const x = a >>> 1;', 'GreaterThanGreaterThanGreaterThanToken'],
    ['const x = a ** 2;', 'AsteriskAsteriskToken'],
    ['const x = +a;', 'PlusToken'],
    ['const x = ~a;', 'TildeToken'],
    ['assert(a < 0.5);', 'NumericLiteral'],
    ['const x = [a].flatMap((y) => [y]);', 'Array.flatMap'],
    ['new Date();', 'Date'],
    ['const x = () => a;', 'Identifier'],
    ['const x = `a`;', 'NoSubstitutionTemplateLiteral'],
    ['const x = a as 3;', 'AsExpression'],
    ['const x = /a/;', 'Identifier'],
    ['const x = a ? 1 : 2;', 'Identifier'],
    ['const x = [1, , 2];', 'OmittedExpression'],
    ['const x = { __proto__: null };', 'Identifier'],
    ['const [x = Number(1n)] = [a];', 'CallExpression'],
    ['var x = a;', 'VariableDeclarationList'],
    ['a;', 'Identifier'],
  ])('%s', ([body, construct]) => {
    const found = inFunction(body!);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(` ${construct}:\n`);
  });
});

test('identity is not compared', () => {
  const parameters = 'a: { n: number }, b: { n: number }, c: Block, d: Block';
  expect(inFunction('assert(a === b); assert(c !== d);', parameters)).toMatchInlineSnapshot(`
    [
      "1:90 Identifier:
    === compares the identity of { n: number }, not its content",
      "1:107 Identifier:
    === compares the identity of Block, not its content",
    ]
  `);
});

test('several refusals are reported, and their consequences are not', () => {
  expect(
    inFunction('const x = a / 2; const y = x + 1; do {} while (false);'),
  ).toMatchInlineSnapshot(`
    [
      "1:50 SlashToken:
    a quotient need not be an integer",
      "1:72 DoStatement:
    this statement is not in the subset",
    ]
  `);
});

test('types that have no place', () => {
  const of = (type: string) => inFunction('', `a: ${type}`);
  expect(of('symbol')).toMatchInlineSnapshot(`
    [
      "1:19 Parameter:
    the type symbol is not in the subset",
    ]
  `);
  expect(of('WeakMap<object, number>')).toMatchInlineSnapshot(`
    [
      "1:19 Parameter:
    the type WeakMap<object, number> is not in the subset",
    ]
  `);
  expect(of('{ a: 1 } | { b: 2 }')).toMatchInlineSnapshot(`
    [
      "1:19 Parameter:
    the records of a union must be told apart by a field, another string or boolean in each",
    ]
  `);
  expect(of('readonly number[][]')).toMatchInlineSnapshot(`
    [
      "1:19 Parameter:
    number[] can be changed, and so cannot be part of another value",
    ]
  `);
  expect(of('Block | Uint8Array')).toMatchInlineSnapshot(`
    [
      "1:19 Parameter:
    the alternatives of Block | Uint8Array cannot be told apart",
    ]
  `);
  expect(of('() => void')).toMatchInlineSnapshot(`
    [
      "1:19 Parameter:
    a function is not a value of the subset",
    ]
  `);
});

test('what is left out is evaluated all the same', () => {
  const text = (body: string) =>
    showLowered(
      `function id(n: number): number { return n; }
       export function f(xs: readonly { t: 'only'; n: number }[], i: number): boolean { ${body} }`,
      'f',
    );
  expect(text("return xs[i]!.t === 'only';")).toMatchInlineSnapshot(`
    "pure f(xs: readonly { n: number; t: 'only' }[], i: number): boolean
      return not((<'only' | null>element(xs, i).t is null))"
  `);
  expect(text('return xs[i]!.n === null;')).toMatchInlineSnapshot(`
    "pure f(xs: readonly { n: number; t: 'only' }[], i: number): boolean
      return (<null | number>element(xs, i).n is null)"
  `);
  expect(text('id(xs[i]!.n); return true;')).toMatchInlineSnapshot(`
    "pure f(xs: readonly { n: number; t: 'only' }[], i: number): boolean
      unused#1 = id(element(xs, i).n)
      return true"
  `);
  expect(
    text('const r = { ...xs[i]!, t: "x", n: 1 } as const; return r.n > 0;'),
  ).toMatchInlineSnapshot(`
    "pure f(xs: readonly { n: number; t: 'only' }[], i: number): boolean
      spread#1 = element(xs, i)
      r = { n: 1, t: 'x' }
      return less(0, <number>r.n)"
  `);
});

test('constants of modules are literals', () => {
  expect(
    showLowered(
      `const most = 4;
       const tags = ['a', 'b'] as const;
       export function f(): number { return most + tags.length; }`,
      'f',
    ),
  ).toMatchInlineSnapshot(`
    "pure f(): number
      return add(4, length([<'a' | 'b'>'a', <'a' | 'b'>'b']))"
  `);
  expect(
    refusalsOfLowering(
      'const xs = [1]; let n = 1; export function f(): number { return xs.length + n; }',
    ),
  ).toMatchInlineSnapshot(`
    [
      "1:7 Identifier:
    a module has no state, and this value can be changed",
    ]
  `);
});

test('names of the model are known by where they come from', () => {
  expect(
    showLowered(
      `function sameBlockAs(a: number): boolean { return a > 0; }
       export function f(): boolean { return sameBlockAs(1); }`,
      'f',
    ),
  ).toContain('return sameBlockAs(1)');
  const shadow = lower('export function f(zeroBlock: number): number { return zeroBlock; }');
  expect([...shadow.functions.values()][0]?.body).toMatchObject([
    { kind: 'return', value: { kind: 'variable', variable: 'zeroBlock' } },
  ]);
});
