import { equal } from './equal.ts';
import type { ArraySort, Sort } from './sort.ts';
import { apply, expectSort, no, type Term, yes } from './term.ts';

export function select(array: Term, index: Term): Term {
  const sort = expectArray(array, 'select');
  expectSort(index, sort.index, 'select');
  let from = array;
  while (from.operator === 'store') {
    const [under, at, value] = from.parts;
    const hit = equal(at!, index);
    if (hit === yes) return value!;
    if (hit !== no) break;
    from = under!;
  }
  if (from.operator === 'const') return from.parts[0]!;
  return apply('select', sort.element, from, index);
}

export function store(array: Term, index: Term, value: Term): Term {
  const sort = expectArray(array, 'store');
  expectSort(index, sort.index, 'store');
  expectSort(value, sort.element, 'store');
  if (select(array, index) === value) return array;
  // A second store to the same index hides the first.
  const [under, at] = array.parts;
  const hidden = array.operator === 'store' && equal(at!, index) === yes;
  return apply('store', sort, hidden ? under! : array, index, value);
}

/** The array with one value everywhere. */
export function constantArray(sort: Sort, value: Term): Term {
  if (sort.kind !== 'array') throw new Error('constantArray takes an array sort');
  expectSort(value, sort.element, 'constantArray');
  return apply('const', sort, value);
}

function expectArray(term: Term, where: string): ArraySort {
  if (term.sort.kind !== 'array') throw new Error(`${where} takes an array`);
  return term.sort;
}
