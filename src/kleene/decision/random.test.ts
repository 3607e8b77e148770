/** Random terms, decided twice: by derivatives, and by the plainest automaton there is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate, holdsIn, type Model, modelOf } from '../models/model.ts';
import { Relation } from '../models/relations.ts';
import { type Equation, parseTerm } from '../notation/parse.ts';
import { print } from '../notation/print.ts';
import { usual } from '../terms/limit.ts';
import type { Formula, Term } from '../terms/term.ts';
import { Terms } from '../terms/term.ts';
import { faultOf } from './certificate.ts';
import { decide } from './decide.ts';

const seed = 20_26;
const runs = (count: number) => ({ numRuns: count, seed });

const formula = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('b', 'c', '0', '1'),
    tie('any').map((one) => `!(${one})`),
    fc.tuple(tie('any'), fc.constantFrom('&', '|'), tie('any')).map((parts) => parts.join('')),
  ),
}));

const text = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('p', 'q', 'p', 'q', '0', '1'),
    formula.any.map((one) => `[${one}]`),
    tie('any').map((one) => `(${one})*`),
    fc.tuple(tie('any'), tie('any')).map(([left, right]) => `(${left})(${right})`),
    fc.tuple(tie('any'), tie('any')).map(([left, right]) => `(${left})+(${right})`),
  ),
}));

/** Terms, and others that equal them by a law. */
const related = fc
  .tuple(text.any, text.any, text.any)
  .chain(([p, q, r]) =>
    fc.constantFrom(
      [`(${p}+${q})*`, `(${p})*((${q})(${p})*)*`],
      [`((${p})(${q}))*(${p})`, `(${p})((${q})(${p}))*`],
      [`[b](${p})+[!b](${p})+(${q})`, `(${p})+(${q})`],
      [`(${p})((${q})(${r}))`, `(${p})(${q})(${r})`],
      [`(${p})((${q})+(${r}))`, `(${p})(${q})+(${p})(${r})`],
      [p, `(${p})+(${q})`],
      [p, q],
    ),
  );

test('a term that is printed is read back as the same term', () => {
  fc.assert(
    fc.property(text.any, (one) => {
      const terms = new Terms();
      const term = parseTerm(terms, one);
      expect(parseTerm(terms, print(term))).toBe(term);
    }),
    runs(500),
  );
});

test.for([
  ['as they are', undefined],
  ['with their states compared first', 0],
] as const)('two procedures agree, also on the length of a shortest word: %s', ([, patience]) => {
  const seen = { holds: 0, fails: 0, undecided: 0 };
  fc.assert(
    fc.property(related, fc.constantFrom('=', '<='), ([one = '', other = ''], relation) => {
      const equation = equationOf(one, relation as '=' | '<=', other);
      const decision = decide(equation, usual, patience);
      seen[decision.kind]++;
      const distance = difference(equation);
      if (decision.kind === 'fails') {
        expect(decision.word.steps.length).toBe(distance);
        const model = modelOf(decision.word, equation, []);
        expect(holdsIn(equation, model)).toBe(false);
      } else {
        expect({ kind: decision.kind, distance }).toEqual({ kind: 'holds', distance: undefined });
        if (decision.kind === 'holds') expect(faultOf(decision.certificate)).toBeUndefined();
      }
    }),
    runs(600),
  );
  expect(seen.undecided).toBe(0);
  expect(Math.min(seen.holds, seen.fails)).toBeGreaterThan(50);
});

test('no certificate is accepted for what does not hold', () => {
  const outcomes = { kept: 0, refused: 0 };
  fc.assert(
    fc.property(related, fc.infiniteStream(fc.nat(1_000)), ([one = '', other = ''], numbers) => {
      const next = () => numbers.next().value ?? 0;
      const equation = equationOf(one, '=', other);
      const found = decide({ ...equation, right: equation.left });
      const decision = decide(equation);
      const base = decision.kind === 'holds' ? decision : found;
      if (base.kind !== 'holds') throw new Error('a term does not equal itself');
      const { states, pairs } = base.certificate;
      const all = [...states, { head: equation.left }, { head: equation.right }];
      const some = () => all.flatMap((_, state) => (next() % 3 === 0 ? [state] : []));
      const kept = pairs.filter(() => next() % 4 !== 0);
      const forged = [
        ...kept,
        [some(), some()] as const,
        [[all.length - 2], [all.length - 1]] as const,
      ];
      const fault = faultOf({ equation, states: all, pairs: forged });
      if (fault === undefined) {
        outcomes.kept++;
        expect(decision.kind).toBe('holds');
      } else outcomes.refused++;
    }),
    runs(1_000),
  );
  expect(Math.min(outcomes.kept, outcomes.refused)).toBeGreaterThan(100);
});

