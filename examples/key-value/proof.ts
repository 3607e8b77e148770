import { everyKey, exists, forall, refinement } from 'plimsoll';
import { IndexedPage, indexed } from './code.ts';
import { KeyValue, Page } from './spec.ts';

export const keyValue = refinement({
  promise: KeyValue,
  code: IndexedPage,
  on: Page,
  abstraction: (map, page, code) =>
    holds(map, page) && indexed(code.index, page.entries, page.entries.length),
  crash: (before, after, page) => holds(before, page) || holds(after, page),
  initially: (page) => new KeyValue(page.room),
  bounds: { length: 2, operations: 3 },
});

/** Whether the block has the entries of the map, each once. */
function holds(map: KeyValue, page: Page): boolean {
  const entries = page.entries;
  return (
    map.room === page.room &&
    map.entries.size === entries.length &&
    entries.length <= page.room &&
    forall(0, entries.length, (i) => map.entries.get(entries[i]!.key) === entries[i]!.value) &&
    forall(0, entries.length, (i) => forall(0, i, (j) => entries[j]!.key !== entries[i]!.key)) &&
    everyKey(map.entries, (key) => exists(0, entries.length, (i) => entries[i]!.key === key))
  );
}
