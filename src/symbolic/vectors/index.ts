/** What is proved of functions bit by bit. */
export { callFunction, type Duty } from './run.ts';
export {
  all,
  type Bytes,
  Inexpressible,
  optionsOf,
  type Reading,
  reading,
  same,
  unknown,
  unknownBytes,
  type Value,
  zeros,
} from './value.ts';
