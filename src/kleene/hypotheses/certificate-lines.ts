/**
 * An answer as a file that somebody else can check: one line of JSON for each thing.
 *
 *   ["plimsoll kleene certificate", 1]           what it is, and the version of this format
 *   ["term", ...] ["formula", ...]               terms, as in term-lines.ts
 *   ["given", "<=", left, right]                 hypotheses, and the equation itself, as terms
 *   ["goal", "=", left, right]
 *   ["holds", rule] or ["fails", side]
 *   ["replace", hypothesis, letter, term]        how hypotheses are used; each is told in proof.ts
 *   ["zero", hypothesis, term]
 *   ["closure", size, final, steps, added]
 *   ["layer", letter, hypotheses, term]
 *   ["equation", "=", left, right]               what is left to show, by states and pairs:
 *   ["state"]  ["state", term, state]            nothing, or a term before an earlier state
 *   ["pair", [state, ...], [state, ...]]
 *   ["word", [[tests, letter], ...], tests]      what refutes it
 *   ["model", sorts, [[letter, [[from, to], ...]], ...], [[test, states], ...]]
 *   ["end", lines]                               so that a file that is cut short is noticed
 */
import type { Certificate } from '../decision/certificate.ts';
import type { Word } from '../decision/search.ts';
import type { Equation } from '../notation/parse.ts';
import type { Clock } from '../terms/limit.ts';
import { type Term, Terms } from '../terms/term.ts';
import { TermWriter } from '../terms/term-lines.ts';
import { copier } from '../terms/walk.ts';
import type { Closure, Step } from './closure.ts';
import type { Elimination } from './eliminate.ts';
import type { Answer } from './entail.ts';
import type { Proof } from './proof.ts';

export const format = 'plimsoll kleene certificate';
export const version = 1;

/** The lines of a certificate for an answer: yes or no. */
export function certificateLines(
  goal: Equation,
  given: readonly Equation[],
  answer: Exclude<Answer, { kind: 'undecided' }>,
  clock?: Clock,
): string[] {
  return new Writer(clock).lines(goal, given, answer);
}

class Writer {
  readonly #lines: unknown[][] = [[format, version]];
  readonly #writer = new TermWriter(this.#lines);
  // Terms of several makers that are the same are written once.
  readonly #copied: (term: Term) => Term;
  readonly #clock: Clock | undefined;

  constructor(clock: Clock | undefined) {
    this.#clock = clock;
    this.#copied = copier(new Terms(clock));
  }

  lines(goal: Equation, given: readonly Equation[], answer: Exclude<Answer, Undecided>): string[] {
    for (const one of given) this.#equation('given', one);
    this.#equation('goal', goal);
    if (answer.kind === 'holds') this.#proof(answer.proof);
    else {
      this.#add('fails', answer.in);
      if (answer.word) this.#word(answer.word);
      else this.#model(answer.model);
    }
    this.#add('end', this.#lines.length);
    return this.#lines.map((line) => {
      this.#clock?.tick(line.length);
      return JSON.stringify(line);
    });
  }

  #add(...line: unknown[]): void {
    this.#lines.push(line);
  }

  #term(root: Term): number {
    return this.#writer.term(this.#copied(root));
  }

  #equation(what: string, { relation, left, right }: Equation): void {
    const sides = [this.#term(left), this.#term(right)];
    this.#add(what, relation, ...sides);
  }

  #proof(proof: Proof): void {
    this.#add('holds', proof.rule);
    if (proof.rule === 'simulation') {
      for (const [index, { letter, simulations, sequences }] of proof.layers.entries()) {
        const term = this.#term(sequences);
        this.#add('layer', letter, [...simulations.keys()], term);
        this.#certificate(proof.specified[index] as Certificate);
      }
      this.#certificate(proof.cover);
      return;
    }
    if (proof.rule !== 'equation') this.#elimination(proof.elimination);
    if (proof.rule !== 'closure') this.#certificate(proof.certificate);
    else
      for (const { closure, base, cover } of proof.closures) {
        this.#closure(closure);
        this.#certificate(base);
        this.#certificate(cover);
      }
  }

  #elimination({ replacements, zeros }: Elimination): void {
    for (const { hypothesis, letter, equals } of replacements) {
      const term = this.#term(equals);
      this.#add('replace', hypothesis, letter, term);
    }
    for (const { hypothesis, zero } of zeros) {
      const term = this.#term(zero);
      this.#add('zero', hypothesis, term);
    }
  }

  #closure({ size, final, steps, added }: Closure): void {
    const plain = ({ from, to, letter }: Step) => [from, to, letter ?? null];
    const more = added.map((step) => [...plain(step), step.hypothesis]);
    this.#add('closure', size, final, steps.map(plain), more);
  }

  #certificate({ equation, states, pairs }: Certificate): void {
    this.#equation('equation', equation);
    for (const { head, tail } of states) {
      const first = head ? [this.#term(head)] : [];
      this.#add('state', ...first, ...(tail === undefined ? [] : [tail]));
    }
    for (const [left, right] of pairs) this.#add('pair', left, right);
  }

  #word({ steps, tests }: Word): void {
    const answered = steps.map((step) => [[...step.tests], step.letter]);
    this.#add('word', answered, [...tests]);
  }

  #model({ states, letters, tests }: (Answer & { kind: 'fails' })['model']): void {
    const relations = [...letters].map(([name, relation]) => [name, [...relation]]);
    const sets = [...tests].map(([name, holds]) => [name, [...holds]]);
    this.#add('model', states, relations, sets);
  }
}

type Undecided = { readonly kind: 'undecided' };
