/**
 * Gives every part of a text its sorts, and builds the term. Letters say their sorts; those of 0
 * and 1 follow from where they stand.
 */
import { NotationError } from '../notation/notation-error.ts';
import { Classes } from './classes.ts';
import type { Clock } from './limit.ts';
import type { Signature } from './signature.ts';
import type { Formula, Sort, Term, Terms } from './term.ts';
import { namesOf } from './walk.ts';

type Leaf = 'zero' | 'one' | 'letter' | 'test';
export type Operation = Leaf | 'star' | 'product' | 'sequence' | 'choice';

/** A step of a term in the order in which it is built: what it is made of comes before it. */
export interface Step {
  readonly operation: Operation;
  readonly at: number;
  readonly name?: string;
  readonly formula?: Formula;
}

/** Terms of one text, whose ends are the same. */
export function typed(
  terms: Terms,
  text: string,
  signature: Signature,
  sides: readonly (readonly Step[])[],
): Term[] {
  const sorts = new Sorts(text, signature, terms.clock);
  const shapes = sides.map((steps) => sorts.infer(steps));
  const [first, ...others] = shapes.map((shape) => shape.at(-1) as Shape);
  for (const other of others) {
    const at = other.at;
    sorts.join(first!.source, other.source, at, 'the two sides start from different sorts');
    sorts.join(first!.target, other.target, at, 'the two sides end in different sorts');
  }
  sorts.settle();
  return sides.map((steps, index) => build(terms, sorts, steps, shapes[index] as Shape[]));
}

/** Classes of sorts that must be the same, by number. */
interface Shape {
  readonly at: number;
  readonly source: number;
  readonly target: number;
}

class Sorts {
  readonly #clock: Clock | undefined;
  readonly #text: string;
  readonly #signature: Signature;
  readonly #classes = new Classes();
  readonly #known: (Sort | undefined)[] = [];
  readonly #byName = new Map<Sort, number>();
  readonly #drops: { from: number; to: number; at: number }[] = [];

  constructor(text: string, signature: Signature, clock: Clock | undefined) {
    this.#clock = clock;
    this.#text = text;
    this.#signature = signature;
  }

  infer(steps: readonly Step[]): Shape[] {
    const stack: Shape[] = [];
    return steps.map((step) => {
      this.#clock?.tick();
      const shape = this.#shape(step, stack);
      stack.push(shape);
      return shape;
    });
  }

  #shape(step: Step, stack: Shape[]): Shape {
    const { operation, at } = step;
    if (operation === 'letter') return this.#letter(step);
    if (operation === 'zero') return { at, source: this.#fresh(), target: this.#fresh() };
    if (operation === 'one' || operation === 'test') {
      const sort = this.#fresh();
      for (const name of step.formula ? namesOf(step.formula) : [])
        this.join(sort, this.#test(name, at), at, `[${name}] is a test of other states`);
      return { at, source: sort, target: sort };
    }
    const right = stack.pop() as Shape;
    if (operation === 'star') {
      const why = 'only what ends where it starts can be repeated; drop its value with ;1 first';
      this.join(right.source, right.target, at, why);
      return right;
    }
    const left = stack.pop() as Shape;
    if (operation === 'choice') {
      this.join(left.source, right.source, at, 'the alternatives start from different sorts');
      this.join(left.target, right.target, at, 'the alternatives end in different sorts');
    } else if (operation === 'sequence')
      this.#drops.push({ from: left.target, to: right.source, at });
    else {
      const why = 'the second factor does not start where the first ends';
      this.join(left.target, right.source, at, why);
    }
    const target = operation === 'choice' ? left.target : right.target;
    return { at: left.at, source: left.source, target };
  }

  #letter({ name = '', at }: Step): Shape {
    const [source, target] = this.#signature.letter(name) ?? [];
    if (source === undefined || target === undefined) throw this.#undeclared(name, at, name);
    return { at, source: this.#sort(source), target: this.#sort(target) };
  }

  #test(name: string, at: number): number {
    const sort = this.#signature.test(name);
    if (sort === undefined) throw this.#undeclared(`[${name}]`, at, '[');
    return this.#sort(sort);
  }

