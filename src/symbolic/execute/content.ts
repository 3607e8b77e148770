/** Values with lists in them: what lies beyond the end of a list means nothing. */
import { and, atMost, equal, iff, implies, integer, type Term, yes } from '../../logic/index.ts';
import type { Type } from '../ir.ts';
import { holdsList } from '../type.ts';
import { range } from './range.ts';
import type { Scope } from './run.ts';
import { alternatives, isUnit, typed } from './sorts.ts';
import { isAlternative, itemsOf, lengthOf, project, read, recordField } from './value.ts';

/** Whether two values of a type have the same content. */
export function sameContent(type: Type, a: Term, b: Term, scope: Scope): Term {
  if (!holdsList(type)) return equal(a, b);
  switch (type.kind) {
    case 'record':
      return and(
        ...type.fields.map((f) =>
          sameContent(f.type, recordField(type, f.name, a), recordField(type, f.name, b), scope),
        ),
      );
    case 'union':
      return and(
        ...alternatives(type).map((one) => {
          const is = isAlternative(type, one, a);
          const both = iff(is, isAlternative(type, one, b));
          if (isUnit(one)) return both;
          const [left, right] = [project(type, one, a), project(type, one, b)];
          return and(both, implies(is, sameContent(one, left, right, scope)));
        }),
      );
    case 'array': {
      const each = range('forall', integer(0), lengthOf(b), 'item', scope, (i, inner) =>
        sameContent(type.element, read(itemsOf(a), i), read(itemsOf(b), i), inner),
      );
      return and(equal(lengthOf(a), lengthOf(b)), each);
    }
    default:
      return equal(a, b);
  }
}

/** Something that is true of every list in a value. */
function lists(type: Type, value: Term, holds: (list: Term, element: Type) => Term): Term {
  switch (type.kind) {
    case 'array':
      return holds(value, type.element);
    case 'record':
      return and(...type.fields.map((f) => lists(f.type, recordField(type, f.name, value), holds)));
    case 'union':
      return and(
        ...alternatives(type)
          .filter(holdsList)
          .map((one) =>
            implies(isAlternative(type, one, value), lists(one, project(type, one, value), holds)),
          ),
      );
    default:
      return yes;
  }
}

/** Whether no list in a value is longer than this. */
export function short(type: Type, value: Term, longest: number): Term {
  return lists(type, value, (list) => atMost(lengthOf(list), integer(longest)));
}

/** Whether every element of the lists in a value is of its type. */
export function elements(type: Type, value: Term, scope: Scope): Term {
  return lists(type, value, (list, element) =>
    range('forall', integer(0), lengthOf(list), 'item', scope, (i) =>
      typed(element, read(itemsOf(list), i)),
    ),
  );
}
