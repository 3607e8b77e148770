/**
 * A term as it can be drawn: what follows what, what is chosen from, what is repeated. Brackets and
 * ones are gone, so terms that differ in these only have one outline.
 */

import { printFormula } from '../notation/print.ts';
import type { Term } from '../terms/term.ts';
import { factors } from '../terms/walk.ts';

/** Parts of a sequence that are not the same in the line before, or in the line after. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly as: 'new' | 'next';
}

export interface Sequence {
  readonly parts: readonly Part[];
  readonly marks: readonly Mark[];
}

export type Part =
  | { readonly kind: 'letter' | 'test'; readonly text: string }
  | { readonly kind: 'choice'; readonly among: readonly Sequence[] }
  | { readonly kind: 'star'; readonly body: Sequence };

export function outline(term: Term): Sequence {
  return { parts: factors(term).map(part), marks: [] };
}

function part(term: Term): Part {
  if (term.kind === 'star') return { kind: 'star', body: outline(term.body) };
  if (term.kind === 'choice') return { kind: 'choice', among: among(term).map(outline) };
  if (term.kind === 'test') return { kind: 'test', text: `[${printFormula(term.formula)}]` };
  const text = term.kind === 'letter' ? term.name : term.kind === 'drop' ? ';' : '0';
  return { kind: 'letter', text };
}

function among(term: Term): Term[] {
  return term.kind === 'choice' ? [...among(term.left), ...among(term.right)] : [term];
}

/** Both with marks where they differ; as they are if there is no difference to be drawn. */
export function compared(before: Sequence, after: Sequence): readonly [Sequence, Sequence] {
  const [from, end] = differing(before.parts, after.parts);
  const [first, second] = [
    before.parts.slice(from, -end || undefined),
    after.parts.slice(from, -end || undefined),
  ];
  if (first.length === 0 && second.length === 0) return [before, after];
  const [one, other] = [first[0], second[0]];
  if (first.length === 1 && second.length === 1 && one && other) {
    const inside = within(one, other);
    if (inside) return [replaced(before, from, inside[0]), replaced(after, from, inside[1])];
  }
  return [
    marked(before, { from, to: from + first.length, as: 'next' }),
    marked(after, { from, to: from + second.length, as: 'new' }),
  ];
}

/** How many are the same at the start, and how many of the others at the end. */
function differing<T>(before: readonly T[], after: readonly T[]): readonly [number, number] {
  const least = Math.min(before.length, after.length);
  let from = 0;
  while (from < least && same(before[from], after[from])) from++;
  let end = 0;
  while (end < least - from && same(before.at(-1 - end), after.at(-1 - end))) end++;
  return [from, end];
}

function within(before: Part, after: Part): readonly [Part, Part] | undefined {
  if (before.kind === 'star' && after.kind === 'star') {
    const [one, other] = compared(before.body, after.body);
    return [
      { kind: 'star', body: one },
      { kind: 'star', body: other },
    ];
  }
  if (before.kind !== 'choice' || after.kind !== 'choice') return undefined;
  const [from, end] = differing(before.among, after.among);
  if (before.among.length !== after.among.length || before.among.length - from - end !== 1)
    return undefined;
  const [one, other] = compared(before.among[from]!, after.among[from]!);
  return [
    { kind: 'choice', among: before.among.with(from, one) },
    { kind: 'choice', among: after.among.with(from, other) },
  ];
}

const same = (one: unknown, other: unknown) => unmarked(one) === unmarked(other);
const unmarked = (value: unknown) =>
  JSON.stringify(value, (key, inner) => (key === 'marks' ? undefined : inner));

const replaced = (sequence: Sequence, at: number, by: Part): Sequence => ({
  ...sequence,
  parts: sequence.parts.with(at, by),
});
const marked = (sequence: Sequence, mark: Mark): Sequence =>
  mark.from === mark.to ? sequence : { ...sequence, marks: [...sequence.marks, mark] };

/** The outlines of the lines of a calculation, with what changes marked. */
export function outlines(terms: readonly Term[]): readonly Sequence[] {
  const all = terms.map(outline);
  for (const [at, sequence] of all.entries()) {
    const before = all[at - 1];
    if (!before) continue;
    [all[at - 1], all[at]] = compared(before, sequence);
  }
  return all;
}
