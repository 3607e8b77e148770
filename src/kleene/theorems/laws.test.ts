/**
 * The laws are theorems; what they need they need, for without it a finite relation violates them;
 * and what looks like a law and is none has a finite relation as well.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dropsAreFunctions, holdsIn, type Model } from '../models/model.ts';
import { Relation } from '../models/relations.ts';
import { type Equation, parseEquation } from '../notation/parse.ts';
import { parseSignature } from '../terms/signature.ts';
import { type Sort, single, Terms } from '../terms/term.ts';
import { dropped } from '../terms/walk.ts';
import { inclusions, proveLaw } from './laws.ts';
import { falseLaws, refutation, type TestedLaw, testedLaws, triedOn } from './other-laws.ts';
import { recoveryLaws } from './recovery-laws.ts';
import { relationLaws } from './relation-laws.ts';

const laws = [...relationLaws, ...recoveryLaws];
const seed = 20_26;

/** Random models in which a state with a value has the state without it. */
function models(types: readonly string[], names: readonly string[]): fc.Arbitrary<Model> {
  const typed = types.map((line) => line.split(/\s*(?::|->)\s*/) as [string, Sort, Sort]);
  const letters = types.length > 0 ? typed : names.map((name) => [name, single, single] as const);
  const sorts = [...new Set(letters.flatMap(([, source, target]) => [source, target]))];
  const plain = [...new Set(sorts.map((sort) => sort.split('!')[0] as Sort))];
  const all = [...new Set([...plain, ...sorts])];
  if (all.length === 0) all.push(single);
  return fc.array(fc.constantFrom(...all), { maxLength: 3 }).chain((more) => {
    const states = [...all, ...more];
    const places = [...states.keys()];
    const within = (sort: Sort) => places.filter((place) => states[place] === sort);
    const drops = places.map((place) => {
      const [sort, value] = (states[place] as Sort).split('!') as [Sort, string?];
      return value ? fc.constantFrom(...within(sort)) : fc.constant(-1);
    });
    const steps = letters.map(([, source, target]) => {
      const pairs = within(source).flatMap((from) =>
        within(target).map((to) => [from, to] as const),
      );
      return fc.subarray(pairs).map((some) => Relation.of(states.length, states.length, some));
    });
    const tests = names.map(() => fc.subarray(places).map((some) => new Set(some)));
    return fc
      .tuple(fc.tuple(...drops), fc.tuple(...steps), fc.tuple(...tests))
      .map(([dropping, relations, holding]) => {
        const pairs = dropping.flatMap((to, from) => (to < 0 ? [] : [[from, to] as const]));
        const drop = Relation.of(states.length, states.length, pairs);
        const named = letters.map(([name], i) => [name, relations[i] as Relation] as const);
        return {
          states,
          letters: new Map([...named, [dropped, drop]]),
          tests: new Map(names.map((name, i) => [name, holding[i] as Set<number>])),
        };
      });
  });
}

