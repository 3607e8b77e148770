/**
 * Calculations: a proof as people write it, each line with the law that leads to it.
 *
 *     R e*
 *   <= e'* R   { induction last: base, step }
 *
 * A line without a law follows by the laws of semirings. Every line is a theorem of the kernel;
 * that a law is named which does not give the line is an error.
 */

import { parseTerm } from '../notation/parse.ts';
import { print } from '../notation/print.ts';
import type { Signature } from '../terms/signature.ts';
import type { Term } from '../terms/term.ts';
import { within } from '../terms/walk.ts';
import { type Kernel, NoStep, type Theorem } from './kernel.ts';
import { Rewriting } from './rewriting.ts';
import { Semiring } from './semiring.ts';

export interface Line {
  /** None in the first line. */
  readonly relation?: '=' | '<=';
  readonly text: string;
  readonly term: Term;
  /** The law that is used, with what stands for its letters. */
  readonly by?: string;
}

export interface Calculation {
  readonly name: string;
  readonly lines: readonly Line[];
  /** The first line is below the last; and the other way around, if every line is equal. */
  readonly theorems: readonly Theorem[];
}

/** What a calculation may use: hypotheses and other calculations by name, and theorems. */
export interface Laws {
  readonly signature: Signature;
  named(name: string): readonly Theorem[] | undefined;
  theorem(name: string): readonly Theorem[] | undefined;
}

const lineShape = /^\s*(?<relation><=|=)?\s*(?<text>.*?)\s*(?:\{\s*(?<by>.*?)\s*\})?\s*$/;

export class Calculator {
  readonly #kernel: Kernel;
  readonly #semiring: Semiring;
  readonly #laws: Laws;

  constructor(kernel: Kernel, laws: Laws) {
    this.#kernel = kernel;
    this.#semiring = new Semiring(kernel);
    this.#laws = laws;
  }

  calculation(name: string, text: string): Calculation {
    const lines = text
      .trim()
      .split('\n')
      .map((line) => this.#line(line));
    const [first] = lines as [Line];
    let forth: Theorem | undefined = this.#kernel.axiom('reflexive', first.term);
    let back: Theorem | undefined = forth;
    for (const [at, line] of lines.slice(1).entries()) {
      const before = lines[at] as Line;
      const { words } = this.#semiring;
      forth = words.chain(forth, this.#step(name, before.term, line.term, line));
      if (line.relation === '<=') back = undefined;
      if (back) back = words.chain(this.#step(name, line.term, before.term, line), back);
    }
    return { name, lines, theorems: back ? [forth, back] : [forth] };
  }

  #line(line: string): Line {
    const { relation, text = '', by } = lineShape.exec(line)?.groups ?? {};
    const term = parseTerm(this.#kernel.terms, text, this.#laws.signature);
    return { text, term, ...(relation && { relation: relation as '=' }), ...(by && { by }) };
  }

  #step(name: string, left: Term, right: Term, line: Line): Theorem {
    const found = line.by
      ? new Rewriting(this.#semiring, this.#used(line.by, left, right)).step(left, right)
      : this.#semiring.below(left, right);
    if (found) return found;
    const how = line.by ? `${line.by} does not give` : 'the laws of semirings do not give';
    throw new NoStep(`in ${name}: ${how} "${line.relation} ${line.text}"; add a line between`);
  }

  /** The laws that a reason names. */
  #used(by: string, left: Term, right: Term): readonly Theorem[] {
    const [what = '', ...others] = by.split(':');
    const rest = others.join(':').trim();
    if (what === 'induction first' || what === 'induction last')
      return [this.#induction(what, rest)];
    if (what === 'star none' || what === 'star first' || what === 'star last')
      return bodies(left, right).map((body) => this.#kernel.axiom(what, body));
    if (what === 'tests') return this.#tests(left, right);
    return this.#laws.named(by) ?? this.#instance(what, rest);
  }

  /** The same test twice is the test, and one that is asked of nobody changes nothing. */
  #tests(left: Term, right: Term): Theorem[] {
    const kernel = this.#kernel;
    const { words } = this.#semiring;
    return [...within(left), ...within(right)].flatMap((test) => {
      if (test.kind !== 'test') return [];
      const both = kernel.terms.test(kernel.terms.and(test.formula, test.formula), test.source);
      const twice = kernel.axiom('test parted', test, test);
      return [
        words.chain(kernel.axiom('test implies', test, both), twice),
        kernel.axiom('test dropped', test),
      ];
    });
  }

  #induction(rule: 'induction first' | 'induction last', names: string): Theorem {
    const [base, step] = names.split(',').map((one) => this.#laws.named(one.trim())?.[0]);
    if (!base || !step) throw new NoStep(`${rule}: there is no ${names}; name two calculations`);
    return this.#kernel.infer(rule, base, step);
  }

  /** `theorem: letter := term, ...; from law, ...`: its hypotheses follow from those laws. */
  #instance(name: string, rest: string): readonly Theorem[] {
    const theorems = this.#laws.theorem(name);
    if (!theorems) throw new NoStep(`there is no law ${name}; name a hypothesis or a theorem`);
    const [replacing = '', from = ''] = rest.split(/;?\s*\bfrom\s+/);
    const letters = new Map<string, Term>();
    for (const one of replacing.split(',').filter((text) => text.trim())) {
      const [letter = '', term = ''] = one.split(':=').map((side) => side.trim());
      letters.set(letter, parseTerm(this.#kernel.terms, term, this.#laws.signature));
    }
    const laws = from.split(',').flatMap((one) => this.#laws.named(one.trim()) ?? []);
    return theorems.map((theorem) => this.#discharged(this.#replaced(theorem, letters), laws));
  }

  #replaced(theorem: Theorem, letters: ReadonlyMap<string, Term>): Theorem {
    const sorts = new Map<string, string>();
    const parts = [theorem, ...theorem.hypotheses].flatMap(({ left, right }) => [left, right]);
    for (const part of parts.flatMap((term) => [...within(term)])) {
      const image = part.kind === 'letter' ? letters.get(part.name) : undefined;
      if (image) sorts.set(part.source, image.source).set(part.target, image.target);
    }
    return this.#kernel.instantiate(theorem, { letters, sorts });
  }

  #discharged(theorem: Theorem, laws: readonly Theorem[]): Theorem {
    let rest = theorem;
    for (const { left, right } of theorem.hypotheses) {
      const lemma =
        this.#semiring.below(left, right) ??
        laws.find((one) => one.left === left && one.right === right) ??
        new Rewriting(this.#semiring, laws).step(left, right);
      if (!lemma) throw new NoStep(`${print(left)} <= ${print(right)} is left; say from what`);
      if (needs(rest, lemma)) rest = this.#kernel.cut(lemma, rest);
    }
    return rest;
  }
}

const needs = ({ hypotheses }: Theorem, { left, right }: Theorem): boolean =>
  hypotheses.some((one) => one.left === left && one.right === right);

/** What is repeated in these terms. */
function bodies(...terms: readonly Term[]): Term[] {
  const parts = new Set(terms.flatMap((term) => [...within(term)]));
  return [...parts].flatMap((part) => (part.kind === 'star' ? [part.body] : []));
}
