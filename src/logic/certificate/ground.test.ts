/** Whatever steps are taken: what can hold together, can still hold together afterwards. */
import { describe, expect, test } from 'vitest';
import { evaluate, type Value } from '../evaluate.ts';
import {
  and,
  arrayOf,
  Bool,
  bitVector,
  constant,
  equal,
  exists,
  forall,
  fresh,
  iff,
  isQuantifier,
  ite,
  no,
  not,
  or,
  postorder,
  select,
  substitute,
  type Term,
  yes,
} from '../index.ts';
import { type Fact, Ground, Malformed, type Step } from './ground.ts';

const Bit = bitVector(1);
const Set1 = arrayOf(Bit, Bool);
const Relation = arrayOf(Bit, Set1);
const [p, q] = [constant('p', Bool), constant('q', Bool)];
const [a, b] = [constant('a', Bit), constant('b', Bit)];
const set = constant('set', Set1);
const relation = constant('relation', Relation);
const holds = (x: Term, y: Term): Term => select(select(relation, x), y);

type Values = Map<Term, Value>;

class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  values(): Values {
    const flag = () => this.below(2) === 0;
    const subset = (): Value => ({
      otherwise: flag(),
      entries: new Map(flag() ? [['0', flag()]] : []),
    });
    const all: Values = new Map([
      [p, flag()],
      [q, flag()],
    ] as [Term, Value][]);
    for (const each of [a, b]) all.set(each, BigInt(this.below(2)));
    all.set(set, subset());
    return all.set(relation, { otherwise: subset(), entries: new Map([['1', subset()]]) });
  }

  term(depth: number, scope: readonly Term[]): Term {
    if (depth > 0 && this.below(6) === 0)
      return ite(this.formula(depth - 1, scope), this.term(0, scope), this.term(0, scope));
    return this.pick([a, b, ...scope, ...scope, ...scope]);
  }

  formula(depth: number, scope: readonly Term[] = []): Term {
    const inner = () => this.formula(depth - 1, scope);
    const term = () => this.term(depth, scope);
    if (depth === 0)
      return this.pick([
        () => this.pick([p, q]),
        () => select(set, term()),
        () => holds(term(), term()),
        () => equal(term(), term()),
      ])();
    const quantified = (quantify: typeof forall) => () => {
      const more = Array.from({ length: 1 + this.below(2) }, () => fresh('x', Bit));
      return quantify(more, this.formula(depth - 1, [...scope, ...more]));
    };
    return this.pick([
      () => not(inner()),
      () => and(inner(), inner()),
      () => or(inner(), inner()),
      () => iff(inner(), inner()),
      () => ite(inner(), inner(), inner()),
      quantified(forall),
      quantified(exists),
      quantified(forall),
      quantified(exists),
    ])();
  }

  step(ground: Ground): Step | undefined {
    if (ground.quantifiers.length === 0) return undefined;
    const quantifier = this.below(ground.quantifiers.length);
    if (this.below(2) === 0) return { kind: 'witness', quantifier };
    const bits = [...ground.terms.entries()].flatMap(([at, { sort }]) =>
      sort === Bit ? [at] : [],
    );
    const { variables } = ground.quantifiers[quantifier]!;
    if (bits.length === 0) return undefined;
    return { kind: 'instance', quantifier, terms: variables.map(() => this.pick(bits)) };
  }
}

/** Values for what is new in a fact, so that it holds; undefined if there are none. */
function extended(ground: Ground, fact: Fact, values: Values): Values | undefined {
  const { formula, quantifiers, step } = fact;
  const own = step && ground.standIn(ground.quantifiers[step.quantifier]!);
  const standIns = new Set([...quantifiers.map((each) => ground.standIn(each)), own]);
  const free = postorder([formula, ...quantifiers.flatMap((each) => [...postorder(each.parts)])]);
  const bound = new Set(free.flatMap((each) => (isQuantifier(each) ? each.variables : [])));
  for (const each of quantifiers) for (const variable of each.variables) bound.add(variable);
  const unknown = free.filter(
    (each) =>
      each.operator === 'constant' && !values.has(each) && !bound.has(each) && !standIns.has(each),
  );
  for (let choice = 0; choice < 2 ** unknown.length; choice++) {
    const tried = new Map(values);
    unknown.forEach((each, at) => void tried.set(each, BigInt((choice >> at) & 1)));
    for (const each of quantifiers) tried.set(ground.standIn(each), evaluate(each, tried));
    if (evaluate(formula, tried) === true) return tried;
  }
  return undefined;
}

