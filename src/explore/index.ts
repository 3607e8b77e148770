/** Trying everything: exploring, replaying, shrinking, showing. */
export { canBegin } from './begin.ts';
export type { Counterexample, Encoded, Step } from './counterexample.ts';
export { decode, encode } from './encode.ts';
export {
  type Everywhere,
  type EverywhereOutcome,
  exploreEverywhere,
  type Start,
} from './everywhere.ts';
export { explore, type Progress } from './explore.ts';
export { instanceOf } from './guided.ts';
export {
  type Counts,
  type Instance,
  isAsync,
  type Layer,
  type Limits,
  type Outcome,
  type Place,
  type Problem,
} from './instance.ts';
export { OutOfRange } from './packed/codec.ts';
export {
  type Field,
  type Fields,
  flag,
  integer,
  list,
  oneOf,
  record,
  type Seen,
  type State,
  type Value,
} from './packed/fields.ts';
export {
  exploreTransitions,
  type Step as TransitionStep,
  type Swept,
  type TransitionBounds,
  type Transitions,
  transitions,
} from './packed/transitions.ts';
export { probe, type Reached, reach, type Wanted } from './reach.ts';
export { type ReadFile, render } from './render.ts';
export { type Effect, type Replayed, type ReplayedStep, replay } from './replay.ts';
export { exploreSchedules, type ScheduleOptions } from './schedule/explore.ts';
export { search } from './search.ts';
export { show } from './show.ts';
export { shrink } from './shrink.ts';
export { type TestFile, toTestFile } from './test-file.ts';
export { type Trace, type TraceEffect, type TraceStep, traceOf } from './trace.ts';
export { NotExplorable } from './value.ts';
