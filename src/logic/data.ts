import { expectConstructor, ite } from './equal.ts';
import { constructorOf } from './sort.ts';
import { intern, type Term } from './term.ts';

/** A field of a value of a datatype; of a value of another constructor it may be anything. */
export function field(constructorName: string, fieldName: string, term: Term): Term {
  expectConstructor(term.sort, constructorName);
  const { fields } = constructorOf(term.sort, constructorName);
  const at = fields.findIndex((each) => each.name === fieldName);
  if (at < 0) throw new Error(`${constructorName} has no field ${fieldName}`);
  if (isConstruct(term, constructorName)) return term.parts[at]!;
  // Only past a branch that decides it: going down both branches could take for ever.
  if (term.operator === 'ite' && term.parts.some((part) => isConstruct(part, constructorName))) {
    const [condition, a, b] = term.parts;
    const [first, second] = [a!, b!].map((part) => field(constructorName, fieldName, part));
    return ite(condition!, first!, second!);
  }
  const shape = { operator: 'field', constructorName, fieldName } as const;
  return intern(shape, fields[at]!.sort, [term], `${constructorName} ${fieldName}`);
}

function isConstruct(term: Term, constructorName: string): boolean {
  return term.operator === 'construct' && term.constructorName === constructorName;
}
