/**
 * Checks a proof that an equation follows from hypotheses: that every use of a hypothesis is an
 * instance of a lemma, and every equation that is left is shown by its certificate.
 */
import { type Certificate, faultOf } from '../decision/certificate.ts';
import { unsorted } from '../decision/decide.ts';
import type { Equation } from '../notation/parse.ts';
import { Clock } from '../terms/limit.ts';
import { type Term, Terms } from '../terms/term.ts';
import { copier, factors, lettersOf } from '../terms/walk.ts';
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
      readonly layers: readonly ShownLayer[];
      /** That the sequences of each layer do what is asked of it. */
      readonly specified: readonly Certificate[];
      /** That the concrete side is among the sequences of the lowest layer. */
      readonly cover: Certificate;
    };

/** The simulations are known by their hypotheses, and taken from these. */
export interface ShownLayer extends Omit<Layer, 'simulations'> {
  readonly simulations: ReadonlyMap<number, unknown>;
}

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
  clock = new Clock(),
): string | undefined {
  const sorting = sortingOf(goal, given);
  const terms = new Terms(clock);
  const plain = unsorted(goal, terms);
  const hypotheses = given.map((one) => unsorted(one, terms));
  const check = { terms, copied: copier(terms), clock };
  if (proof.rule === 'equation') return shows(check, proof.certificate, plain);
  if (proof.rule === 'simulation') return simulationFault(check, plain, hypotheses, proof);
  const equation = withoutHypotheses(check, plain, hypotheses, proof.elimination, sorting);
  if (typeof equation === 'string') return equation;
  return proof.rule === 'elimination'
    ? shows(check, proof.certificate, equation)
    : closureFault(check, equation, hypotheses, proof.closures);
}

/** What one check has to do with: all terms of the proof are made anew among these. */
interface Check {
  readonly terms: Terms;
  readonly copied: (term: Term) => Term;
  readonly clock: Clock;
}

/** Whether a certificate is valid, and of this equation. */
function shows(
  { copied, clock }: Check,
  { equation, states, pairs }: Certificate,
  wanted: Equation,
): string | undefined {
  const { relation, left, right } = equation;
  if (
    relation !== wanted.relation ||
    copied(left) !== wanted.left ||
    copied(right) !== wanted.right
  )
    return 'the certificate is of another equation';
  return faultOf({ equation: wanted, states, pairs }, clock);
}

/** The equation that is left, or which use of a hypothesis is not allowed. */
function withoutHypotheses(
  { terms, copied }: Check,
  plain: Equation,
  hypotheses: readonly Equation[],
  elimination: Elimination,
  sorting: Sorting,
): Equation | string {
  const allowed = hypotheses.map((one) => consequences(terms, one) ?? []);
  const { replacements, zeros } = elimination;
  const ours = {
    replacements: replacements.map((one) => ({ ...one, equals: copied(one.equals) })),
    zeros: zeros.map((one) => ({ ...one, zero: copied(one.zero) })),
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
  check: Check,
  equation: Equation,
  hypotheses: readonly Equation[],
  closures: readonly Closed[],
): string | undefined {
  const { terms } = check;
  for (const [index, [left, right]] of directions(equation).entries()) {
    const closed = closures[index];
    if (!closed) return 'a direction of the equation is not shown';
    const { closure, base, cover } = closed;
    if (!isClosure(closure, hypotheses)) return 'a step was added that no hypothesis allows';
    const before = accepted(terms, closure, false);
    const after = accepted(terms, closure, true);
    const fault =
      shows(check, base, { relation: '<=', left: before, right }) ??
      shows(check, cover, { relation: '<=', left, right: after });
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
  check: Check,
  plain: Equation,
  hypotheses: readonly Equation[],
  { layers, specified, cover }: Proof & { rule: 'simulation' },
): string | undefined {
  const { terms, copied } = check;
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
    const layer = { ...given, simulations, sequences: copied(given.sequences) };
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
    const fault = shows(check, certificate, wanted);
    if (fault) return fault;
    target = spelled(terms, layer, 'concrete');
  }
  const left = terms.sequence(before.slice(count));
  return shows(check, cover, { relation: '<=', left, right: target });
}
