/** Random hypotheses of every shape: what follows from them holds in every model that is found. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, unsorted } from '../decision/decide.ts';
import { holdsIn, type Model } from '../models/model.ts';
import { Relation } from '../models/relations.ts';
import { parseEquation } from '../notation/parse.ts';
import { Terms } from '../terms/term.ts';
import { entails } from './entail.ts';
import { proofFault } from './proof.ts';

const letter = fc.constantFrom('p', 'q', 'r');
const formula = fc.constantFrom('b', 'c', '!b', 'b & c', 'b | !c');
const word = fc.array(letter, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '));
const small = fc.oneof(
  ...[letter, word, formula.map((one) => `[${one}]`)],
  letter.map((one) => `${one}*`),
  fc.tuple(word, word).map(([one, other]) => `(${one} + ${other})`),
  fc.tuple(formula, letter, formula).map(([one, step, other]) => `[${one}] ${step} [${other}]`),
);

const hypothesis = fc
  .tuple(small, letter, letter, formula, formula, word, fc.nat(13))
  .map(([e, a, x, b, c, w, shape]) => {
    const shapes = [
      ...[`${e} <= ${a}`, `${a} = ${e}`, `${a} ${a} <= ${a}`, `${x} ${a} <= ${a}`],
      ...[`${a} ${w} <= ${a}`, `[${b}] ${a} <= ${a} [${c}]`, `[${b}] (${w}) = (${w}) [${b}]`],
      ...[`[${b}] <= [${c}]`, `[${c}] ${a} = [${c}]`, `${a} [${c}] = [${c}]`, `${e} = 0`],
      ...[
        `${a} <= ${w}`,
        `1 <= ${w}`,
        `r ${e.replaceAll('r', 'p')} <= ${w.replaceAll('r', 'q')} r`,
      ],
    ];
    return shapes[shape] as string;
  });

const goal = fc
  .tuple(small, small, small, fc.constantFrom('<=', '=', 'simulation'))
  .map(([e, f, g, kind]) => {
    const plain = (text: string) => text.replaceAll('r', 'p');
    if (kind === 'simulation') return `r (${plain(e)}) <= (${plain(f)} + ${plain(g)}) r`;
    return `${e} ${f} ${kind} ${kind === '=' ? `${e} ${g}` : `${g} ${f}`}`;
  });

test('what follows holds in every model of the hypotheses, and a no shows one', () => {
  const seen = { holds: 0, needed: 0, fails: 0, undecided: 0, models: 0 };
  const given = fc.array(hypothesis, { minLength: 1, maxLength: 3 });
  const rows = fc.infiniteStream(fc.nat(99));
  fc.assert(
    fc.property(goal, given, rows, (text, assumed, numbers) => {
      const terms = new Terms();
      const wanted = parseEquation(terms, text);
      const hypotheses = assumed.map((one) => parseEquation(terms, one));
      const answer = entails(wanted, hypotheses);
      seen[answer.kind]++;
      if (answer.kind === 'fails') {
        expect(hypotheses.every((one) => holdsIn(one, answer.model))).toBe(true);
        expect(holdsIn(wanted, answer.model)).toBe(false);
      }
      if (answer.kind !== 'holds') return;
      expect(proofFault(wanted, hypotheses, answer.proof)).toBeUndefined();
      if (decide(unsorted(wanted)).kind === 'holds') return;
      seen.needed++;
      for (let round = 0; round < 60; round++) {
        const model = someModel(() => (numbers.next().value ?? 0) < 40);
        if (!hypotheses.every((one) => holdsIn(one, model))) continue;
        seen.models++;
        expect({ text, assumed, holds: holdsIn(wanted, model) }).toMatchObject({ holds: true });
      }
    }),
    { numRuns: 500, seed: 1_997 },
  );
  expect(seen.needed).toBeGreaterThan(20);
  expect(seen.fails).toBeGreaterThan(100);
  expect(seen.models).toBeGreaterThan(100);
});

function someModel(chance: () => boolean): Model {
  const size = 1 + Number(chance()) + Number(chance());
  const relation = () => Relation.where(size, size, chance);
  const some = () => new Set([0, 1, 2].filter((state) => state < size && chance()));
  return {
    states: Array.from({ length: size }, () => '*'),
    letters: new Map(['p', 'q', 'r'].map((name) => [name, relation()])),
    tests: new Map(['b', 'c'].map((name) => [name, some()])),
  };
}