function violation(
  says: string,
  given: readonly string[],
  types: readonly string[] = [],
  tries = 30_000,
): Model | undefined {
  const terms = new Terms();
  const signature = parseSignature(types);
  const read = (text: string) => parseEquation(terms, text, signature);
  const [goal, ...hypotheses] = [says, ...given].map(read) as [Equation, ...Equation[]];
  const names = new Set([says, ...given].flatMap((text) => text.match(/[A-Za-z_][\w']*/g) ?? []));
  const property = fc.property(models(types, [...names]), (model) => {
    if (!dropsAreFunctions(model)) throw new Error('the model is none');
    return !hypotheses.every((one) => holdsIn(one, model)) || holdsIn(goal, model);
  });
  return fc.check(property, { numRuns: tries, seed }).counterexample?.[0];
}

test.for(laws)('$name: $says', (law) => {
  const { kernel, says, given, theorems } = proveLaw(law);
  const allowed = given.flatMap((one) => inclusions(one));
  const shown = theorems.map(({ left, right }) => ({ left, right }));
  expect(shown).toEqual(inclusions(says));
  for (const theorem of theorems) {
    expect(kernel.proved(theorem)).toBe(true);
    for (const { left, right } of theorem.hypotheses)
      expect(allowed.some((one) => one.left === left && one.right === right)).toBe(true);
  }
  expect(violation(law.says, law.given ?? [], law.types, 300)).toBeUndefined();
});

test.for(
  laws.flatMap((law) => (law.given ?? []).map((_, i) => ({ ...law, without: law.given?.[i], i }))),
)('$name needs $without', ({ says, given = [], types, i }) => {
  const others = given.filter((_, other) => other !== i);
  expect(violation(says, others, types)).toBeDefined();
});

test.for(falseLaws)('no law: $name', (law) => {
  const { says, given = [], types } = law;
  const model = refutation(law);
  if (!model) return expect.fail('no relations are found that refute it');
  const terms = new Terms();
  const read = (text: string) => parseEquation(terms, text, parseSignature(types ?? []));
  expect(dropsAreFunctions(model)).toBe(true);
  expect(given.map((one) => holdsIn(read(one), model))).toEqual(given.map(() => true));
  expect(holdsIn(read(says), model)).toBe(false);
  expect(() => proveLaw(law)).toThrow('no proof is found');
});

test.for(testedLaws)('of finite relations only: $name', (law) => {
  expect(triedOn(law)).toBe(500);
});

const power = (r: Relation, n: number): Relation =>
  n === 0 ? Relation.identity(r.rows) : r.compose(power(r, n - 1));
test.for<readonly [string, TestedLaw['holds']]>([
  ['a lower bound of one of two', ({ p, q, r }) => !r.within(p) || r.within(p.intersection(q))],
  [
    'too few repetitions',
    ({ p, q, r }) =>
      ![0, 1].every((n) => p.compose(power(q, n)).within(r)) || p.compose(q.star()).within(r),
  ],
  ['a star of two steps', ({ p }) => power(p, 0).union(p).union(power(p, 2)).equals(p.star())],
])('not even of finite relations: %s', ([, holds]) => {
  expect(triedOn({ holds }, 5000)).toBeLessThan(5000);
});

/** The names in src/Helpers/RelationAlgebra.v and RelationTheorems.v, but for tactics. */
const named = `
rimpl_preorder rimpl_refl requiv_equivalence requiv_refl rimpl_requiv_sub rimpl_to_requiv
requiv_to_rimpl1 requiv_to_rimpl2 requiv_to_rimpls rimpl_or rel_or_to_rimpl rel_forall_intro
rimpl_proper_basics_flip rimpl_equiv_proper rimpl_equiv_applied_proper rel_or_symmetric rel_or_assoc
rel_or_idem rel_or_introl rel_or_intror rel_or_monotonic rel_or_elim rel_or_elim_rx
or_respects_equiv or_respects_impl bind_left_id bind_right_id bind_right_id_unit bind_unit
bind_assoc bind_dist_r bind_dist_l and_then_monotonic and_then_monotonic_r and_then_monotonic_wit
and_then_equiv_cong and_then_cong_l and_then_cong_r and_then_respectful and_then_respectful_equiv
and_then_pointwise bind_identity1 bind_identity reads_identity unit_identity to_any identity_to_any
any_idem test_to_id test_and pred_and test_idem test_identity star_ind star_expand seq_star1
seq_star_fold seq_star_none seq_star_one star_one star_duplicate star_monotonic star_congruent
seq_star_respectful seq_star_equiv_respectful seq_star_ind_l seq_star_lr denesting seq_sliding
seq_unit_sliding seq_sliding_precise plus_one plus_expand plus_expand_r seq_plus_lr seq_plus_r
seq_plus_to_seq_star seq_plus_precise seq_star_to_bind_star bind_star_unit bind_star_expand
bind_star_expand_r bind_star_lr bind_star_ind_r bind_sliding bind_star_fun_ext bind_star_congruent
bind_star_respectful bind_star_equiv_respectful simulation_seq simulation_seq_value
seq_star_invariant any_seq_star_any seq_rep_n seq_star_inv_rep_n seq_star_alt seq_star_rep_n_ind
seq_star_mid_invariant rimpl_rx`;

test('every law that Argosy names is a theorem, or it is said that it was tested only', () => {
  const known = [...relationLaws, ...testedLaws].flatMap((law) => [
    law.name,
    ...('also' in law ? (law.also ?? []) : []),
  ]);
  const missing = named
    .trim()
    .split(/\s+/)
    .filter((name) => !known.includes(name));
  expect(missing).toEqual([]);
});
