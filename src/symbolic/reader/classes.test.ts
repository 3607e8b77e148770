import { describe, expect, test } from 'vitest';
import { lower, read, refusalsOfLowering, show, showLowered } from './fixtures/snippet.ts';

const handle = `private readonly disk: Operations<Disk>;
  constructor(disk: Operations<Disk>) { this.disk = disk; }`;

describe('constructors', () => {
  test('fields in their order, then parameters that are fields, then the body', () => {
    const text = `export class Machine {
      private a = 1;
      b: number | undefined;
      #c: readonly number[] = [this.a];
      constructor(readonly d: number, e: number = 7) {
        if (d > 0) this.b = e;
        else this.b = this.a + this.#c.length;
      }
      static initial(): Machine { return new Machine(anyInteger(0, 3)); }
      sum(): number { return this.a + this.#c.length; }
    }`;
    expect(showLowered(text, 'new Machine')).toMatchInlineSnapshot(`
      "new Machine(d: number, e: number): undefined
        this.a = 1
        this.b = <number | undefined>undefined
        this.#c = [this.a]
        this.d = d
        if less(0, d)
          this.b = <number | undefined>e
        else
          this.b = <number | undefined>add(this.a, length(this.#c))"
    `);
    expect(showLowered(text, 'Machine.initial')).toMatchInlineSnapshot(`
      "Machine.initial(): Machine
        anyInteger#1: number = any from 0 to 3
        Machine#1 = new Machine(anyInteger#1, 7)
        return Machine#1"
    `);
    expect([...lower(text).classes.values()][0]?.fields.map((f) => [f.name, f.mutable])).toEqual([
      ['a', true],
      ['b', true],
      ['#c', true],
      ['d', false],
    ]);
  });

  test('do nothing else', () => {
    expect(
      refusalsOfLowering(`export class Code { ${handle} }
        export class Other {
          private readonly disk: Operations<Disk>;
          constructor(disk: Operations<Disk>) { this.disk = disk; this.disk.size(); }
        }`),
    ).toMatchInlineSnapshot(`
      [
        "5:11 Constructor:
      a constructor gives the fields their values and does nothing else",
      ]
    `);
  });
});

describe('async', () => {
  const code = (body: string) => `export class Code {
    private readonly disk: AsyncOperations<Disk>;
    private n = 0;
    constructor(disk: AsyncOperations<Disk>) { this.disk = disk; }
    ${body}
  }`;
  test('await is transparent', () => {
    expect(
      show(
        code(
          `async run(): Promise<number> {
             return this.n + (await this.disk.size()) + (await this.inner());
           }
           private async inner(): Promise<number> { this.n += 1; return this.n; }`,
        ),
        'Code.run',
      ),
    ).toMatchInlineSnapshot(`
      "async Code.run(): number
        value#1 = this.n
        size#1: number = call lower size()
        value#2 = add(value#1, size#1)
        inner#1: number = call Code.inner()
        return add(value#2, inner#1)"
    `);
  });
  test('a promise may be returned as it is, but not out of a try', () => {
    expect(
      show(code('async run(): Promise<number> { return this.disk.size(); }'), 'Code.run'),
    ).toMatchInlineSnapshot(`
      "async Code.run(): number
        size#1: number = call lower size()
        return size#1"
    `);
    expect(
      refusalsOfLowering(`class E extends Error {}
        ${code(`async run(): Promise<number> {
          try { return this.disk.size(); }
          catch (e) { if (e instanceof E) return 0; else throw e; }
        }`)}`),
    ).toMatchInlineSnapshot(`
      [
        "7:24 CallExpression:
      the promise would be awaited elsewhere",
      ]
    `);
  });
  test('a promise that floats is refused', () => {
    expect(
      refusalsOfLowering(code('async run(): Promise<void> { this.disk.write(0, zeroBlock); }')),
    ).toMatchInlineSnapshot(`
      [
        "5:34 CallExpression:
      a promise that is not awaited runs on beside the rest",
      ]
    `);
    expect(
      refusalsOfLowering(
        code('async run(): Promise<void> { const p = this.disk.size(); await p; }'),
      ),
    ).toMatchInlineSnapshot(`
      [
        "5:40 Identifier:
      the type Promise<number> is not in the subset",
        "5:62 AwaitExpression:
      a promise is awaited where it is made",
      ]
    `);
    expect(
      refusalsOfLowering(code('run(): Promise<number> { return this.disk.size(); }')),
    ).toMatchInlineSnapshot(`
      [
        "5:5 Identifier:
      a promise comes from an async function only",
      ]
    `);
  });
});

