import type { Sort } from './sort.ts';
import { expectSort, type FunctionSymbol, intern, type Term } from './term.ts';

const known = new Map<string, FunctionSymbol>();

/** An uninterpreted function: the same name and sorts give the same function. */
export function declare(
  name: string,
  argumentSorts: readonly Sort[],
  resultSort: Sort,
): FunctionSymbol {
  const key = JSON.stringify([name, argumentSorts.map((sort) => sort.id), resultSort.id]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = { id: known.size, name, argumentSorts, resultSort };
  known.set(key, made);
  return made;
}

export function call(symbol: FunctionSymbol, ...given: readonly Term[]): Term {
  const { argumentSorts, name } = symbol;
  if (given.length !== argumentSorts.length) {
    throw new Error(`${name} takes ${argumentSorts.length} arguments, got ${given.length}`);
  }
  given.forEach((each, at) => {
    expectSort(each, argumentSorts[at]!, name);
  });
  return intern({ operator: 'call', symbol }, symbol.resultSort, given, `${symbol.id}`);
}
