/** The target that is implemented: 64-bit addresses, little end first. */
import type { Cursor } from './cursor.ts';

export function checkTarget(cursor: Cursor, triple: string, layout: string): void {
  const architecture = triple.split('-')[0] ?? '';
  const instead = 'compile with -target x86_64-linux-gnu';
  if (triple === '') throw cursor.bad('the text names no target', instead, 'target triple');
  if (architecture !== 'x86_64') throw cursor.refused('IR of another target', instead, triple);
  const parts = layout.split('-');
  if (layout === '') throw cursor.bad('the text names no layout', instead, 'target datalayout');
  if (parts.includes('E') || !parts.includes('e'))
    throw cursor.refused('the big end first is not implemented', instead, layout);
  const pointers = parts.find((part) => /^p0?:/.test(part));
  if (pointers !== undefined && !/^p0?:64:/.test(pointers))
    throw cursor.refused('addresses of other than 64 bits are not implemented', instead, layout);
}
