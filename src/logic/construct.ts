import { constructorOf, type Sort } from './sort.ts';
import { expectSort, intern, type Term } from './term.ts';

/** A value of a datatype. Taking a record apart and putting it together again gives the record. */
export function construct(sort: Sort, constructorName: string, ...given: readonly Term[]): Term {
  const { fields } = constructorOf(sort, constructorName);
  if (given.length !== fields.length) {
    throw new Error(`${constructorName} takes ${fields.length} fields, got ${given.length}`);
  }
  given.forEach((each, at) => {
    expectSort(each, fields[at]!.sort, `${constructorName}.${fields[at]!.name}`);
  });
  const shape = { operator: 'construct', constructorName } as const;
  return whole(sort, constructorName, given) ?? intern(shape, sort, given, constructorName);
}

/** The record whose fields, all of them and in order, are given. */
function whole(sort: Sort, constructorName: string, given: readonly Term[]): Term | undefined {
  if (sort.kind !== 'datatype' || sort.constructors.length !== 1) return undefined;
  const record = given[0]?.parts[0];
  if (record === undefined || record.sort !== sort) return undefined;
  const { fields } = constructorOf(sort, constructorName);
  const same = given.every(
    (each, at) =>
      each.operator === 'field' && each.parts[0] === record && each.fieldName === fields[at]!.name,
  );
  return same ? record : undefined;
}