test('what holds, holds of random relations', () => {
  let tried = 0;
  fc.assert(
    fc.property(
      related,
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.nat(99)),
      (pair, size, numbers) => {
        const [one = '', other = ''] = pair;
        const equation = equationOf(one, '=', other);
        if (decide(equation).kind !== 'holds') return;
        tried++;
        const chance = () => (numbers.next().value ?? 0) < 35;
        const relation = () => Relation.where(size, size, chance);
        const some = () => new Set(Array.from({ length: size }, (_, i) => i).filter(chance));
        const model: Model = {
          states: Array.from({ length: size }, () => '*'),
          letters: new Map([
            ['p', relation()],
            ['q', relation()],
          ]),
          tests: new Map([
            ['b', some()],
            ['c', some()],
          ]),
        };
        expect(evaluate(equation.left, model).equals(evaluate(equation.right, model))).toBe(true);
      },
    ),
    runs(600),
  );
  expect(tried).toBeGreaterThan(200);
});

function equationOf(left: string, relation: '=' | '<=', right: string): Equation {
  const terms = new Terms();
  return { relation, left: parseTerm(terms, left), right: parseTerm(terms, right) };
}

/** An automaton with silent steps that may ask for a test (Thompson). */
interface Machine {
  readonly silent: [number, number, Formula | undefined][];
  readonly steps: [number, string, number][];
  states: number;
}

function build(machine: Machine, term: Term, from: number, to: number): void {
  const fresh = () => machine.states++;
  if (term.kind === 'one') machine.silent.push([from, to, undefined]);
  else if (term.kind === 'test') machine.silent.push([from, to, term.formula]);
  else if (term.kind === 'letter') machine.steps.push([from, term.name, to]);
  else if (term.kind === 'product') {
    const middle = fresh();
    build(machine, term.left, from, middle);
    build(machine, term.right, middle, to);
  } else if (term.kind === 'choice') {
    build(machine, term.left, from, to);
    build(machine, term.right, from, to);
  } else if (term.kind === 'star') {
    const middle = fresh();
    machine.silent.push([from, middle, undefined], [middle, to, undefined]);
    build(machine, term.body, middle, middle);
  }
}

const atoms = [0, 1, 2, 3].map((bits) => ({ b: (bits & 1) === 1, c: (bits & 2) === 2 }));

function truth(formula: Formula, atom: Readonly<Record<string, boolean>>): boolean {
  if (formula.kind === 'name') return atom[formula.name] ?? false;
  if (formula.kind === 'not') return !truth(formula.body, atom);
  if (formula.kind === 'and') return truth(formula.left, atom) && truth(formula.right, atom);
  if (formula.kind === 'or') return truth(formula.left, atom) || truth(formula.right, atom);
  return formula.kind === 'true';
}

/** The letters of a shortest word of one side only, with every combination of tests in turn. */
function difference({ relation, left, right }: Equation): number | undefined {
  const machine: Machine = { silent: [], steps: [], states: 4 };
  build(machine, left, 0, 1);
  build(machine, right, 2, 3);
  const closed = (states: readonly number[], atom: (typeof atoms)[number]) => {
    const all = new Set(states);
    for (const state of all)
      for (const [from, to, test] of machine.silent)
        if (from === state && (!test || truth(test, atom))) all.add(to);
    return all;
  };
  const seen = new Set<string>();
  let level: (readonly [number[], number[]])[] = [[[0], [2]]];
  for (let distance = 0; level.length > 0; distance++) {
    const next: typeof level = [];
    for (const [one, other] of level) {
      if (seen.has(`${one}|${other}`)) continue;
      seen.add(`${one}|${other}`);
      for (const atom of atoms) {
        const first = closed(one, atom);
        const second = closed(other, atom);
        if (first.has(1) && !second.has(3)) return distance;
        if (relation === '=' && second.has(3) && !first.has(1)) return distance;
        for (const name of ['p', 'q']) {
          const after = (all: ReadonlySet<number>) =>
            [
              ...new Set(
                machine.steps.flatMap(([from, letter, to]) =>
                  letter === name && all.has(from) ? [to] : [],
                ),
              ),
            ].sort((x, y) => x - y);
          next.push([after(first), after(second)]);
        }
      }
    }
    level = next;
  }
  return undefined;
}
