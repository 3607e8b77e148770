/** Equality of values by content, choosing what the promise has left open. */
import { and, equal, integer, or, type Term, yes } from '../../logic/index.ts';
import {
  entriesOf,
  everyKey,
  isAlternative,
  isPresent,
  itemsOf,
  lengthOf,
  project,
  range,
  read,
  recordField,
  State,
  sortName,
  valueIn,
} from '../../symbolic/execute/index.ts';
import type { Type } from '../../symbolic/ir.ts';
import type { MapType } from '../../symbolic/type.ts';
import { type Model, silent } from '../obligations/model.ts';

/** Answers to choices. */
export type Bindings = Map<Term, Term>;

/**
 * Whether `a` and `b` have the same content. Where `a` is an open choice it becomes what `b` is,
 * once, and the answer is noted.
 */
export function match(
  model: Model,
  type: Type,
  a: Term,
  b: Term,
  open: ReadonlySet<Term>,
  bindings: Bindings,
): Term {
  const bind = (constant: Term, value: Term): boolean => {
    if (!open.has(constant) || bindings.has(constant)) return false;
    bindings.set(constant, value);
    return true;
  };
  const inner = (t: Type, x: Term, y: Term) => match(model, t, x, y, open, bindings);
  switch (type.kind) {
    case 'array':
    case 'bytes': {
      const boundLength = bind(lengthOf(a), lengthOf(b));
      if (boundLength && bind(itemsOf(a), itemsOf(b))) return yes;
      return sequences(model, type, a, b);
    }
    case 'map':
      return sameMaps(model, type, a, b);
    case 'record':
      return and(
        ...type.fields.map((f) =>
          inner(f.type, recordField(type, f.name, a), recordField(type, f.name, b)),
        ),
      );
    case 'union': {
      if (a.operator !== 'construct' && !hasSequence(type)) return equal(a, b);
      const cases = type.of.map((t) => {
        const both = and(isAlternative(type, t, a), isAlternative(type, t, b));
        return and(both, inner(t, project(type, t, a), project(type, t, b)));
      });
      return or(...cases);
    }
    default:
      return bind(a, b) ? yes : equal(a, b);
  }
}

/** Whether two values have the same content. */
export function same(model: Model, type: Type, a: Term, b: Term): Term {
  return match(model, type, a, b, new Set(), new Map());
}

function hasSequence(type: Type): boolean {
  if (type.kind === 'array' || type.kind === 'bytes') return true;
  if (type.kind === 'record') return type.fields.some((f) => hasSequence(f.type));
  return type.kind === 'union' && type.of.some(hasSequence);
}

/** In whatever order; how large they are follows from it. */
function sameMaps(model: Model, type: MapType, a: Term, b: Term): Term {
  const { value } = type;
  if (!value || !hasSequence(value)) return equal(entriesOf(a), entriesOf(b));
  const scope = model.scope(model.run(silent), new State());
  const within = (one: Term, other: Term) =>
    everyKey(one, type, `each${sortName(type).length}_`, scope, (key) => {
      const [mine, its] = [read(entriesOf(one), key), read(entriesOf(other), key)];
      return and(isPresent(type, its), same(model, value, valueIn(mine), valueIn(its)));
    });
  return and(within(a, b), within(b, a));
}

function sequences(model: Model, type: Type, a: Term, b: Term): Term {
  const element: Type = type.kind === 'array' ? type.element : { kind: 'integer', range: 'u8' };
  const scope = model.scope(model.run(silent), new State());
  const nested = sortName(type).length;
  const elements = range('forall', integer(0), lengthOf(a), `each${nested}_`, scope, (i) =>
    same(model, element, read(itemsOf(a), i), read(itemsOf(b), i)),
  );
  return and(equal(lengthOf(a), lengthOf(b)), elements);
}
