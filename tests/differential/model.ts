/**
 * The value of a term when its constants have values. Choices of machines are answered in order,
 * by the numbers that answer them in JavaScript; items of sequences are found in what is known of
 * them, for the executor describes a new sequence by facts.
 */
import { construct, integer, no, not, select, type Term, yes } from '../../src/logic/index.ts';
import {
  type Choice,
  entriesOf,
  isListed,
  isPresent,
  keysIn,
  type Pick,
  read,
} from '../../src/symbolic/execute/index.ts';
import type { Random } from './random.ts';

/** A term that has no value here. */
export class Unknown extends Error {}

/** Equations that lead to one another in more ways than can be tried. */
export class Endless extends Error {}

/** The most terms that are computed for one run; most runs need a few hundred. */
const patience = 100_000;

type Scalar = boolean | bigint | Term;

/** An equation about one item of an unknown array, and when it holds. */
interface Equation {
  readonly when: readonly Term[];
  readonly index: Term;
  readonly value: Term;
}

const bitwise: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  bit_and: (a, b) => a & b,
  bit_or: (a, b) => a | b,
  bit_xor: (a, b) => a ^ b,
};

export class Model {
  private readonly values = new Map<Term, Scalar>();
  private readonly known = new Map<Term, Scalar>();
  private readonly equations = new Map<Term, Equation[]>();
  private readonly busy = new Set<string>();
  /** Values of items that are tried: an equation may hold under a condition on its own item. */
  private readonly supposed = new Map<string, Scalar>();

  private computed = 0;
  /** Keys that loops over maps came to. */
  private readonly picks: ReadonlyMap<Term, Pick>;

  constructor(facts: readonly Term[], picks: readonly Pick[] = []) {
    this.picks = new Map(picks.map((pick) => [pick.key, pick]));
    for (const fact of facts) this.learn(fact, []);
  }

  set(constant: Term, value: Scalar): void {
    this.values.set(constant, value);
  }

  isTrue(term: Term): boolean {
    return this.value(term) === true;
  }

  /** A boolean, an integer, or a term that is a constructor, an array or a block. */
  value(term: Term): Scalar {
    const found = this.known.get(term);
    if (found !== undefined) return found;
    const value = this.compute(term);
    this.known.set(term, value);
    return value;
  }

  integer(term: Term): bigint {
    const value = this.value(term);
    if (typeof value !== 'bigint') throw new Unknown('no integer');
    return value;
  }

  private compute(term: Term): Scalar {
    if (++this.computed > patience) throw new Endless();
    const [a, b, c] = term.parts;
    switch (term.operator) {
      case 'true':
      case 'false':
        return term.operator === 'true';
      case 'integer':
        return term.value;
      case 'constant':
        return this.values.get(term) ?? this.picked(term) ?? term;
      case 'not':
        return !this.isTrue(a!);
      case 'and':
        return !this.some(term.parts, false);
      case 'or':
        return this.some(term.parts, true);
      case 'ite':
        return this.value(this.isTrue(a!) ? b! : c!);
      case '=':
        return this.same(a!, b!);
      case 'select':
        return this.item(a!, this.value(b!));
      case 'field':
        return this.field(term);
      case 'is': {
        const made = this.made(a!);
        return made.operator === 'construct' && made.constructorName === term.constructorName;
      }
      case 'call':
        return this.call(term);
      case 'construct':
      case 'store':
      case 'const':
        return term;
      default:
        return this.arithmetic(term);
    }
  }

  /** Whether some part has this value; parts without one matter only if it hangs on them. */
  private some(parts: readonly Term[], wanted: boolean): boolean {
    let unknown: Unknown | undefined;
    for (const part of parts)
      try {
        if (this.isTrue(part) === wanted) return true;
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
        unknown = error;
      }
    if (unknown) throw unknown;
    return false;
  }

  private arithmetic(term: Term): Scalar {
    const values = term.parts.map((part) => this.integer(part));
    const [a, b] = values as [bigint, bigint];
    switch (term.operator) {
      case '+':
        return values.reduce((sum, value) => sum + value, 0n);
      case '*':
        return values.reduce((product, value) => product * value, 1n);
      case '<':
        return a < b;
      case '<=':
        return a <= b;
      case 'div':
        return (a - modulo(a, b)) / b;
      case 'mod':
        return modulo(a, b);
      default:
        throw new Unknown(term.operator);
    }
  }

  private call(term: Term & { operator: 'call' }): Scalar {
    const operation = bitwise[term.symbol.name];
    if (!operation) return term;
    return operation(this.integer(term.parts[0]!), this.integer(term.parts[1]!));
  }

  /** The first key that was not visited; what is computed is the same for any. */
  private picked(key: Term): Scalar | undefined {
    const pick = this.picks.get(key);
    if (!pick) return undefined;
    const has = (map: Term, index: Term) =>
      this.isTrue(isPresent(pick.type, read(entriesOf(map), index)));
    const next = this.listed(entriesOf(pick.of)).find(
      (each) => has(pick.of, each) && !has(pick.except, each),
    );
    if (!next) throw new Unknown('a key where none is left');
    return this.value(next);
  }

  /** The keys that were put into entries, by their values: each once. */
  listed(entries: Term): readonly Term[] {
    return [...new Map(keysIn(entries).map((key) => [this.value(key), key])).values()];
  }

  /** Entries that were put in one by one are compared key by key. */
  private sameEntries(a: Term, b: Term): boolean {
    if (!isListed(a) || !isListed(b)) throw new Unknown('equality of arrays');
    return [...this.listed(a), ...this.listed(b)].every((key) =>
      this.same(select(a, key), select(b, key)),
    );
  }