describe('errors', () => {
  const code = (body: string) => `class Full extends Error {}
    class Gone extends Error { override readonly name = 'Gone'; }
    export class Code { ${handle} run(n: number): number { ${body} }
      private fail(n: number): number { if (n > 3) throw new Full('full'); throw new Gone(); } }`;
  test('are thrown and caught by name', () => {
    expect(
      showLowered(
        code(`try { return this.fail(n); } catch (e) {
        if (e instanceof Full) { return 1; } else if (e instanceof Gone) return 2; throw e; }`),
        'Code.run',
      ),
    ).toMatchInlineSnapshot(`
          "Code.run(n: number): number
            try
              fail#1: number = call Code.fail(n)
              return fail#1
            catch Full
              return 1
            catch Gone
              return 2"
        `);
  });
  test('all others are thrown on first', () => {
    expect(
      showLowered(
        code(`try { return this.fail(n); } catch (e) {
        if (!(e instanceof Full)) throw e; const left = n - 1; return left; }`),
        'Code.run',
      ),
    ).toMatchInlineSnapshot(`
      "Code.run(n: number): number
        try
          fail#1: number = call Code.fail(n)
          return fail#1
        catch Full
          left = subtract(n, 1)
          return left"
    `);
  });
  test('a handler after which the error would be thrown again', () => {
    expect(
      refusalsOfLowering(
        code(
          `let x = 0;
           try { x = this.fail(n); }
           catch (e) { if (e instanceof Full) { x = 1; } throw e; }
           return x;`,
        ),
      ),
    ).toMatchInlineSnapshot(`
      [
        "6:47 Block:
      after this the error is thrown again",
      ]
    `);
  });
  test('a handler for everything, finally, other values', () => {
    expect(
      refusalsOfLowering(code('try { return this.fail(n); } catch { return 0; }')),
    ).toMatchInlineSnapshot(`
      [
        "4:115 CatchClause:
      a handler names the errors it handles",
      ]
    `);
    expect(
      refusalsOfLowering(code('try { return 1; } finally { this.disk.size(); }')),
    ).toMatchInlineSnapshot(`
      [
        "4:112 Block:
      finally comes with a later version",
      ]
    `);
    expect(refusalsOfLowering(code('throw new RangeError("n");'))).toMatchInlineSnapshot(`
      [
        "4:96 Identifier:
      this is not a declared error",
      ]
    `);
  });
});

