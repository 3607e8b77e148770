/**
 * Queries as strict SMT-LIB 2.6. The text depends on the query alone: not on ids, not on what else
 * was built. What is used often and closed gets a `define-fun`; below a quantifier, a `let`.
 */

import { not } from './boolean.ts';
import { Declarations } from './declarations.ts';
import { Names } from './names.ts';
import { Sharing } from './sharing.ts';
import { head } from './syntax.ts';
import { isQuantifier, literal, type Quantifier, type Term } from './term.ts';
import { children, freeConstants, freeInQuantifier, postorder } from './traverse.ts';

export interface Query {
  readonly name: string;
  readonly given: readonly Term[];
  /** To be shown: its negation is asserted, so that `unsat` means shown. */
  readonly goal?: Term;
  /** Terms whose values are wanted when the answer is `sat`. */
  readonly want?: readonly Term[];
}

export interface PrintOptions {
  /** cvc5 knows constant arrays of literals only; `axiom` states the others by a quantifier. */
  readonly constantArrays?: 'native' | 'axiom';
  /** Whether each assertion has a name, so that a solver can say which of them it took. */
  readonly named?: boolean;
}

export interface Printed {
  /** Declarations, definitions and assertions; `(check-sat)` is for the solver to add. */
  readonly text: string;
  /** The wanted terms, in order, to be used after the text. */
  readonly wanted: readonly string[];
  /** To read values back. */
  readonly names: Names;
  /** The names of the assertions, in order, if they have any. */
  readonly assertions: readonly string[];
}

export function print(query: Query, options: PrintOptions = {}): Printed {
  const asserted = [...query.given, ...(query.goal === undefined ? [] : [not(query.goal)])];
  const wanted = query.want ?? [];
  const writer = new Writer([...asserted, ...wanted], options);
  const called = options.named ? asserted.map(() => writer.names.next('fact')) : [];
  const assertions = asserted.map((term, at) => {
    const text = writer.write(term);
    return `(assert ${called[at] === undefined ? text : `(! ${text} :named ${called[at]})`})`;
  });
  const values = wanted.map((term) => writer.write(term));
  return {
    text: `${[...writer.lines, ...assertions].join('\n')}\n`,
    wanted: values,
    names: writer.names,
    assertions: called,
  };
}

class Writer {
  readonly names = new Names();
  private readonly declarations = new Declarations(this.names);
  private readonly options: PrintOptions;
  /** Variables of quantifiers, and the terms in which one of them is open. */
  private readonly bound = new Set<Term>();
  private readonly open = new Set<Term>();
  /** The text of every closed term: its name if it has one. */
  private readonly closed = new Map<Term, string>();

  constructor(roots: readonly Term[], options: PrintOptions) {
    this.options = options;
    const all = postorder(roots);
    for (const each of all) {
      if (isQuantifier(each)) for (const variable of each.variables) this.bound.add(variable);
    }
    for (const each of all) if (this.isOpen(each)) this.open.add(each);
    const free = freeConstants(...roots);
    const sharing = new Sharing(all, children, roots);
    for (const each of all) {
      this.declare(each, free.has(each));
      if (!this.open.has(each)) this.closed.set(each, this.define(each, sharing.names(each)));
    }
  }

  get lines(): readonly string[] {
    return this.declarations.lines;
  }

  write(term: Term): string {
    return this.closed.get(term) ?? this.scope(term, new Map());
  }

  private isOpen(term: Term): boolean {
    if (term.operator === 'constant') return this.bound.has(term);
    if (!isQuantifier(term)) return term.parts.some((part) => this.open.has(part));
    for (const free of freeInQuantifier(term)) if (this.bound.has(free)) return true;
    return false;
  }

  private declare(term: Term, free: boolean): void {
    this.declarations.constant(term, free);
    this.declarations.sort(term.sort);
    if (term.operator === 'call') this.declarations.function(term.symbol);
  }

  private define(term: Term, named: boolean): string {
    if (term.operator === 'const' && this.options.constantArrays === 'axiom') {
      if (!isValue(term.parts[0]!)) return this.filled(term);
    }
    const text = this.plain(term, this.closed, new Map());
    if (!named) return text;
    const name = this.names.next('term');
    this.declarations.lines.push(`(define-fun ${name} () ${this.names.sort(term.sort)} ${text})`);
    return name;
  }

  /** A constant array, as an array of which a quantifier says that it is one. */
  private filled(term: Term): string {
    if (term.sort.kind !== 'array') throw new Error('a constant array has an array sort');
    const [name, at] = [this.names.next('filled'), this.names.next('at')];
    const cell = `(select ${name} ${at})`;
    const value = this.closed.get(term.parts[0]!)!;
    this.declarations.lines.push(
      `(declare-fun ${name} () ${this.names.sort(term.sort)})`,
      `(assert (forall ((${at} ${this.names.sort(term.sort.index)})) ` +
        `(! (= ${cell} ${value}) :pattern (${cell}))))`,
    );
    return name;
  }

  /** A term whose parts are written already; quantifiers open a scope of their own. */
  private plain(
    term: Term,
    written: ReadonlyMap<Term, string>,
    outer: ReadonlyMap<Term, string>,
  ): string {
    if (isQuantifier(term)) return this.quantifier(term, outer);
    if (term.parts.length === 0 && term.operator === 'constant') {
      return this.names.of(term, term.name);
    }
    const start = head(term, this.names);
    if (term.parts.length === 0) return start;
    // Added up, not joined: the engine then shares the text of deep terms.
    let text = `(${start}`;
    for (const part of term.parts) text += ` ${written.get(part)!}`;
    return `${text})`;
  }

  private quantifier(term: Quantifier, outer: ReadonlyMap<Term, string>): string {
    const variables = term.variables.map(
      (each) => `(${this.write(each)} ${this.names.sort(each.sort)})`,
    );
    const body = this.scope(term.parts[0]!, outer);
    const start = `(${term.operator} (${variables.join(' ')})`;
    if (term.patterns.length === 0) return `${start} ${body})`;
    const patterns = term.patterns.map((pattern) => {
      const terms = pattern.map((each) => this.scope(each, outer, false));
      return ` :pattern (${terms.join(' ')})`;
    });
    return `${start} (! ${body}${patterns.join('')}))`;
  }

  /** An open term; what is used often in it is named by `let`, unless `lets` is false. */
  private scope(root: Term, outer: ReadonlyMap<Term, string>, lets = true): string {
    const written = new Map<Term, string>(outer);
    const known = (term: Term): string | undefined => outer.get(term) ?? this.closed.get(term);
    const below = (term: Term): readonly Term[] =>
      known(term) !== undefined || isQuantifier(term) ? [] : term.parts;
    const local = postorder([root], below);
    const sharing = new Sharing(local, below);
    let start = '';
    let end = '';
    for (const each of local) {
      const text = known(each) ?? this.plain(each, written, written);
      const named = lets && known(each) === undefined && each !== root && sharing.names(each);
      const name = named ? this.names.next('part') : text;
      if (named) {
        start += `(let ((${name} ${text})) `;
        end += ')';
      }
      written.set(each, name);
    }
    return `${start}${written.get(root)!}${end}`;
  }
}

/** What every solver takes for a value: literals, and constructors over them. */
function isValue(term: Term): boolean {
  if (term.operator === 'construct') return term.parts.every(isValue);
  return literal(term) !== undefined;
}
