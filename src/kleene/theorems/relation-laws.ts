/**
 * The laws of output relations that Argosy (Chajed and others, 2019) proves by hand, in the
 * notation of this algebra. `k v` for a value v is a step from states with values, `S!V -> T`;
 * `1_v` is a letter `S -> S!V`; `r^+` is `r r*`; `bs k v` is `v k*`. Where a law needs a value
 * type that is inhabited, or has one value only, that is a hypothesis here.
 */
import type { Law } from './laws.ts';

const law = (name: string, says: string, more: Omit<Law, 'name' | 'says'> = {}): Law => ({
  ...{ name, says },
  ...more,
});
const of = (name: string, says: string, ...given: string[]): Law => ({ name, says, given });
/** The same law by other names. */
const known = (one: Law, ...also: string[]): Law => ({ ...one, also });

/** One step from S to S!U, where U has one value: to drop it and to put it back changes nothing. */
const unit = {
  given: ['1;1 put = 1'],
  types: ['put : S -> S!U'],
};
const valued = ['p : S -> S!V', 'q : S -> S', 'r : S -> S!V'];

export const order: readonly Law[] = [
  of('rimpl_refl', 'r <= r'),
  of('rimpl_preorder', 'r <= t', 'r <= s', 's <= t'),
  of('requiv_refl', 'r = r'),
  of('requiv_equivalence', 'r = t', 'r = s', 's = t'),
  of('requiv symmetric', 's = r', 'r = s'),
  of('rimpl_requiv_sub', 'r <= s', 'r = s'),
  known(of('rimpl_to_requiv', 'r = s', 'r <= s', 's <= r'), 'requiv_to_rimpls'),
  of('requiv_to_rimpl1', 'r <= s', 'r = s'),
  of('requiv_to_rimpl2', 's <= r', 'r = s'),
  of('rimpl_or', 'r + s = s', 'r <= s'),
  of('rel_or_to_rimpl', 'r <= s', 'r + s = s'),
  of('rimpl_proper_basics_flip', "r' <= s'", "r' <= r", 'r <= s', "s <= s'"),
  known(
    of('rimpl_equiv_proper', "r' <= s'", "r = r'", "s = s'", 'r <= s'),
    'rimpl_equiv_applied_proper',
  ),
];

export const choice: readonly Law[] = [
  of('rel_or_symmetric', 'r + s = s + r'),
  of('rel_or_assoc', 'r + (s + t) = (r + s) + t'),
  of('rel_or_idem', 'r + r = r'),
  of('rel_or_introl', 'r <= r + s'),
  of('rel_or_intror', 's <= r + s'),
  of('rel_or_monotonic', 'r + t <= s + t', 'r <= s'),
  of('rel_or_elim', 'r + s <= t', 'r <= t', 's <= t'),
  of('rel_or_elim_rx', '(r + s) k <= t', 'r k <= t', 's k <= t'),
  of('or_respects_equiv', "r + s = r' + s'", "r = r'", "s = s'"),
  of('or_respects_impl', "r + s <= r' + s'", "r <= r'", "s <= s'"),
];

export const bind: readonly Law[] = [
  law('bind_left_id', 'o k = o k', {
    types: ['o : S -> S!V', 'k : S!V -> T'],
    note: 'k at the value o is written o k here, so there is nothing to prove',
  }),
  law('bind_right_id', 'r 1 = r', { types: valued }),
  law('bind_right_id_unit', 'r; put = r', {
    ...{ given: unit.given, types: [...unit.types, 'r : S -> S!U'] },
  }),
  law('bind_unit', 'p k = p; (put k)', {
    ...{ given: unit.given, types: [...unit.types, 'p : S -> S!U', 'k : S!U -> T'] },
  }),
  law('bind_assoc', '(r k) h = r (k h)', {
    types: ['r : S -> S!V', 'k : S!V -> T!W', 'h : T!W -> U'],
  }),
  of('bind_dist_r', '(r + s) k = r k + s k'),
  of('bind_dist_l', 'r (k + h) = r k + r h'),
  known(
    of('and_then_monotonic', "r k <= r' k'", "r <= r'", "k <= k'"),
    'and_then_respectful',
    'and_then_pointwise',
  ),
  of('and_then_monotonic_r', "r k <= r' k", "r <= r'"),
  of('and_then_monotonic_wit', "r k <= r' k'", "r <= r'", 'r <= r [w]', "[w] k <= [w] k'"),
  known(of('and_then_equiv_cong', "r k = r' k'", "r = r'", "k = k'"), 'and_then_respectful_equiv'),
  of('and_then_cong_l', "r k = r' k", "r = r'"),
  of('and_then_cong_r', "r k = r k'", "k = k'"),
  law('bind_identity1', 'any; r <= r', {
    ...{ given: ['any;1 <= 1'], types: ['any : S -> S!V', 'r : S -> T'] },
  }),
  law('bind_identity', 'any; r = r', {
    ...{ given: ['any;1 = 1'], types: ['any : S -> S!V', 'r : S -> T'] },
    note: 'any;1 = 1 says that the value type is inhabited',
  }),
  law('unit_identity', 'any = put', {
    ...{ given: ['1;1 put = 1', 'any;1 = 1'], types: [...unit.types, 'any : S -> S!U'] },
  }),
  of('rimpl_rx', 'r k <= s k', 'r <= s'),
];

export const tests: readonly Law[] = [
  of('test_to_id', '[p] <= 1'),
  known(of('test_and', '[p] [q] = [p & q]'), 'pred_and'),
  of('test_idem', '[p] [p] = [p]'),
  of('test_identity', '1 = [1]'),
];

