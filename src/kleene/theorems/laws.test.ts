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

const valued = ['p : S -> S!V', 'q : S -> S', 'any : S -> S!V'];
test.for<[string, string, string[], string[]]>([
  [
    'sliding back, when a star answers with any value',
    'p; ((q p;1)* any) <= (p; q)* p',
    valued,
    ['1 <= 1;1 any', 'any;1 = 1'],
  ],
  ['an identity of no value changes nothing', 'any; q = q', valued, ['any;1 <= 1']],
  ['a value that is put back is the same', '1;1 any = 1', valued, ['any;1 = 1']],
  ['stars of a choice one after the other', '(p + q)* = p* q*', [], []],
  ['sliding the wrong factor', '(p q)* p = p (p q)*', [], []],
  ['simulation from the other side', 'p q* <= r* p', [], ['r p <= p q']],
  ['an invariant from after', '[p] r* <= [p] r* [p]', [], ['r [p] <= [p] r']],
  ['induction without its base', 'r* <= x', [], ['r x <= x']],
  ['recoveries in the wrong order', '(c + r d)* (z r) = c* r (d c* r)* z', [], []],
  ['a crash in the upper recovery is forgotten', '(c + r d)* r z <= c* r z', [], []],
])('no law: %s', ([, says, types, given]) => {
  const model = violation(says, given, types);
  expect(model).toBeDefined();
  expect(() => proveLaw({ name: 'none', says, given, types })).toThrow('no proof is found');
});

/**
 * Not derivable: these speak of all relations of a family at once, of the greatest relation, or of
 * states. They are tested on finite relations, which proves them of no others.
 */
const size = 4;
const pairs = fc.subarray([...Relation.full(size)]).map((some) => Relation.of(size, size, some));
const power = (r: Relation, n: number): Relation =>
  n === 0 ? Relation.identity(size) : r.compose(power(r, n - 1));
const functions = fc.array(fc.nat(1), { minLength: size, maxLength: size });
type Concrete = (p: Relation, q: Relation, r: Relation, f: readonly number[]) => boolean;
const concrete: readonly (readonly [string, Concrete])[] = [
  ['rel_forall_intro', (p, q, r) => !(r.within(p) && r.within(q)) || r.within(p.intersection(q))],
  [
    'seq_star_rep_n_ind',
    (p, q, r) =>
      ![0, 1, 2, 3, 4].every((n) => p.compose(power(q, n)).within(r)) ||
      p.compose(q.star()).within(r),
  ],
  [
    'seq_star_alt, seq_star_inv_rep_n',
    (p) =>
      [0, 1, 2, 3]
        .map((n) => power(p, n))
        .reduce((all, one) => all.union(one))
        .equals(p.star()),
  ],
  ['to_any', (p) => p.within(Relation.full(size))],
  ['identity_to_any', () => Relation.identity(size).within(Relation.full(size))],
  ['any_idem', () => Relation.full(size).compose(Relation.full(size)).within(Relation.full(size))],
  // A state with one of two values is 2 * state + value.
  [
    'reads_identity',
    (_p, _q, _r, f) => {
      const reads = Relation.where(size, 2 * size, (from, to) => to === 2 * from + f[from]!);
      return reads.within(Relation.where(size, 2 * size, (from, to) => to >> 1 === from));
    },
  ],
];
test.for(concrete)('of finite relations only: %s', ([, law]) => {
  const failed = fc.check(fc.property(pairs, pairs, pairs, functions, law), { numRuns: 500, seed });
  expect(failed.counterexample).toBeNull();
});
test.for<readonly [string, Concrete]>([
  ['a lower bound of one of two', (p, q, r) => !r.within(p) || r.within(p.intersection(q))],
  [
    'too few repetitions',
    (p, q, r) =>
      ![0, 1].every((n) => p.compose(power(q, n)).within(r)) || p.compose(q.star()).within(r),
  ],
  ['a star of two steps', (p) => power(p, 0).union(p).union(power(p, 2)).equals(p.star())],
])('not even of finite relations: %s', ([, law]) => {
  const { failed } = fc.check(fc.property(pairs, pairs, pairs, functions, law), {
    ...{ numRuns: 5000, seed },
  });
  expect(failed).toBe(true);
});
