export * from './array.ts';
export * from './bits.ts';
export * from './boolean.ts';
export * from './call.ts';
export * from './construct.ts';
export * from './data.ts';
export { equal, iff, is, ite } from './equal.ts';
export {
  add,
  atMost,
  constantDifference,
  divide,
  less,
  modulo,
  multiply,
  negate,
  subtract,
} from './integer.ts';
export { withPoints } from './points.ts';
export { createPool, type Pool, type PoolOptions, poolOf } from './pool.ts';
export * from './quantifier.ts';
export { type Printed, type PrintOptions, print, type Query } from './smtlib.ts';
export * from './solver.ts';
export * from './sort.ts';
export * from './term.ts';
export { freeConstants, postorder } from './traverse.ts';
export type { ModelValue } from './value.ts';
