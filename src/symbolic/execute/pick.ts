/** The next key of a loop over a map. */
import {
  and,
  constant,
  equal,
  forall,
  fresh,
  implies,
  less,
  no,
  not,
  type Term,
} from '../../logic/index.ts';
import type { Statement } from '../ir.ts';
import { term } from './expression.ts';
import { entriesOf, isListed, isPresent, keysIn, mapOf, sizeOf, valueIn } from './map.ts';
import { know, knowType, type Scope } from './run.ts';
import { sortName, sortOf, typed } from './sorts.ts';
import { read } from './value.ts';

/** Any key that has not been visited: what holds for every order holds for the real one. */
export function pick(statement: Statement & { kind: 'pick' }, scope: Scope): void {
  const { state } = scope;
  const type = mapOf(statement.of.type);
  const map = term(statement.of, scope);
  const visited = term(statement.except, scope);
  const key = fresh(statement.variable.split('#')[0] || 'key', sortOf(type.key));
  const entry = read(entriesOf(map), key);
  const seen = (k: Term) => read(entriesOf(visited), k);
  know(scope, and(typed(type.key, key), isPresent(type, entry)));
  know(scope, not(isPresent(type, seen(key))));
  know(scope, less(sizeOf(visited), sizeOf(map)));
  if (isEveryKeyTaken(entriesOf(map), entriesOf(visited))) state.assume(no);
  if (scope.run.bound === undefined) {
    const any = constant(`visited_${sortName(type.key)}`, sortOf(type.key));
    const was = implies(isPresent(type, seen(any)), equal(seen(any), read(entriesOf(map), any)));
    know(scope, forall([any], was));
  }
  state.picks = [...state.picks, { key, type, of: map, except: visited }];
  state.variables.set(statement.variable, key);
  state.types.set(statement.variable, type.key);
  if (!statement.value || !type.value) return;
  const value = valueIn(entry);
  knowType(scope, typed(type.value, value));
  state.variables.set(statement.value.variable, value);
  state.types.set(statement.value.variable, type.value);
}

/** Where the keys are listed, there are no more turns than keys. */
function isEveryKeyTaken(entries: Term, visited: Term): boolean {
  return isListed(entries) && isListed(visited) && keysIn(visited).length >= keysIn(entries).length;
}
