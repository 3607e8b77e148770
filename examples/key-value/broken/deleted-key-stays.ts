// expect: refuted
// because: the index still knows where a deleted key was
import {
  everyKey,
  exists,
  forall,
  invariant,
  type Operations,
  refinement,
  type u32,
} from 'plimsoll';
import { type Entry, KeyValue, Page } from '../spec.ts';

export class IndexedPage implements Operations<KeyValue> {
  private readonly page: Operations<Page>;
  /** Where in the block each key is; the proof looks at it. */
  readonly index = new Map<u32, number>();

  constructor(page: Operations<Page>) {
    this.page = page;
  }

  init(): boolean {
    this.page.write([]);
    return true;
  }

  get(key: u32): u32 | undefined {
    const place = this.index.get(key);
    return place === undefined ? undefined : this.page.read()[place]!.value;
  }

  set(key: u32, value: u32): boolean {
    const entries = [...this.page.read()];
    const place = this.index.get(key);
    if (place !== undefined) {
      entries[place] = { key, value };
    } else {
      if (entries.length >= this.page.capacity()) return false;
      this.index.set(key, entries.length);
      entries.push({ key, value });
    }
    this.page.write(entries);
    return true;
  }

  /** The last entry goes where the deleted one was. */
  delete(key: u32): boolean {
    const place = this.index.get(key);
    if (place === undefined) return false;
    const entries = [...this.page.read()];
    const last = entries.pop()!;
    if (last.key !== key) {
      entries[place] = last;
      this.index.set(last.key, place);
    }
    this.page.write(entries);
    return true;
  }

  size(): number {
    return this.index.size;
  }

  recover(): void {
    const entries = this.page.read();
    for (const [i, entry] of entries.entries()) {
      invariant(() => indexed(this.index, entries, i));
      this.index.set(entry.key, i);
    }
  }
}

/** Whether the index knows where the first entries are, and nothing else. */
export function indexed(
  index: ReadonlyMap<u32, number>,
  entries: readonly Entry[],
  end: number,
): boolean {
  return (
    index.size === end &&
    forall(0, end, (i) => index.get(entries[i]!.key) === i) &&
    everyKey(index, (key) => isAt(entries, index.get(key)!, key, end))
  );
}

function isAt(entries: readonly Entry[], place: number, key: u32, end: number): boolean {
  return place >= 0 && place < end && entries[place]!.key === key;
}

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
