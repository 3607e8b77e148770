/**
 * Statements about maps and sets. None of them depends on the order of the entries.
 */
type Entries<K, V> = ReadonlyMap<K, V> | ReadonlySet<K>;

/** Whether two maps, or two sets, have the same entries; values are compared by content. */
export function sameEntries<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean;
export function sameEntries<K>(a: ReadonlySet<K>, b: ReadonlySet<K>): boolean;
export function sameEntries<K, V>(a: Entries<K, V>, b: Entries<K, V>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries())
    if (!b.has(key) || ('get' in b && !sameContent(value, b.get(key)))) return false;
  return true;
}

/** Values of the subset: what is not compared by `===` is bytes, or fields. */
function sameContent(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const left = Object.entries(a);
  const right = b as Readonly<Record<string, unknown>>;
  return (
    left.length === Object.keys(b).length &&
    left.every(([name, part]) => Object.hasOwn(b, name) && sameContent(part, right[name]))
  );
}

/** Whether `holds(key)` for every key of a map or set. */
export function everyKey<K>(of: Entries<K, unknown>, holds: (key: K) => boolean): boolean {
  for (const key of of.keys()) if (!holds(key)) return false;
  return true;
}

/**
 * The part of a map or set that a loop over it has gone over before it came to `key`, the key of
 * this turn. In an invariant: before the turn that is about to begin, or the end.
 */
export function visited<K, V>(of: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V>;
export function visited<K>(of: ReadonlySet<K>, key: K): ReadonlySet<K>;
export function visited<K, V>(of: Entries<K, V>, key: K): Entries<K, V> {
  const keys = [...of.keys()];
  const before = keys.slice(0, keys.indexOf(key));
  if (!('get' in of)) return new Set(before);
  return new Map(before.map((each) => [each, of.get(each) as V]));
}
