/** Values in words, short enough for one line. */
import { bytesOf } from '../model/block.ts';

const bytesShown = 8;

/** A value as a reader of the source would write it; blocks by their content. */
export function show(value: unknown): string {
  if (value instanceof Uint8Array) return showBlock(value);
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value instanceof Map) return `Map {${[...value].map((pair) => show(pair)).join(', ')}}`;
  if (value instanceof Set) return `Set {${[...value].map(show).join(', ')}}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'object' && value !== null) return showFields(value);
  return String(value);
}

function showBlock(value: Uint8Array): string {
  const bytes = bytesOf(value as never);
  if (bytes.every((byte) => byte === 0)) return 'zeros';
  const hex = Buffer.from(bytes.subarray(0, bytesShown)).toString('hex');
  return `#${hex}${bytes.length > bytesShown ? '…' : ''}`;
}

function showFields(value: object): string {
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${show(field)}`);
  const name = Object.getPrototypeOf(value)?.constructor.name ?? 'Object';
  const text = fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  return name === 'Object' ? text : `${name} ${text}`;
}
