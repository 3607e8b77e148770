/** Uses of values that may not be poison. */
import { Fault } from './undefined.ts';
import { isPointer, isPoison, type Pointer, type Value } from './value.ts';

/** The value on which control depends. */
export function decided(value: Value, what: string): Value {
  if (isPoison(value)) throw new Fault(`${what} on a value that is none: ${value.because}`);
  return value;
}

export function addressIn(value: Value, what: string): Pointer {
  if (isPoison(value)) throw new Fault(`${what} through a pointer that is none: ${value.because}`);
  if (!isPointer(value)) throw new Error('no pointer');
  return value;
}
