/** Words and models as people read them. */

import type { Word } from '../decision/search.ts';
import type { Model } from '../models/model.ts';
import { type Sort, single } from '../terms/term.ts';
import { dropped } from '../terms/walk.ts';

/** A guarded word in the notation of terms: `[b & !c] p [d] q`; of no letters and tests, 1. */
export function wordText({ steps, tests }: Word): string {
  const parts = steps.flatMap((step) => [...guard(step.tests), step.letter]);
  const all = [...parts, ...guard(tests)];
  return all.length === 0 ? '1' : all.join(' ').replaceAll(` ${dropped}`, dropped);
}

function guard(tests: ReadonlyMap<string, boolean>): string[] {
  const literals = [...tests].map(([name, holds]) => (holds ? name : `!${name}`));
  return literals.length === 0 ? [] : [`[${literals.join(' & ')}]`];
}

/** What a model says, one line for each thing that is not empty. */
export function modelLines({ states, letters, tests }: Model): string[] {
  const named = states.some((sort) => sort !== single);
  const shown = (sort: Sort, state: number) => (named ? `${state}:${sort}` : `${state}`);
  const lines: [string, string][] = [
    ['states', states.map((sort, state) => shown(sort, state)).join(' ')],
  ];
  for (const [name, holds] of tests) lines.push([`[${name}]`, [...holds].join(' ')]);
  for (const [name, relation] of letters) {
    const steps = [...relation].map(([from, to]) => `${from}->${to}`);
    if (steps.length > 0) lines.push([name, steps.join(' ')]);
  }
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}
