/**
 * Idempotent recovery is derived from weaker premises than those that Crash Hoare Logic publishes:
 * what is published implies them, and not the other way around.
 */
import { expect, test } from 'vitest';
import { smallModel } from '../models/find.ts';
import { evaluate, holdsIn } from '../models/model.ts';
import { Relation } from '../models/relations.ts';
import { parseEquation } from '../notation/parse.ts';
import { parseSignature } from '../terms/signature.ts';
import { Terms } from '../terms/term.ts';
import { type Law, proveLaw } from './laws.ts';
import { theoremNamed } from './theorems.ts';

const types = [
  ...['s : S -> S', 'g : S -> G', 'k : G -> G', 'd : G -> S', 'b : G -> S', 't : G -> S'],
  ...['any : S -> G', '[q] : S', '[u] : G'],
];

interface Premise extends Law {
  /** What the theorem asks for instead, by the name that it has there. */
  readonly weakened: string;
  readonly given: readonly string[];
}

const premises: readonly Premise[] = [
  {
    // k goes to what recovery is told next: from there it ends in no more than from here.
    ...{ name: 'H3', weakened: 'idempotent', types, says: '[u] b <= b g [u] d' },
    given: ['[u] b <= k d', 'k <= b g [u]', 'k t <= t'],
  },
  {
    // As published, nothing may be assumed of the state in which recovery began.
    ...{ name: 'H6', weakened: 'concluded', types, says: '[q] any [u] t <= s' },
    given: ['[q] any t <= s'],
  },
];

test.for(premises)('$name, as published, implies what is asked for', (premise) => {
  const { given } = theoremNamed('idempotent_recovery');
  expect(given.find(({ name }) => name === premise.weakened)?.says).toBe(premise.says);
  const { theorems, kernel } = proveLaw(premise);
  expect(theorems.map((one) => kernel.proved(one))).toEqual([true]);
  expect(theorems.every(({ decided }) => !decided)).toBe(true);
});

const terms = new Terms();
const read = (text: string) => parseEquation(terms, text, parseSignature(types));

test('H6, as published, asks for more', () => {
  const [holds, fails] = [read('[q] any [u] t <= s'), read('[q] any t <= s')];
  const model = smallModel({ holds: [holds], fails, run: fails.left }, 2026)!;
  expect([holdsIn(holds, model), holdsIn(fails, model)]).toEqual([true, false]);
});

test('H3, as published, asks for more', () => {
  const [holds, fails] = [read('[u] b <= b g [u] d'), read('[u] b g [u] t <= [u] t')];
  const model = smallModel({ holds: [holds], fails, run: fails.left }, 2026)!;
  // The largest k that the other two allow, so that no other would do either.
  const t = model.letters.get('t')!;
  const next = evaluate(read('b g [u] <= b g [u]').left, model);
  const ends = (from: number) => [...t].flatMap(([state, end]) => (state === from ? [end] : []));
  const size = model.states.length;
  const k = Relation.where(
    size,
    size,
    (from, to) => next.has(from, to) && ends(to).every((end) => t.has(from, end)),
  );
  const most = { ...model, letters: new Map(model.letters).set('k', k) };
  const [h3] = premises;
  expect(h3?.given.map((one) => holdsIn(read(one), most))).toEqual([false, true, true]);
  expect(holdsIn(holds, most)).toBe(true);
});
