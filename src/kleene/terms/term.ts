/**
 * Terms of Kleene algebra with tests, each with the sort it starts from and the sort it ends in.
 * Equal terms are one object, so a term is a graph: nothing here walks it as a tree.
 *
 * A sort is a set of states, `S`, or of states with a value, `S!V`. A step that answers with a
 * value ends in `S!V`, and who follows takes the value or drops it first. So there is no identity
 * that answers with a value from nowhere, and only what ends where it starts can be repeated.
 */
import { type Clock, Exhausted } from './limit.ts';
import { rebuiltFormula } from './walk.ts';

export type Sort = string;

/** The sort of everything when no sorts are declared. */
export const single: Sort = '*';

export type Formula =
  | { readonly id: number; readonly kind: 'true' }
  | { readonly id: number; readonly kind: 'false' }
  | { readonly id: number; readonly kind: 'name'; readonly name: string }
  | { readonly id: number; readonly kind: 'not'; readonly body: Formula }
  | {
      readonly id: number;
      readonly kind: 'and' | 'or';
      readonly left: Formula;
      readonly right: Formula;
    };

interface Common {
  readonly id: number;
  readonly source: Sort;
  readonly target: Sort;
}
export interface Constant extends Common {
  /** `drop` forgets the value of `S!V`. */
  readonly kind: 'zero' | 'one' | 'drop';
}
export interface Letter extends Common {
  readonly kind: 'letter';
  readonly name: string;
}
export interface Test extends Common {
  readonly kind: 'test';
  readonly formula: Formula;
}
export interface Pair extends Common {
  readonly kind: 'product' | 'choice';
  readonly left: Term;
  readonly right: Term;
}
export interface Star extends Common {
  readonly kind: 'star';
  readonly body: Term;
}
export type Term = Constant | Letter | Test | Pair | Star;

/** Two terms do not fit together. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

const most = 2 ** 23;

/** Makes terms, and knows all it has made. */
export class Terms {
  /** Counts the work, if somebody waits for it. */
  readonly clock: Clock | undefined;
  readonly #terms = new Map<string | number, Term>();
  readonly #stars = new Map<number, Term>();
  readonly #products = new Map<number, Term>();
  readonly #choices = new Map<number, Term>();
  readonly #formulas = new Map<string, Formula>();
  #next = 0;

  constructor(clock?: Clock) {
    this.clock = clock;
  }

  zero(source: Sort = single, target: Sort = source): Term {
    return this.#constant('zero', source, target);
  }

  one(sort: Sort = single): Term {
    return this.#constant('one', sort, sort);
  }

  /** Forgets the value: from `S!V` to `S`. */
  drop(source: Sort): Term {
    const [states, value] = source.split('!');
    if (states === undefined || value === undefined)
      throw new Misfit(`${source} has no value that could be dropped`);
    return this.#constant('drop', source, states);
  }

