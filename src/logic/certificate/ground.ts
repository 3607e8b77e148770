/**
 * What follows from formulas, said without quantifiers. This is what a re-check trusts.
 *
 * A Boolean constant stands for each closed quantifier. Beside the formulas stand facts that are
 * true whatever the quantifier is worth, so that no thought of polarity is needed:
 *
 *   instance   (forall x. B) gives B[t], and B[t] gives (exists x. B)
 *   witness    (exists x. B) gives B[w], and B[w] gives (forall x. B), for a new constant w
 *
 * So every model of the formulas can be extended to one of the facts: where these cannot be, the
 * formulas cannot be, whoever chose the instances. Terms are named by their number, which leaves
 * nothing to be parsed, and all of them are of the formulas or of what was built from these.
 */
import { not, or } from '../boolean.ts';
import { substitute } from '../quantifier.ts';
import { Bool } from '../sort.ts';
import { fresh, isQuantifier, type Quantifier, type Term } from '../term.ts';
import { postorder } from '../traverse.ts';

export type Step =
  | {
      readonly kind: 'instance';
      /** By number, as it was met. */
      readonly quantifier: number;
      /** A term for each variable, by number. */
      readonly terms: readonly number[];
    }
  | { readonly kind: 'witness'; readonly quantifier: number };

export interface Fact {
  /** Without quantifiers. */
  readonly formula: Term;
  /** The part of it that is new: what holds if the quantifier does, or does not. */
  readonly content: Term;
  /** What constants stand for in it, in order of first appearance. */
  readonly quantifiers: readonly Quantifier[];
  /** How it came about; a formula that was given has no step. */
  readonly step?: Step;
}

/** A step that no proof can contain. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

export class Ground {
  readonly facts: Fact[] = [];
  readonly quantifiers: Quantifier[] = [];
  readonly terms: Term[] = [];
  /** The number of the fact in which a term or a quantifier was met first. */
  private readonly met = new Map<Term, number>();
  private readonly standIns = new Map<Quantifier, Term>();
  private readonly witnessed = new Set<Quantifier>();

  constructor(formulas: readonly Term[]) {
    for (const each of formulas) {
      const { formula, quantifiers } = this.abstract(each);
      this.add({ formula, content: formula, quantifiers });
    }
  }

  take(step: Step): Fact {
    return step.kind === 'instance'
      ? this.instance(step.quantifier, step.terms)
      : this.witness(step.quantifier);
  }

  origin(met: Term): number {
    const at = this.met.get(met);
    if (at === undefined) throw new Error('it was not met');
    return at;
  }

  /** The constant that stands for a quantifier. */
  standIn(quantifier: Quantifier): Term {
    const known = this.standIns.get(quantifier);
    if (known !== undefined) return known;
    const made = fresh(quantifier.operator, Bool);
    this.standIns.set(quantifier, made);
    return made;
  }

  private instance(number: number, terms: readonly number[]): Fact {
    const quantifier = this.quantifierOf(number);
    const { variables, operator } = quantifier;
    if (terms.length !== variables.length) throw new Malformed('a term for each variable is due');
    const values = terms.map((each) => {
      const term = this.terms[each];
      if (term === undefined) throw new Malformed(`there is no term ${each}`);
      return term;
    });
    if (values.some((value, at) => value.sort !== variables[at]!.sort))
      throw new Malformed('a term is of another sort than its variable');
    const step = { kind: 'instance', quantifier: number, terms } as const;
    return this.lemma(quantifier, values, operator === 'forall', step);
  }

  private witness(number: number): Fact {
    const quantifier = this.quantifierOf(number);
    if (this.witnessed.has(quantifier)) throw new Malformed('there is a witness already');
    this.witnessed.add(quantifier);
    const values = quantifier.variables.map((each) =>
      fresh(each.operator === 'constant' ? each.name : 'witness', each.sort),
    );
    const step = { kind: 'witness', quantifier: number } as const;
    return this.lemma(quantifier, values, quantifier.operator === 'exists', step);
  }

  /** `forward`: from the quantifier to its body; else from the body to the quantifier. */
  private lemma(quantifier: Quantifier, values: readonly Term[], forward: boolean, step: Step) {
    const { variables, parts } = quantifier;
    const replacement = new Map(variables.map((each, at) => [each, values[at]!]));
    const { formula: body, quantifiers } = this.abstract(substitute(parts[0]!, replacement));
    const whole = this.standIn(quantifier);
    const content = forward ? body : not(body);
    const formula = or(forward ? not(whole) : whole, content);
    return this.add({ formula, content, quantifiers, step });
  }

  private quantifierOf(number: number): Quantifier {
    const quantifier = this.quantifiers[number];
    if (quantifier === undefined) throw new Malformed(`there is no quantifier ${number}`);
    return quantifier;
  }

  /** No quantifier is entered, so all that are met are closed. */
  private abstract(formula: Term) {
    const below = (term: Term): readonly Term[] => (isQuantifier(term) ? [] : term.parts);
    const quantifiers = postorder([formula], below).filter(isQuantifier);
    const standIns = new Map<Term, Term>(quantifiers.map((each) => [each, this.standIn(each)]));
    return { formula: substitute(formula, standIns), quantifiers };
  }

  private add(fact: Fact): Fact {
    const at = this.facts.push(fact) - 1;
    for (const each of mentioned(fact)) {
      if (this.met.has(each)) continue;
      this.met.set(each, at);
      if (isQuantifier(each)) this.quantifiers.push(each);
      else this.terms.push(each);
    }
    return fact;
  }
}

/** The terms and the quantifiers that a fact brings with it, in order. */
export function mentioned({ formula, quantifiers }: Fact): Term[] {
  return [...postorder([formula]), ...quantifiers.flatMap((each) => [each, ...closedIn(each)])];
}

/** Terms within a quantifier that mention nothing bound: they may be instances, too. */
function closedIn(quantifier: Quantifier): Term[] {
  const inner = postorder(quantifier.parts);
  const bound = new Set<Term>();
  for (const each of [quantifier, ...inner])
    if (isQuantifier(each)) for (const variable of each.variables) bound.add(variable);
  const open = new Set<Term>(bound);
  return inner.filter((each) => {
    // Quantifiers have no number among the terms.
    if (isQuantifier(each) || each.parts.some((part) => open.has(part))) open.add(each);
    return !open.has(each);
  });
}
