/**
 * Checks a proof that an equation follows from hypotheses: that every use of a hypothesis is an
 * instance of a lemma, and every equation that is left is shown by its certificate.
 */
import { type Certificate, faultOf } from '../decision/certificate.ts';
import { unsorted } from '../decision/decide.ts';
import type { Equation } from '../notation/parse.ts';
import { type Term, Terms } from '../terms/term.ts';
import { factors, lettersOf, rebuilt } from '../terms/walk.ts';
import { accepted, type Closure, isClosure } from './closure.ts';
import { type Elimination, eliminated, type Sorting, sortingOf } from './eliminate.ts';
import { consequences, simulation } from './lemmas.ts';
import { chunk, type Layer, spelled } from './simulate.ts';

export type Proof =
  | { readonly rule: 'equation'; readonly certificate: Certificate }
  | {
      readonly rule: 'elimination';
      readonly elimination: Elimination;
      readonly certificate: Certificate;
    }
  | {
      readonly rule: 'closure';
      readonly elimination: Elimination;
      /** One for each direction of the equation. */
      readonly closures: readonly Closed[];
    }
  | {
      readonly rule: 'simulation';
      readonly layers: readonly Layer[];
      /** That the sequences of each layer do what is asked of it. */
      readonly specified: readonly Certificate[];
      /** That the concrete side is among the sequences of the lowest layer. */
      readonly cover: Certificate;
    };

export interface Closed {
  readonly closure: Closure;
  /** That what the automaton accepts is within the larger side. */
  readonly base: Certificate;
  /** That the smaller side is within the closure. */
  readonly cover: Certificate;
}

/** Undefined if the proof shows that the goal follows; otherwise what is wrong with it. */
export function proofFault(
  goal: Equation,
  given: readonly Equation[],
  proof: Proof,
): string | undefined {
  const sorting = sortingOf(goal, given);
  const terms = new Terms();
  const plain = unsorted(goal, terms);
  const hypotheses = given.map((one) => unsorted(one, terms));
  if (proof.rule === 'equation') return shows(terms, proof.certificate, plain);
  if (proof.rule === 'simulation') return simulationFault(terms, plain, hypotheses, proof);
  const equation = withoutHypotheses(terms, plain, hypotheses, proof.elimination, sorting);
  if (typeof equation === 'string') return equation;
  return proof.rule === 'elimination'
    ? shows(terms, proof.certificate, equation)
    : closureFault(terms, equation, hypotheses, proof.closures);
}

/** Whether a certificate is valid, and of this equation. */
function shows(terms: Terms, certificate: Certificate, wanted: Equation): string | undefined {
  const { relation, left, right } = certificate.equation;
  const of = (term: Term) => copied(terms, term);
  if (relation !== wanted.relation || of(left) !== wanted.left || of(right) !== wanted.right)
    return 'the certificate is of another equation';
  return faultOf(certificate);
}

/** The equation that is left, or which use of a hypothesis is not allowed. */
function withoutHypotheses(
  terms: Terms,
  plain: Equation,
  hypotheses: readonly Equation[],
  elimination: Elimination,
  sorting: Sorting,
): Equation | string {
  const allowed = hypotheses.map((one) => consequences(terms, one) ?? []);
  const { replacements, zeros } = elimination;
  const ours = {
    replacements: replacements.map((one) => ({ ...one, equals: copied(terms, one.equals) })),
    zeros: zeros.map((one) => ({ ...one, zero: copied(terms, one.zero) })),
  };
  for (const { hypothesis, letter, equals } of ours.replacements)
    if (
      !allowed[hypothesis]?.some(
        (one) => one.kind === 'letter' && one.letter === letter && one.equals === equals,
      )
    )
      return `hypothesis ${hypothesis + 1} does not say what ${letter} equals`;
  for (const { hypothesis, zero } of ours.zeros)
    if (!allowed[hypothesis]?.some((one) => one.kind === 'zero' && one.zero === zero))
      return `hypothesis ${hypothesis + 1} does not make this zero`;
  return eliminated(terms, plain, ours, sorting);
}

function closureFault(
  terms: Terms,
  equation: Equation,
  hypotheses: readonly Equation[],
  closures: readonly Closed[],
): string | undefined {
  for (const [index, [left, right]] of directions(equation).entries()) {
    const closed = closures[index];
    if (!closed) return 'a direction of the equation is not shown';
    const { closure, base, cover } = closed;
    if (!isClosure(closure, hypotheses)) return 'a step was added that no hypothesis allows';
    const before = accepted(terms, closure, false);
    const after = accepted(terms, closure, true);
    const fault =
      shows(terms, base, { relation: '<=', left: before, right }) ??
      shows(terms, cover, { relation: '<=', left, right: after });
    if (fault) return fault;
  }
  return undefined;
}

/** What has to be within what. */
export function directions({ relation, left, right }: Equation): (readonly [Term, Term])[] {
  const forth = [left, right] as const;
  return relation === '<=' ? [forth] : [forth, [right, left]];
}

function simulationFault(
  terms: Terms,
  plain: Equation,
  hypotheses: readonly Equation[],
  { layers, specified, cover }: Proof & { rule: 'simulation' },
): string | undefined {
  if (plain.relation !== '<=') return 'a simulation shows an inclusion';
  const count = layers.length;
  const before = factors(plain.left);
  const after = factors(plain.right);
  const letters = layers.map(({ letter }) => terms.letter(letter));
  const shared =
    letters.every((letter, i) => before[i] === letter) &&
    letters.every((letter, i) => after[after.length - count + i] === letter);
  if (!shared) return 'the two sides do not share the letters of the layers';
  let target = terms.sequence(after.slice(0, after.length - count));
  for (const [index, given] of layers.entries()) {
    const simulations = new Map(
      [...given.simulations.keys()].flatMap((number) => {
        const found = hypotheses[number] && simulation(terms, hypotheses[number]);
        return found?.letter === given.letter ? [[number, found] as const] : [];
      }),
    );
    const layer = { ...given, simulations, sequences: copied(terms, given.sequences) };
    const known = new Set([...simulations.keys()].map(chunk));
    for (const letter of lettersOf(layer.sequences))
      if (!known.has(letter)) return `${letter} stands for no simulation of ${given.letter}`;
    const wanted = {
      relation: '<=',
      left: spelled(terms, layer, 'abstract'),
      right: target,
    } as const;
    const certificate = specified[index];
    if (!certificate) return `nothing shows that the layer of ${given.letter} does its part`;
    const fault = shows(terms, certificate, wanted);
    if (fault) return fault;
    target = spelled(terms, layer, 'concrete');
  }
  const left = terms.sequence(before.slice(count));
  return shows(terms, cover, { relation: '<=', left, right: target });
}

/** The same term among others: terms of different makers are never the same object. */
function copied(terms: Terms, root: Term): Term {
  return rebuilt(terms, root, (leaf) => {
    if (leaf.kind === 'letter') return terms.letter(leaf.name, leaf.source, leaf.target);
    if (leaf.kind === 'zero') return terms.zero(leaf.source, leaf.target);
    if (leaf.kind === 'one') return terms.one(leaf.source);
    if (leaf.kind === 'drop') return terms.drop(leaf.source);
    return leaf.kind === 'test' ? terms.test(terms.copied(leaf.formula), leaf.source) : leaf;
  });
}