/** Takes random steps from formulas that hold; the facts, or what is wrong with them. */
function attack(seed: number): { readonly steps: number; readonly unsound: boolean } {
  const random = new Random(seed);
  let values: Values | undefined = random.values();
  const formulas = Array.from({ length: 3 }, () => {
    const formula = random.formula(3);
    return evaluate(formula, values!) === true ? formula : not(formula);
  });
  const ground = new Ground(formulas);
  for (let at = 0; at < 12; at++) {
    const step = random.step(ground);
    if (step === undefined) break;
    try {
      ground.take(step);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }
  for (const fact of ground.facts) {
    expect(postorder([fact.formula]).some(isQuantifier)).toBe(false);
    values = extended(ground, fact, values);
    if (values === undefined) return { steps: ground.facts.length, unsound: true };
  }
  return { steps: ground.facts.length, unsound: false };
}

describe('random steps', () => {
  test('never contradict formulas that can hold together', () => {
    const seed = Number(process.env.PLIMSOLL_SEED ?? Date.now() % 1_000_000);
    const results = Array.from({ length: 1000 }, (_, at) => ({ at, ...attack(seed + at) }));
    expect(results.filter(({ unsound }) => unsound).map(({ at }) => `seed ${seed + at}`)).toEqual(
      [],
    );
    // Most of them have something to go wrong with.
    expect(results.filter(({ steps }) => steps > 6).length).toBeGreaterThan(500);
  });
});

describe('what a step says', () => {
  const x = fresh('x', Bit);
  const y = fresh('y', Bit);
  const every = forall([x], select(set, x));
  const some = exists([x], select(set, x));

  test('an instance of what holds for all holds, if that does', () => {
    const ground = new Ground([or(every, p), equal(a, b)]);
    const { formula } = ground.take({
      kind: 'instance',
      quantifier: 0,
      terms: [number(ground, a)],
    });
    expect(formula).toBe(or(not(ground.standIn(quantifier(every))), select(set, a)));
  });

  test('and of what there is, it shows that there is', () => {
    const ground = new Ground([not(some), equal(a, b)]);
    const { formula } = ground.take({
      kind: 'instance',
      quantifier: 0,
      terms: [number(ground, a)],
    });
    expect(formula).toBe(or(ground.standIn(quantifier(some)), not(select(set, a))));
  });

  test('a witness is new, and there once', () => {
    const ground = new Ground([some]);
    const { formula } = ground.take({ kind: 'witness', quantifier: 0 });
    const witness = postorder([formula]).find(({ sort }) => sort === Bit)!;
    expect(witness).not.toBe(x);
    expect(formula).toBe(or(not(ground.standIn(quantifier(some))), select(set, witness)));
    expect(() => ground.take({ kind: 'witness', quantifier: 0 })).toThrow(Malformed);
  });

  test('each instance of an alternation has a witness of its own', () => {
    const other = forall([x], exists([y], not(equal(x, y))));
    const ground = new Ground([other, not(equal(a, b))]);
    ground.take({ kind: 'instance', quantifier: 0, terms: [number(ground, a)] });
    ground.take({ kind: 'instance', quantifier: 0, terms: [number(ground, b)] });
    const [one, two] = [1, 2].map((each) => ground.take({ kind: 'witness', quantifier: each }));
    const witnesses = [one, two].map((fact) =>
      postorder([fact!.formula])
        .filter(({ sort }) => sort === Bit)
        .at(-1),
    );
    expect(witnesses[0]).not.toBe(witnesses[1]);
  });

  test('one constant stands for a quantifier, wherever it is', () => {
    const ground = new Ground([ite(every, p, q), not(every), or(every, some)]);
    const stands = ground.standIn(quantifier(every));
    expect(ground.facts.map(({ formula }) => formula).slice(0, 2)).toEqual([
      ite(stands, p, q),
      not(stands),
    ]);
  });

  test('a variable that is also free elsewhere is not caught', () => {
    const ground = new Ground([forall([x], exists([y], holds(x, y))), select(set, y)]);
    const { quantifiers } = ground.take({
      ...{ kind: 'instance', quantifier: 0, terms: [number(ground, y)] },
    } as Step);
    const inner = quantifiers[0]!;
    expect(inner.variables[0]).not.toBe(y);
    const value = substitute(inner.parts[0]!, new Map([[inner.variables[0]!, a]]));
    expect(value).toBe(holds(y, a));
  });

  test.each<[string, Step]>([
    ['a quantifier that is not there', { kind: 'witness', quantifier: 1 }],
    ['a term that is not there', { kind: 'instance', quantifier: 0, terms: [99] }],
    ['too few terms', { kind: 'instance', quantifier: 0, terms: [] }],
    ['too many terms', { kind: 'instance', quantifier: 0, terms: [0, 0] }],
    ['a term of another sort', { kind: 'instance', quantifier: 0, terms: [0] }],
  ])('%s is refused', (_, step) => {
    const ground = new Ground([and(every, p)]);
    expect(ground.terms[0]!.sort).toBe(Bool);
    expect(() => ground.take(step)).toThrow(Malformed);
  });

  test('without quantifiers nothing is changed', () => {
    expect(new Ground([p, not(p), yes, no]).facts.map(({ formula }) => formula)).toEqual([
      p,
      not(p),
      yes,
      no,
    ]);
  });

  function number(ground: Ground, term: Term): number {
    const at = ground.terms.indexOf(term);
    expect(at).toBeGreaterThanOrEqual(0);
    return at;
  }

  function quantifier(term: Term) {
    if (!isQuantifier(term)) throw new Error('no quantifier');
    return term;
  }
});
