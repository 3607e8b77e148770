import { refinement } from '../../refine/layer.ts';
import { RunningMean } from './code.ts';
import { Accumulators, StatDb } from './spec.ts';

export const statDb = refinement({
  promise: StatDb,
  code: RunningMean,
  on: Accumulators,
  abstraction: (promised, variables) =>
    variables.sum >= 0 &&
    variables.sum === promised.sum &&
    variables.count === promised.numbers.length,
  // Nothing has to be left: whatever is there is gone when power is back.
  crash: () => true,
  initially: () => new StatDb(),
  bounds: { operations: 3 },
});
