/** Constants of which facts say what they are: the items of a new list, an index that was found. */
import { fresh, type Sort, type Term } from '../../logic/index.ts';

const all = new WeakSet<Term>();

export function made(hint: string, sort: Sort): Term {
  const constant = fresh(hint, sort);
  all.add(constant);
  return constant;
}

export function isMade(constant: Term): boolean {
  return all.has(constant);
}
