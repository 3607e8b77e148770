/** What a machine assumes may speak of all blocks; what code that runs does may not. */
import { expect, test } from 'vitest';
import { refusals, refusalsOfLowering, show } from './fixtures/snippet.ts';

const fact = 'forall(0, this.n, (i) => i < 9)';

const layer = (inCode: string, inMachine: string) => `
class M {
  n: number;
  constructor(n: number) { this.n = n; }
  static initial(): M { return new M(0); }
  set(n: number): void { this.n = n; }
  crash(): void { ${inMachine} }
}
class C implements Operations<M> {
  private readonly below: Operations<M>;
  private n: number;
  constructor(below: Operations<M>) { this.below = below; this.n = 0; }
  init(): boolean { return true; }
  set(n: number): void { ${inCode} this.below.set(n); }
  recover(): void {}
}
export const l = refinement({ promise: M, code: C, on: M,
  abstraction: (a, b) => a.n === b.n, initially: (b) => new M(b.n) });
`;

test('a machine assumes something of every index', () => {
  const text = layer('', `assume(${fact}, 'small');`);
  expect(refusals(text)).toEqual([]);
  expect(show(text, 'M.crash')).toContain("'small'");
});

test('a machine does not compute with quantifiers', () => {
  for (const found of [refusals, refusalsOfLowering])
    expect(found(layer('', `if (${fact}) this.n = 0;`)).join()).toMatch(/forall/);
});

test('code that runs assumes nothing of the kind', () => {
  const text = layer(`assume(${fact}, 'small');`, '');
  for (const found of [refusals, refusalsOfLowering]) expect(found(text).join()).toMatch(/forall/);
});

test('what a machine assumes has no effect and makes no choice', () => {
  for (const condition of ['anyBoolean()', '(this.n = 1) === 1'])
    expect(refusals(layer('', `assume(${condition}, 'odd');`))).not.toEqual([]);
});
