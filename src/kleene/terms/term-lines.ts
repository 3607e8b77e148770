/**
 * Terms as lines of a file, each made of earlier ones, formulas and terms counted apart:
 *
 *   ["formula", "name", "b"]    ["formula", "and", 0, 1]     ["formula", "not", 0]
 *   ["term", "letter", "p", "S", "T"]    ["term", "product", 0, 1]    ["term", "test", 0, "S"]
 *
 * A letter says from where to where it goes, so the lines are their own signature.
 */
import type { Formula, Term, Terms } from './term.ts';
import { fold, foldFormula } from './walk.ts';

/** A line that does not say what it has to. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export class TermWriter {
  readonly #lines: unknown[][];
  readonly #formulas = new Map<Formula, number>();
  readonly #terms = new Map<Term, number>();

  /** Lines are put at the end of these. */
  constructor(lines: unknown[][]) {
    this.#lines = lines;
  }

  /** The number of a term, which is written if it was not before. */
  term(root: Term): number {
    return fold<number>(
      root,
      (term, of) => {
        const line = this.#described(term, of);
        this.#lines.push(['term', term.kind, ...line]);
        return this.#terms.size;
      },
      this.#terms,
    );
  }

  #described(term: Term, of: (part: Term) => number): unknown[] {
    if (term.kind === 'letter') return [term.name, term.source, term.target];
    if (term.kind === 'zero') return [term.source, term.target];
    if (term.kind === 'one' || term.kind === 'drop') return [term.source];
    if (term.kind === 'test') return [this.#formula(term.formula), term.source];
    if (term.kind === 'star') return [of(term.body)];
    return 'left' in term ? [of(term.left), of(term.right)] : [];
  }

  #formula(root: Formula): number {
    return foldFormula<number>(
      root,
      (part, of) => {
        const line: unknown[] = ['formula', part.kind];
        if (part.kind === 'name') line.push(part.name);
        else if (part.kind === 'not') line.push(of(part.body));
        else if ('left' in part) line.push(of(part.left), of(part.right));
        this.#lines.push(line);
        return this.#formulas.size;
      },
      this.#formulas,
    );
  }
}

/** Reads the lines of terms, and makes them among some terms. */
export class TermReader {
  readonly #maker: Terms;
  readonly #formulas: Formula[] = [];
  readonly #terms: Term[] = [];

  constructor(maker: Terms) {
    this.#maker = maker;
  }

  /** Whether the line is one of a term or a formula. */
  reads([what, ...rest]: readonly unknown[]): boolean {
    if (what === 'formula') this.#formulas.push(this.#formula(rest));
    else if (what === 'term') this.#terms.push(this.#term(rest));
    else return false;
    return true;
  }

  term(number: unknown): Term {
    return at(this.#terms, number);
  }

  #term([kind, first, second, third]: readonly unknown[]): Term {
    const terms = this.#maker;
    if (kind === 'letter') return terms.letter(word(first), word(second), word(third));
    if (kind === 'zero') return terms.zero(word(first), word(second));
    if (kind === 'one') return terms.one(word(first));
    if (kind === 'drop') return terms.drop(word(first));
    if (kind === 'test') return terms.test(at(this.#formulas, first), word(second));
    if (kind === 'star') return terms.star(this.term(first));
    if (kind === 'product' || kind === 'choice')
      return terms[kind](this.term(first), this.term(second));
    throw new Unreadable('this is no term');
  }

  #formula([kind, first, second]: readonly unknown[]): Formula {
    const terms = this.#maker;
    const of = (part: unknown) => at(this.#formulas, part);
    if (kind === 'true' || kind === 'false') return terms.truth(kind === 'true');
    if (kind === 'name') return terms.name(word(first));
    if (kind === 'not') return terms.not(of(first));
    if (kind === 'and' || kind === 'or') return terms[kind](of(first), of(second));
    throw new Unreadable('this is no formula');
  }
}

/** What was made earlier under this number. */
export function at<T>(all: readonly T[], number: unknown): T {
  const found = Number.isInteger(number) ? all[number as number] : undefined;
  if (found === undefined) throw new Unreadable(`there is no ${JSON.stringify(number)} before it`);
  return found;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable('a list is missing');
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Unreadable('a text is missing');
  return value;
}

/** A name or a sort: without blanks, so that no two can be taken for two others. */
function word(value: unknown): string {
  const found = text(value);
  if (!/^\S+$/.test(found)) throw new Unreadable('a name is one word');
  return found;
}

export function whole(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0)
    throw new Unreadable('a whole number is missing');
  return value as number;
}