  letter(name: string, source: Sort = single, target: Sort = source): Term {
    return this.#found(this.#terms, `letter ${name} ${source} ${target}`, (id) => ({
      ...{ id, kind: 'letter', source, target, name },
    }));
  }

  test(formula: Formula, sort: Sort = single): Term {
    return this.#found(this.#terms, `test ${formula.id} ${sort}`, (id) => ({
      ...{ id, kind: 'test', source: sort, target: sort, formula },
    }));
  }

  product(left: Term, right: Term): Term {
    if (left.target !== right.source)
      throw new Misfit(`what ends in ${left.target} does not fit before ${right.source}`);
    const { source } = left;
    const { target } = right;
    return this.#found(this.#products, left.id * most + right.id, (id) => ({
      ...{ id, kind: 'product', source, target, left, right },
    }));
  }

  choice(left: Term, right: Term): Term {
    const { source, target } = left;
    if (source !== right.source || target !== right.target)
      throw new Misfit(`${arrow(left)} and ${arrow(right)} are not alternatives`);
    return this.#found(this.#choices, left.id * most + right.id, (id) => ({
      ...{ id, kind: 'choice', source, target, left, right },
    }));
  }

  star(body: Term): Term {
    const { source, target } = body;
    if (source !== target) throw new Misfit(`${arrow(body)} does not end where it starts`);
    return this.#found(this.#stars, body.id, (id) => ({ id, kind: 'star', source, target, body }));
  }

  /** One after the other; of none, one. */
  sequence(terms: readonly Term[], sort: Sort = single): Term {
    const [first, ...others] = terms;
    return first
      ? others.reduce((left, right) => this.product(left, right), first)
      : this.one(sort);
  }

  /** Any of these; of none, zero. */
  sum(terms: readonly Term[], source: Sort = single, target: Sort = source): Term {
    const [first, ...others] = new Set(terms);
    return first
      ? others.reduce((left, right) => this.choice(left, right), first)
      : this.zero(source, target);
  }

  truth(value: boolean): Formula {
    const kind = value ? 'true' : 'false';
    return this.#formula(kind, (id) => ({ id, kind }) as Formula);
  }

  name(name: string): Formula {
    return this.#formula(`name ${name}`, (id) => ({ id, kind: 'name', name }));
  }

  not(body: Formula): Formula {
    return this.#formula(`not ${body.id}`, (id) => ({ id, kind: 'not', body }));
  }

  and(left: Formula, right: Formula): Formula {
    return this.#formula(`and ${left.id} ${right.id}`, (id) => ({ id, kind: 'and', left, right }));
  }

  or(left: Formula, right: Formula): Formula {
    return this.#formula(`or ${left.id} ${right.id}`, (id) => ({ id, kind: 'or', left, right }));
  }

  /** Whether this very object was made here; its parts are not asked. */
  made(part: Term | Formula): boolean {
    if (!('source' in part)) return this.#formulas.get(formulaKey(part)) === part;
    const { kind, source, target } = part;
    if (kind === 'product') return this.#products.get(pairKey(part)) === part;
    if (kind === 'choice') return this.#choices.get(pairKey(part)) === part;
    if (kind === 'star') return this.#stars.get(part.body.id) === part;
    if (kind === 'test') return this.#terms.get(`test ${part.formula.id} ${source}`) === part;
    const what = kind === 'letter' ? `letter ${part.name}` : kind;
    return this.#terms.get(`${what} ${source} ${target}`) === part;
  }

  /** The same formula, made here. */
  copied(root: Formula): Formula {
    return rebuiltFormula(this, root, (name) => this.name(name));
  }

  #constant(kind: Constant['kind'], source: Sort, target: Sort): Term {
    const key = `${kind} ${source} ${target}`;
    return this.#found(this.#terms, key, (id) => ({ id, kind, source, target }));
  }

  #found<Key>(table: Map<Key, Term>, key: Key, make: (id: number) => Term): Term {
    const known = table.get(key);
    if (known) return known;
    if (this.#next >= most) throw new Exhausted('terms');
    this.clock?.tick();
    const fresh = Object.freeze(make(this.#next++));
    table.set(key, fresh);
    return fresh;
  }

  #formula(key: string, make: (id: number) => Formula): Formula {
    const known = this.#formulas.get(key);
    if (known) return known;
    this.clock?.tick();
    const fresh = Object.freeze(make(this.#formulas.size));
    this.#formulas.set(key, fresh);
    return fresh;
  }
}

function pairKey({ left, right }: Pair): number {
  return left.id * most + right.id;
}

function formulaKey(formula: Formula): string {
  const { kind } = formula;
  if (kind === 'name') return `name ${formula.name}`;
  if (kind === 'not') return `not ${formula.body.id}`;
  const both = kind === 'and' || kind === 'or';
  return both ? `${kind} ${formula.left.id} ${formula.right.id}` : kind;
}

function arrow({ source, target }: Term): string {
  return `${source} -> ${target}`;
}
