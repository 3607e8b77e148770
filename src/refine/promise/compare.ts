/** What the solver named, compared with what the code really holds. */
import { encode } from '../../explore/index.ts';

export function alike(found: unknown, sought: object): boolean {
  return text({ ...(found as object) }) === text(sought);
}

/** Whether every field that the solver gave has that value. */
export function covers(found: object | undefined, sought: object): boolean {
  const fields = Object.entries(sought);
  const of = (found ?? {}) as Record<string, unknown>;
  return fields.every(([name, value]) => text(of[name]) === text(value));
}

/** The solver knows which entries a map has, not in which order. */
function withoutOrder(value: unknown): unknown {
  if (!(value instanceof Map) && !(value instanceof Set)) return value;
  return [...value].map((entry) => JSON.stringify(encode(entry))).sort();
}

/** The same for equal values. */
export function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(encode(value));
  const sorted = Object.entries(value)
    .map(([name, part]) => [name, withoutOrder(part)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(encode(Array.isArray(value) ? value : Object.fromEntries(sorted)));
}

/** The integers within a value. */
export function integersIn(value: unknown): readonly (number | bigint)[] {
  if (typeof value === 'number' || typeof value === 'bigint') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const inside = value instanceof Map || value instanceof Set ? [...value] : Object.values(value);
  return inside.flatMap(integersIn);
}
