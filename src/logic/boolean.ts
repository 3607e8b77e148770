import { Bool } from './sort.ts';
import { apply, expectSort, no, type Term, yes } from './term.ts';

export function not(a: Term): Term {
  expectSort(a, Bool, 'not');
  if (a === yes) return no;
  if (a === no) return yes;
  const [left, right] = a.parts;
  if (a.operator === 'not') return left!;
  if (a.operator === '<') return apply('<=', Bool, right!, left!);
  if (a.operator === '<=') return apply('<', Bool, right!, left!);
  return apply('not', Bool, a);
}

export function and(...parts: readonly Term[]): Term {
  return junction('and', parts, yes, no);
}

export function or(...parts: readonly Term[]): Term {
  return junction('or', parts, no, yes);
}

export function implies(a: Term, b: Term): Term {
  return or(not(a), b);
}

/** What denies it, unless that is `not` of it: to build that of everything would take long. */
function denial(a: Term): Term | undefined {
  if (a.operator === 'not') return a.parts[0];
  return a.operator === '<' || a.operator === '<=' ? not(a) : undefined;
}

/** Flat, without duplicates, in order of first appearance; `a` beside `not a` decides it. */
function junction(operator: 'and' | 'or', parts: readonly Term[], unit: Term, zero: Term): Term {
  const kept = new Set<Term>();
  const denied = new Set<Term>();
  for (const part of parts) {
    expectSort(part, Bool, operator);
    for (const each of part.operator === operator ? part.parts : [part]) {
      if (each === zero || denied.has(each) || kept.has(denial(each) ?? zero)) return zero;
      if (each === unit) continue;
      kept.add(each);
      if (each.operator === 'not') denied.add(each.parts[0]!);
    }
  }
  if (kept.size === 0) return unit;
  if (kept.size === 1) return [...kept][0]!;
  return apply(operator, Bool, ...kept);
}
