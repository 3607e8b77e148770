/** The rules of the intrinsics on maps and sets. */
import type { Rules } from './frame.ts';
import { equalValues, MapValue } from './value.ts';

export const maps = {
  emptyMap: () => new MapValue(),
  size: (given) => BigInt(given.map(0).size),
  hasKey: (given) => given.map(0).has(given.value(1)),
  lookUp: (given) => given.map(0).get(given.value(1)),
  withEntry: (given) => given.map(0).with(given.value(1), given.value(2)),
  withKey: (given) => {
    const key = given.value(1);
    return given.map(0).with(key, key);
  },
  withoutKey: (given) => given.map(0).without(given.value(1)),
  sameMap: (given) => equalValues(given.map(0), given.map(1)),
} satisfies Partial<Rules['intrinsics']>;