  private same(a: Term, b: Term): boolean {
    if (a.sort.kind === 'array') return this.sameEntries(a, b);
    const left = this.value(a);
    const right = this.value(b);
    if (typeof left !== 'object' || typeof right !== 'object') return left === right;
    if (left.operator !== 'construct' || right.operator !== 'construct') {
      if (left.sort.kind === 'uninterpreted') return left === right;
      throw new Unknown('equality of arrays');
    }
    return (
      left.constructorName === right.constructorName &&
      left.parts.every((part, i) => this.same(part, right.parts[i]!))
    );
  }

  /** A term of a datatype, down to its constructor. */
  private made(term: Term): Term {
    const value = this.value(term);
    if (typeof value === 'object') return value;
    throw new Unknown('no value of a datatype');
  }

  private field(term: Term & { operator: 'field' }): Scalar {
    const made = this.made(term.parts[0]!);
    if (made.operator !== 'construct' || made.constructorName !== term.constructorName)
      throw new Unknown('a field of something else');
    const { sort } = made;
    const fields =
      sort.kind === 'datatype' &&
      sort.constructors.find((each) => each.name === made.constructorName)?.fields;
    const index = fields ? fields.findIndex((field) => field.name === term.fieldName) : -1;
    return this.value(made.parts[index]!);
  }

  private item(array: Term, index: Scalar): Scalar {
    const value = this.made(array);
    if (value.operator === 'const') return this.value(value.parts[0]!);
    if (value.operator === 'store') {
      const [below, at, item] = value.parts as [Term, Term, Term];
      return this.value(at) === index ? this.value(item) : this.item(below, index);
    }
    const found = this.byEquations(value, index);
    if (found !== undefined) return found;
    if (typeof index === 'bigint') {
      const given = this.values.get(select(value, integer(index)));
      if (given !== undefined) return given;
    }
    throw new Unknown('an item of which nothing is known');
  }

  /** Equations go both ways: one that leads back here says nothing. */
  private byEquations(array: Term, index: Scalar): Scalar | undefined {
    const here = `${array.id} ${String(index)}`;
    if (this.busy.has(here)) return this.supposed.get(here);
    this.busy.add(here);
    try {
      const equations = this.equations.get(array) ?? [];
      for (const equation of equations) {
        const value = this.applied(equation, index) ?? this.consistent(equation, index, here);
        if (value !== undefined) return value;
      }
      return undefined;
    } finally {
      this.busy.delete(here);
    }
  }

  /** The value that an equation gives if, with it, the equation holds. */
  private consistent(equation: Equation, index: Scalar, here: string): Scalar | undefined {
    const before = [...this.known];
    const value = this.applied({ ...equation, when: [] }, index);
    if (value === undefined) return undefined;
    this.supposed.set(here, value);
    const found = this.applied(equation, index);
    this.supposed.delete(here);
    if (found === undefined) {
      this.known.clear();
      for (const [term, known] of before) this.known.set(term, known);
    }
    return found;
  }

  private applied({ when, index: at, value }: Equation, index: Scalar): Scalar | undefined {
    try {
      if (this.value(at) !== index || !when.every((each) => this.isTrue(each))) return undefined;
      return this.value(value);
    } catch (error) {
      if (error instanceof Unknown) return undefined;
      throw error;
    }
  }

  /** Remembers what a fact says about items. */
  private learn(fact: Term, when: readonly Term[]): void {
    if (fact.operator === 'and') for (const part of fact.parts) this.learn(part, when);
    if (fact.operator === 'or')
      for (const part of fact.parts)
        this.learn(part, [...when, ...fact.parts.filter((p) => p !== part).map((p) => not(p))]);
    // Equations with true, false and values without parts have been simplified.
    if (fact.operator === 'select') this.equation(fact, yes, when);
    if (fact.operator === 'not') this.equation(fact.parts[0]!, no, when);
    if (fact.operator === 'is') this.alternative(fact.parts[0]!, fact.constructorName, when);
    if (fact.operator === '=') {
      const [a, b] = fact.parts as [Term, Term];
      this.equation(a, b, when);
      this.equation(b, a, when);
    }
  }

  private alternative(item: Term, name: string, when: readonly Term[]): void {
    const { sort } = item;
    const made = sort.kind === 'datatype' && sort.constructors.find((each) => each.name === name);
    if (made && made.fields.length === 0) this.equation(item, construct(sort, name), when);
  }

  private equation(item: Term, value: Term, when: readonly Term[]): void {
    if (item.operator !== 'select') return;
    const [array, index] = item.parts as [Term, Term];
    if (array.operator !== 'constant') return;
    const all = this.equations.get(array) ?? [];
    all.push({ when, index, value });
    this.equations.set(array, all);
  }
}

function modulo(a: bigint, b: bigint): bigint {
  const size = b < 0n ? -b : b;
  if (size === 0n) throw new Unknown('division by zero');
  return ((a % size) + size) % size;
}

/** Answers choices as `choices.ts` of the interpreter does. */
export function answerChoices(
  model: Model,
  choices: readonly Choice[],
  random: Random,
  blocks: readonly Term[],
  length: number,
): void {
  const block = () => blocks[random.below(blocks.length)]!;
  for (const { kind, constants, when, low, high } of choices) {
    if (!model.isTrue(when)) continue;
    const [first, second] = constants as [Term, Term];
    if (kind === 'boolean') model.set(first, random.below(2) === 1);
    else if (kind === 'block') model.set(first, block());
    else if (kind === 'blocks') {
      const count = random.below(length + 1);
      model.set(first, BigInt(count));
      for (let i = 0; i < count; i++) model.set(select(second, integer(i)), block());
    } else {
      const from = model.integer(low!);
      model.set(first, from + BigInt(random.below(Number(model.integer(high!) - from) + 1)));
    }
  }
}
