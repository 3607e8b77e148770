import type { Equation } from './parse.ts';
import type { Term } from './term.ts';
export interface Certificate {
  readonly equation: Equation;
  readonly states: readonly (readonly Term[])[];
  readonly pairs: readonly (readonly [readonly number[], readonly number[]])[];
}
