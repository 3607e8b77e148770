/** Symbolic execution, as the prover uses it. */
export { constructed, enter, functionOf, hook, methodOf } from './call.ts';
export { functionSymbol, said } from './contract.ts';
export { convert } from './convert.ts';
export { beforeLoop, freshValue } from './loop.ts';
export { isMade } from './made.ts';
export {
  entriesOf,
  everyKey,
  isListed,
  isPresent,
  keysIn,
  makeMap,
  smallMap,
  valueIn,
} from './map.ts';
export { bodyOf, inPlace } from './pure.ts';
export { range } from './range.ts';
export { type Hooks, type ObligationKind, type Run, type Scope, Undecidable } from './run.ts';
export { limitsOf, sortName, sortOf, typed } from './sorts.ts';
export { type Choice, type Effect, merge, type Outcome, type Pick, State } from './state.ts';
export { run } from './statement.ts';
export { numberOfText, textOfNumber, textTerm } from './text.ts';
export {
  isAlternative,
  isObject,
  itemsOf,
  lengthOf,
  type ObjectValue,
  project,
  read,
  recordField,
  termOf,
  type Value,
} from './value.ts';
