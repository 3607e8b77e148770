/** The same value at another type; what must hold for that. */
import { and, boolean, equal, not, or, type Term, yes } from '../../logic/index.ts';
import type { Type } from '../ir.ts';
import { alternatives, inRange, limitsOf, sortName, typed } from './sorts.ts';
import { textTerm } from './text.ts';
import { choose, inject, isAlternative, makeRecord, project, recordField, unit } from './value.ts';

/** `value` at type `to`, and when it is one; false and any value if it never is. */
export interface Converted {
  readonly value: Term;
  readonly when: Term;
}

type Union = Type & { kind: 'union' };

export function convert(value: Term, from: Type, to: Type): Converted {
  if (from.kind === 'union' && to.kind === 'union') return between(value, from, to);
  if (from.kind === 'union') return out(value, from, to);
  if (to.kind === 'union') return into(value, from, to);
  if (from.kind === 'integer' && to.kind === 'integer')
    return { value, when: includes(to, from) ? yes : typed(to, value) };
  if (from.kind === 'record' && to.kind === 'record') return record(value, from, to);
  if (isText(from, to)) return { value: textTerm(from.value), when: yes };
  if (isText(to, from)) return { value: unit(to), when: equal(value, textTerm(to.value)) };
  if (isFixedBoolean(from, to)) return { value: boolean(from.value), when: yes };
  if (sortName(from) !== sortName(to)) throw new Error(`no way from ${from.kind} to ${to.kind}`);
  if (from.kind === 'array' && to.kind === 'array' && !contains(to.element, from.element))
    throw new Error('the elements of an array cannot be narrowed all at once');
  if (from.kind === 'map' && to.kind === 'map' && !contains(to, from))
    throw new Error('the entries of a map cannot be narrowed all at once');
  return { value, when: yes };
}

/** A text that is written out, and any text. */
function isText(text: Type, any: Type): text is Type & { kind: 'literal'; value: string } {
  return any.kind === 'string' && text.kind === 'literal' && typeof text.value === 'string';
}

/** Out of a tag that is true or false, never into one. */
function isFixedBoolean(from: Type, to: Type): from is Type & { kind: 'literal'; value: boolean } {
  return to.kind === 'boolean' && from.kind === 'literal' && typeof from.value === 'boolean';
}

/** Whether every integer of `inner` is one of `outer`, by their types alone. */
function includes(outer: Type & { kind: 'integer' }, inner: Type & { kind: 'integer' }): boolean {
  if (outer.among) {
    const { among } = outer;
    return inner.among?.every((v) => among.includes(v)) ?? false;
  }
  if (outer.range === 'big') return true;
  const [low, high] = limitsOf(outer.range);
  if (inner.among) return inner.among.every((v) => low <= v && v <= high);
  if (inner.range === 'big') return false;
  const [innerLow, innerHigh] = limitsOf(inner.range);
  return low <= innerLow && innerHigh <= high;
}

/** Whether every value of `inner` is one of `outer`, by their types alone; they share a sort. */
function contains(outer: Type, inner: Type): boolean {
  if (outer.kind === 'integer' && inner.kind === 'integer') return includes(outer, inner);
  if (outer.kind === 'array' && inner.kind === 'array')
    return contains(outer.element, inner.element);
  if (outer.kind === 'map' && inner.kind === 'map')
    return contains(outer.key, inner.key) && valuesContain(outer.value, inner.value);
  if (outer.kind === 'record' && inner.kind === 'record')
    return outer.fields.every((f, i) => contains(f.type, inner.fields[i]!.type));
  if (outer.kind === 'union' && inner.kind === 'union') {
    const inners = alternatives(inner);
    return alternatives(outer).every((t, i) => contains(t, inners[i]!));
  }
  return true;
}

function valuesContain(outer: Type | undefined, inner: Type | undefined): boolean {
  return outer === undefined || inner === undefined || contains(outer, inner);
}

/** The alternative of a union that a type other than a union goes into. */
function target(from: Type, to: Union): Type | undefined {
  const all = alternatives(to);
  return (
    all.find((t) => sortName(t) === sortName(from)) ??
    all.find((t) => isText(from, t)) ??
    all.find((t) => from.kind === 'record' && t.kind === 'record' && fits(from, t))
  );
}

function fits(from: Type & { kind: 'record' }, to: Type & { kind: 'record' }): boolean {
  return to.fields.every((f) => {
    const other = from.fields.find((g) => g.name === f.name);
    if (!other) return false;
    if (f.type.kind === 'literal') return sortName(f.type) === sortName(other.type);
    if (isFixedBoolean(other.type, f.type) || isText(other.type, f.type)) return true;
    return f.type.kind === 'union' || f.type.kind === other.type.kind;
  });
}

function into(value: Term, from: Type, to: Union): Converted {
  const alternative = target(from, to);
  if (!alternative) throw new Error(`a union has no alternative of kind ${from.kind}`);
  const inner = convert(value, from, alternative);
  return { value: inject(to, alternative, inner.value), when: inner.when };
}

function out(value: Term, from: Union, to: Type): Converted {
  let result: Converted | undefined;
  for (const alternative of alternatives(from)) {
    const reached = target(alternative, { kind: 'union', of: [to] });
    if (!reached) continue;
    const inner = convert(project(from, alternative, value), alternative, to);
    const here = isAlternative(from, alternative, value);
    const when = and(here, inner.when);
    result = result
      ? { value: choose(here, inner.value, result.value), when: or(when, result.when) }
      : { value: inner.value, when };
  }
  if (!result) throw new Error(`a union has no alternative of kind ${to.kind}`);
  return result;
}

function between(value: Term, from: Union, to: Union): Converted {
  if (sortName(from) === sortName(to) && contains(to, from)) return { value, when: yes };
  let result: Converted | undefined;
  for (const alternative of alternatives(from)) {
    const here = isAlternative(from, alternative, value);
    if (!target(alternative, to)) {
      result = result && { value: result.value, when: and(not(here), result.when) };
      continue;
    }
    const inner = into(project(from, alternative, value), alternative, to);
    result = result
      ? {
          value: choose(here, inner.value, result.value),
          when: or(and(here, inner.when), and(not(here), result.when)),
        }
      : { value: inner.value, when: and(here, inner.when) };
  }
  if (!result) throw new Error('two unions have no alternative in common');
  return result;
}

function record(
  value: Term,
  from: Type & { kind: 'record' },
  to: Type & { kind: 'record' },
): Converted {
  const parts = to.fields.map((f) => {
    const source = from.fields.find((g) => g.name === f.name);
    if (!source) return absent(f.type);
    return convert(recordField(from, f.name, value), source.type, f.type);
  });
  return {
    value: makeRecord(
      to,
      parts.map((p) => p.value),
    ),
    when: and(...parts.map((p) => p.when)),
  };
}

/** A field that was left out is undefined. */
function absent(type: Type): Converted {
  return convert(unit({ kind: 'undefined' }), { kind: 'undefined' }, type);
}

/** Whether an integer is in the range of a type; for results of arithmetic. */
export function fitsRange(type: Type, value: Term): Term {
  return type.kind === 'integer' ? inRange(type.range, value) : yes;
}