describe('what runs and what does not', () => {
  test('ghosts see the state of the lower machine', () => {
    expect(
      showLowered(
        `export class Code { ${handle}
      run(): void {
        const before = ghost(() => [...stateOf<Disk>(this.disk).blocks]);
        for (let i = 0; i < this.disk.size(); i++) {
          invariant(() => this.fine(stateOf<Disk>(this.disk), before.length));
        }
      }
      private fine(disk: Disk, n: number): boolean {
        return exists(0, n + 1, (i) => i === disk.blocks.length);
      }
    }`,
        'Code.run',
      ),
    ).toMatchInlineSnapshot(`
      "Code.run(): undefined
        ghost before = stateOf().blocks
        i = 0
        loop
          invariant Code.fine(this stateOf(), length(before))
          value#1 = i
          size#1: number = call lower size()
          while less(value#1, size#1)
          after
            i = add(i, 1)"
    `);
  });
  test('ghosts in what runs, choices in code, effects in ghosts', () => {
    expect(
      refusalsOfLowering(`export class Code { ${handle}
        run(n: number): boolean { return helper(n); }
        choose(): boolean { return anyBoolean(); }
        loop(): void { while (this.disk.size() > 0) { invariant(() => this.disk.size() > 0); } }
      }
      function helper(n: number): boolean { return forall(0, n, (i) => i < n); }`),
    ).toMatchInlineSnapshot(`
      [
        "4:36 CallExpression:
      code that runs makes no choices: only machines do",
        "5:71 CallExpression:
      what stands here must be pure",
        "7:52 CallExpression:
      forall() is for ghosts",
      ]
    `);
  });
  test('a function that calls itself is called, not evaluated in place', () => {
    expect(
      show('export function f(n: number): number { return n > 0 ? f(n - 1) + 1 : 0; }', 'f'),
    ).toMatchInlineSnapshot(`
      "f(n: number): number
        if less(0, n)
          f#1: number = call f(subtract(n, 1))
          either#1 = add(f#1, 1)
        else
          either#1 = 0
        return either#1"
    `);
    const { functions } = read(
      `export function even(n: number): boolean { return n === 0 || odd(n - 1); }
       export function odd(n: number): boolean { return n > 0 && even(n - 1); }`,
    );
    expect([...functions.values()].map((f) => [f.name, f.pure])).toEqual([
      ['odd', false],
      ['even', false],
    ]);
  });
});

test('claims and assumptions', () => {
  expect(
    show(
      `export function f(n: number): number {
    requires(n > 0);
    assert(n !== 0, 'n is there');
    assume(n < 9, 'n is small');
    return n;
  }`,
      'f',
    ),
  ).toMatchInlineSnapshot(`
    "f(n: number): number
      requires less(0, n) 'n > 0'
      assert not(equal(n, 0)) 'n is there'
      assume less(n, 9) 'n is small'
      return n"
  `);
  expect(
    refusalsOfLowering('export function f(n: number): void { assert(n > 0); requires(n > 0); }'),
  ).toMatchInlineSnapshot(`
    [
      "1:53 ExpressionStatement:
    what an operation requires stands at its beginning",
    ]
  `);
});

test('crash invariants for single operations, and parameters left out', () => {
  const program = read(`
    class Code {
      ${handle}
      init(): boolean { return true; }
      recover(): void {}
      read(address: number): Block { return this.disk.read(address); }
      write(address: number, block: Block): void { this.disk.write(address, block); }
      size(): number { return this.disk.size(); }
    }
    const same = (promise: Disk, lower: Disk) => sameBlocks(promise.blocks, lower.blocks);
    export const layer = refinement({
      promise: Disk, code: Code, on: Disk, abstraction: same,
      crash: {
        write: (before, after, lower, address, block) =>
          address < 0 || same(after, lower) || same(before, lower) || sameBlock(block, zeroBlock),
        otherwise: (before, _after, lower) => same(before, lower),
      },
      initially: (lower) => new Disk(lower.blocks),
    });`);
  const [layer] = program.layers;
  const name = (key: string | undefined) => key?.slice(key.indexOf('#'));
  expect(name(layer?.abstraction)).toBe('#same');
  expect(name(layer?.crash.all)).toBe('#layer.crash.otherwise');
  expect([...(layer?.crash.by ?? [])].map(([op, key]) => [op, name(key)])).toEqual([
    ['write', '#layer.crash.write'],
  ]);
});

test('a layer that nobody could find is refused', () => {
  expect(refusalsOfLowering('const hidden = refinement({} as never);')).toMatchInlineSnapshot(`
    [
      "1:16 CallExpression:
    this layer is not exported",
    ]
  `);
});
