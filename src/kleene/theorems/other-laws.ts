/**
 * What Argosy says of relations that is no theorem here: mistakes that look like laws, each with
 * finite relations that refute it; and laws that speak of all relations of a family at once, of the
 * greatest relation, or of states. These are tested on finite relations, which proves them of no
 * others.
 */

import { smallModel } from '../models/find.ts';
import type { Model } from '../models/model.ts';
import { Random } from '../models/random.ts';
import { Relation } from '../models/relations.ts';
import { parseEquation } from '../notation/parse.ts';
import { parseSignature } from '../terms/signature.ts';
import { Terms } from '../terms/term.ts';
import { inclusions, type Law } from './laws.ts';

const valued = ['p : S -> S!V', 'q : S -> S', 'any : S -> S!V'];

/** With the name of the law that it is mistaken for. */
export const falseLaws: readonly Law[] = [
  {
    ...{ name: 'seq_sliding, back', says: 'p; ((q p;1)* any) <= (p; q)* p', types: valued },
    given: ['1 <= 1;1 any', 'any;1 = 1'],
    note: 'a star that takes no step answers with any value',
  },
  {
    ...{ name: 'bind_identity, of no value', says: 'any; q = q', types: valued },
    given: ['any;1 <= 1'],
    note: 'an identity that can answer with nothing stops',
  },
  {
    ...{ name: 'bind_right_id_unit, of many values', says: '1;1 any = 1', types: valued },
    given: ['any;1 = 1'],
    note: 'a value that is put back need not be the one that was dropped',
  },
  { name: 'denesting, one after the other', says: '(p + q)* = p* q*' },
  { name: 'seq_unit_sliding, of the wrong factor', says: '(p q)* p = p (p q)*' },
  {
    ...{ name: 'simulation_seq, from the other side', says: 'p q* <= r* p' },
    given: ['r p <= p q'],
  },
  {
    ...{ name: 'seq_star_invariant, from after', says: '[p] r* <= [p] r* [p]' },
    given: ['r [p] <= [p] r'],
  },
  { name: 'star_ind, without its base', says: 'r* <= x', given: ['r x <= x'] },
  {
    name: 'exec_recover_bind, recoveries in the wrong order',
    says: '(c + r d)* (z r) = c* r (d c* r)* z',
  },
  {
    name: 'exec_recover_bind, a crash is forgotten',
    says: '(c + r d)* r z <= c* r z',
  },
];

/** Relations in which what is given holds, and the law does not; undefined if none are found. */
export function refutation({ says, given = [], types = [] }: Law, seed = 2026): Model | undefined {
  const terms = new Terms();
  const signature = parseSignature(types);
  const [fails, ...others] = [says, ...given].map((one) => parseEquation(terms, one, signature));
  if (!fails) return undefined;
  const plain = others.flatMap((one) =>
    inclusions(one).map((two) => ({ ...two, relation: '<=' as const })),
  );
  const found = inclusions(fails).map((one) =>
    smallModel({ holds: plain, fails: { ...one, relation: '<=' }, run: one.left }, seed),
  );
  return found.find((model) => model);
}

/** Four states, or eight of which two have the same state with different values. */
const size = 4;

export interface Tried {
  readonly p: Relation;
  readonly q: Relation;
  readonly r: Relation;
  /** A value for each state. */
  readonly values: readonly number[];
}

export interface TestedLaw {
  readonly name: string;
  readonly says: string;
  readonly why: string;
  readonly holds: (tried: Tried) => boolean;
}

const power = (r: Relation, n: number): Relation =>
  n === 0 ? Relation.identity(size) : r.compose(power(r, n - 1));
const family = 'speaks of a whole family of relations';
const greatest = 'speaks of the greatest relation';
const states = 'speaks of states';
const any = Relation.full(size);

export const testedLaws: readonly TestedLaw[] = [
  {
    name: 'rel_forall_intro',
    says: 'r <= P x for every x gives r <= the intersection of all P x',
    why: family,
    holds: ({ p, q, r }) => !(r.within(p) && r.within(q)) || r.within(p.intersection(q)),
  },
  {
    name: 'to_any',
    says: 'r <= any',
    why: greatest,
    holds: ({ p }) => p.within(any),
  },
  {
    name: 'identity_to_any',
    says: '1_t <= any',
    why: greatest,
    holds: () => Relation.identity(size).within(any),
  },
  {
    name: 'any_idem',
    says: 'any any <= any',
    why: greatest,
    holds: () => any.compose(any).within(any),
  },
  {
    name: 'reads_identity',
    says: 'to read something of a state, and to forget it, changes nothing',
    why: states,
    holds: ({ values }) => {
      const reads = Relation.where(size, 2 * size, (from, to) => to === 2 * from + values[from]!);
      return reads.within(Relation.where(size, 2 * size, (from, to) => to >> 1 === from));
    },
  },
  {
    name: 'seq_rep_n',
    says: 'r^0 = 1, r^(n+1) = r r^n',
    why: family,
    holds: ({ p }) => power(p, 3).equals(p.compose(p).compose(p)),
  },
  {
    name: 'seq_star_inv_rep_n',
    says: 'who is related by r* is related by some r^n',
    why: family,
    holds: ({ p }) => p.star().within(powers(p)),
  },
  {
    name: 'seq_star_alt',
    says: 'r* relates what some r^n relates',
    why: family,
    holds: ({ p }) => p.star().equals(powers(p)),
  },
  {
    name: 'seq_star_rep_n_ind',
    says: 'p q^n <= r for every n gives p q* <= r',
    why: family,
    holds: ({ p, q, r }) =>
      ![0, 1, 2, 3, 4].every((n) => p.compose(power(q, n)).within(r)) ||
      p.compose(q.star()).within(r),
  },
];

const powers = (r: Relation): Relation =>
  [0, 1, 2, 3].map((n) => power(r, n)).reduce((all, one) => all.union(one));

/** How many random relations a law holds of before it fails; all of them, if it does not. */
export function triedOn(law: Pick<TestedLaw, 'holds'>, many = 500, seed = 2026): number {
  const random = new Random(seed);
  const relation = () => {
    const dense = random.below(100);
    return Relation.where(size, size, () => random.below(100) < dense);
  };
  for (let tried = 0; tried < many; tried++) {
    const values = Array.from({ length: size }, () => random.below(2));
    if (!law.holds({ p: relation(), q: relation(), r: relation(), values })) return tried;
  }
  return many;
}