  #undeclared(name: string, at: number, { length }: string): NotationError {
    const how = name.startsWith('[') ? `${name} : S` : `${name} : From -> To`;
    return this.#wrong(`${name} is not declared; say of which sort it is: "${how}"`, at, length);
  }

  #wrong(fault: string, at: number, length = 1): NotationError {
    return new NotationError(this.#text, at, length, fault);
  }

  #fresh(): number {
    return this.#known.push(undefined) - 1;
  }

  #sort(sort: Sort): number {
    const known = this.#byName.get(sort) ?? this.#fresh();
    this.#byName.set(sort, known);
    this.#known[known] ??= sort;
    return known;
  }

  of(index: number): Sort | undefined {
    return this.#known[this.#classes.root(index)];
  }

  join(one: number, other: number, at: number, why: string): void {
    const left = this.#classes.root(one);
    const right = this.#classes.root(other);
    if (left === right) return;
    const first = this.#known[left];
    const second = this.#known[right];
    if (first !== undefined && second !== undefined)
      throw this.#wrong(`${first} is not ${second}: ${why}${valued(first, second)}`, at);
    this.#classes.join(left, right);
    this.#known[left] = first ?? second;
  }

  /** What is left open is of the only sort, and what follows a value follows its states. */
  settle(): void {
    for (const { from, to, at } of this.#drops) {
      const sort = this.of(from) ?? this.#signature.only;
      if (sort === undefined)
        throw this.#wrong('of which sort this is cannot be told; name a step before it', at);
      this.join(from, this.#sort(sort), at, '');
      const [states] = sort.split('!');
      this.join(this.#sort(states as Sort), to, at, 'the next step does not start there');
    }
  }

  settled(index: number, at: number): Sort {
    const sort = this.of(index) ?? this.#signature.only;
    if (sort !== undefined) return sort;
    throw this.#wrong('of which sort this is cannot be told; put a named step beside it', at);
  }
}

/** The commonest misfit: a value that nobody takes. */
function valued(first: Sort, second: Sort): string {
  return first.includes('!') && first.split('!')[0] === second.split('!')[0]
    ? '; write ; to drop the value, or let the next step take it'
    : '';
}

function build(terms: Terms, sorts: Sorts, steps: readonly Step[], shapes: Shape[]): Term {
  const stack: Term[] = [];
  for (const [index, { operation, at, name = '', formula }] of steps.entries()) {
    terms.clock?.tick();
    const { source, target } = shapes[index] as Shape;
    const right = isLeaf(operation) ? undefined : (stack.pop() as Term);
    if (operation === 'star') stack.push(terms.star(right as Term));
    else if (right) {
      const left = stack.pop() as Term;
      const before = steps[index - 1]?.operation;
      if (operation === 'choice') stack.push(terms.choice(left, right));
      else if (operation === 'product') stack.push(terms.product(left, right));
      else stack.push(sequence(terms, left, right, before === 'one'));
    } else if (operation === 'letter')
      stack.push(terms.letter(name, sorts.settled(source, at), sorts.settled(target, at)));
    else if (operation === 'zero')
      stack.push(terms.zero(sorts.settled(source, at), sorts.settled(target, at)));
    else if (formula) stack.push(terms.test(formula, sorts.settled(source, at)));
    else stack.push(terms.one(sorts.settled(source, at)));
  }
  return stack[0] as Term;
}

const isLeaf = (operation: Operation): operation is Leaf =>
  operation === 'zero' || operation === 'one' || operation === 'letter' || operation === 'test';

/** `r; s`: the value of r is dropped, if it has one; `r; 1` does no more than that. */
function sequence(terms: Terms, left: Term, right: Term, rightIsOne: boolean): Term {
  if (!left.target.includes('!')) return terms.product(left, right);
  const forget = terms.drop(left.target);
  const first = left.kind === 'one' ? forget : terms.product(left, forget);
  return rightIsOne && right.kind === 'one' ? first : terms.product(first, right);
}