export const star: readonly Law[] = [
  of('star_ind', 'r* <= x', '1 <= x', 'r x <= x'),
  of('star_expand', 'r* = 1 + r r*'),
  of('seq_star1', 'r r* <= r*'),
  of('seq_star_fold', "r' r* <= r*", "r' <= r"),
  of('seq_star_none', '1 <= r*'),
  known(of('seq_star_one', 'r <= r*'), 'star_one'),
  of('star_duplicate', 'r* = r* r*'),
  known(of('star_monotonic', 'r* <= s*', 'r <= s'), 'seq_star_respectful'),
  known(of('star_congruent', 'r* = s*', 'r = s'), 'seq_star_equiv_respectful'),
  law('seq_star_ind_l', 'p* q <= x', {
    ...{ given: ['q + p x <= x'], types: ['p : S -> S', 'q : S -> T', 'x : S -> T'] },
    lemmas: ['q <= x', 'p x <= x'],
  }),
  law('seq_star_lr', 'r* = s', {
    given: ['1 <= s', 's r <= s', 's <= r*'],
    note: 's unrolls from the right; s <= r* is its own induction, for r*',
  }),
  of('denesting', '(r + s)* = r* (s r*)*'),
  law('seq_sliding', '(p; q)* p <= p; ((q p;1)* any)', {
    types: [...valued, 'any : S -> S!V'],
    given: ['1 <= 1;1 any'],
    note: 'any answers with every value, as a star at a value type does after no step',
  }),
  of('seq_unit_sliding', 'p (q p)* <= (p q)* p'),
  law('seq_sliding_precise', '(p; q)* p = p + p; ((q p;1)* (q p))', {
    ...{ types: valued, lemmas: ['p; (q p;1)* <= (p; q)* p;1'] },
  }),
];

export const plus: readonly Law[] = [
  of('plus_one', 'r <= r r*'),
  of('plus_expand', 'r r* = r + r (r r*)'),
  of('plus_expand_r', 'r r* = r + (r r*) r'),
  known(of('seq_plus_lr', 'r r* = r* r'), 'seq_plus_r'),
  of('seq_plus_to_seq_star', '(p p*) r = p (p* r)'),
  law('seq_plus_precise', '((p; q) (p; q)*) p = p; ((q p;1)* (q p))', {
    types: valued,
    lemmas: ['(p; q)* p <= p + p; ((q p;1)* (q p))', 'p; (q p;1)* <= (p; q)* p;1'].concat(
      '(p; q)* (p; q) <= (p; q) (p; q)*',
    ),
  }),
];

const threaded = ['v : S -> S!V', 'k : S!V -> S!V', "k' : S!V -> S!V"];
const bindStar: readonly Law[] = [
  law('seq_star_to_bind_star', 'r* = put (1;1 r put)*;1', {
    given: ['put;1 = 1'],
    types: [...unit.types, 'r : S -> S'],
    lemmas: ['put (1;1 r put)* <= r* put'],
  }),
  law('bind_star_unit', 'put k* = (put k;1)* put', {
    ...{ given: unit.given, types: [...unit.types, 'k : S!U -> S!U'] },
  }),
  law('bind_star_expand', 'v + (v k) k* = v k*', { types: threaded }),
  law('bind_star_expand_r', 'v + (v k*) k = v k*', { types: threaded }),
  law('bind_star_lr', 'v k* = s', {
    types: [...threaded, 's : S -> S!V'],
    given: ['v <= s', 's k <= s', 's <= v k*'],
    note: 's unrolls from the right; s <= v k* is its own induction, for v k*',
  }),
  law('bind_star_ind_r', 'q p* <= x', {
    types: ['q : S -> S!V', 'p : S!V -> S!V', 'x : S -> S!V'],
    given: ['q + x p <= x'],
    lemmas: ['q <= x', 'x p <= x'],
  }),
  law('bind_sliding', '(p q)* p = p (q p)*', { types: ['p : S -> S!V', 'q : S!V -> S'] }),
  law('bind_star_congruent', "v k* = v k'*", {
    ...{ types: threaded, given: ["k = k'"] },
    also: ['bind_star_fun_ext', 'bind_star_equiv_respectful'],
  }),
  law('bind_star_respectful', "v k* <= v k'*", { types: threaded, given: ["k <= k'"] }),
];

export const simulation: readonly Law[] = [
  law('simulation_seq', 'p q* <= r* p', {
    types: ['p : A -> C', 'q : C -> C', 'r : A -> A'],
    given: ['p q <= r p'],
  }),
  law('simulation_seq_value', 'p (q;1)* anyC <= (r;1)* anyA pV', {
    types: ['p : A -> C', 'pV : A!V -> C!V', 'q : C -> C!V', 'r : A -> A!V'].concat(
      ...['anyC : C -> C!V', 'anyA : A -> A!V'],
    ),
    given: ['p q <= r pV', 'pV;1 <= 1; p', 'p anyC <= anyA pV'],
    lemmas: ['p (q;1) <= (r;1) p', 'p (q;1)* <= (r;1)* p'],
    note: 'pV is p beside a value; the last two hypotheses say that it leaves the value alone',
  }),
  of('seq_star_invariant', '[p] r* <= [p] r* [p]', '[p] r <= [p] r [p]'),
  of('any_seq_star_any', 'any any* <= any', 'any any <= any'),
  of('seq_star_mid_invariant', 'q [p] r* <= q [p]', '[p] r <= q [p]', 'q q* <= q'),
];

export const relationLaws: readonly Law[] = [
  ...[order, choice, bind, tests, star, plus, bindStar, simulation].flat(),
];
