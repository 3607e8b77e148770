/**
 * Decision diagrams as the checker of certificates has them: objects, kept once each, and nothing
 * that is shared with the search. At the ends are sets of numbers; for a condition none, or 0.
 */
import { Clock, Exhausted } from '../terms/limit.ts';
import type { Formula } from '../terms/term.ts';
import { foldFormula } from '../terms/walk.ts';

export type Diagram = Inner | End;

interface Inner {
  readonly number: number;
  readonly order: number;
  readonly low: Diagram;
  readonly high: Diagram;
}

interface End {
  readonly number: number;
  readonly order: undefined;
  readonly set: readonly number[];
  /** The same as bits. */
  readonly bits: Uint32Array;
}

/** Diagrams are walked by calls, a few for each test. */
const mostTests = 1000;
/** Keys of nodes are numbers, made of the numbers of others; they have to be exact. */
const mostNodes = 2 ** 20;

type Operation = 'where' | 'join' | 'not';

export class PlainDiagrams {
  readonly #clock: Clock;
  readonly #nodes = new Map<number, Diagram>();
  /** By what their bits are mixed to. */
  readonly #ends = new Map<number, End[]>();
  readonly #results = { where: new Map(), join: new Map(), not: new Map() } as const satisfies {
    [operation in Operation]: Map<number, Diagram>;
  };
  #size = 0;
  readonly #order = new Map<string, number>();
  readonly #formulas = new Map<Formula, Diagram>();
  readonly never: Diagram;
  readonly always: Diagram;

  constructor(clock = new Clock()) {
    this.#clock = clock;
    this.never = this.end([]);
    this.always = this.end([0]);
  }

  end(set: readonly number[]): Diagram {
    let most = -1;
    for (const element of set) most = Math.max(most, element);
    const bits = new Uint32Array((most + 32) >>> 5);
    for (const element of set) bits[element >>> 5]! |= 1 << (element & 31);
    return this.#end(bits);
  }

  /** The second where the first holds. */
  where(condition: Diagram, diagram: Diagram): Diagram {
    if (condition === this.always) return diagram;
    if (condition === this.never || diagram === this.never) return this.never;
    return this.#both('where', condition, diagram);
  }

  /** At each end the elements of any of these. Ends are joined first, all at once. */
  joined(parts: Iterable<Diagram>): Diagram {
    const ends: End[] = [];
    const others: Inner[] = [];
    for (const part of parts)
      if (part.order === undefined) ends.push(part);
      else others.push(part);
    return others.reduce<Diagram>((left, right) => this.#join(left, right), this.#joinedEnds(ends));
  }

  /** The set that these answers lead to; what is not answered does not hold. */
  at(diagram: Diagram, answers: ReadonlyMap<string, boolean>): readonly number[] {
    const names = [...this.#order.keys()];
    let part = diagram;
    while (part.order !== undefined)
      part = answers.get(names[part.order] as string) ? part.high : part.low;
    return part.set;
  }

  /** Under which tests a formula holds. */
  of(root: Formula): Diagram {
    return foldFormula<Diagram>(
      root,
      (part, at) => {
        if (part.kind === 'true') return this.always;
        if (part.kind === 'false') return this.never;
        if (part.kind === 'name') return this.#name(part.name);
        if (part.kind === 'not') return this.#not(at(part.body));
        const [left, right] = [at(part.left), at(part.right)];
        return part.kind === 'and' ? this.where(left, right) : this.#join(left, right);
      },
      this.#formulas,
    );
  }

  /**
   * Whether something holds of every two ends that the same tests lead to. Pairs that were seen
   * are not looked at again: it holds of them, or it has failed.
   */
  everywhere(
    first: Diagram,
    second: Diagram,
    seen: Set<number>,
    holds: (one: readonly number[], other: readonly number[]) => boolean,
  ): boolean {
    const stack = [[first, second] as const];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const [one, other] = top;
      const key = one.number * mostNodes + other.number;
      if (one === other || seen.has(key)) continue;
      seen.add(key);
      if (one.order === undefined && other.order === undefined) {
        if (!holds(one.set, other.set)) return false;
        continue;
      }
      const order = Math.min(one.order ?? Infinity, other.order ?? Infinity);
      stack.push([side(one, order, 'low'), side(other, order, 'low')]);
      stack.push([side(one, order, 'high'), side(other, order, 'high')]);
    }
    return true;
  }

  #name(name: string): Diagram {
    const order = this.#order.get(name) ?? this.#order.size;
    if (order >= mostTests) throw new Exhausted('nodes');
    this.#order.set(name, order);
    return this.#inner(order, this.never, this.always);
  }

  #not(condition: Diagram): Diagram {
    if (condition === this.never) return this.always;
    return condition === this.always ? this.never : this.#both('not', condition, condition);
  }

  #join(left: Diagram, right: Diagram): Diagram {
    if (left === right || right === this.never) return left;
    if (left === this.never) return right;
    return left.number < right.number
      ? this.#both('join', left, right)
      : this.#both('join', right, left);
  }

  #both(operation: Operation, left: Diagram, right: Diagram): Diagram {
    const results: Map<number, Diagram> = this.#results[operation];
    const key = left.number * mostNodes + right.number;
    const known = results.get(key);
    if (known) return known;
    this.#clock.tick(4);
    if (results.size >= 4 * mostNodes) throw new Exhausted('nodes');
    const order = Math.min(left.order ?? Infinity, right.order ?? Infinity);
    const result =
      order === Infinity
        ? this.#joinedEnds([left as End, right as End])
        : this.#inner(
            order,
            this.#half(operation, side(left, order, 'low'), side(right, order, 'low')),
            this.#half(operation, side(left, order, 'high'), side(right, order, 'high')),
          );
    results.set(key, result);
    return result;
  }

  #half(operation: Operation, left: Diagram, right: Diagram): Diagram {
    if (operation === 'not') return this.#not(left);
    return operation === 'where' ? this.where(left, right) : this.#join(left, right);
  }

  #joinedEnds(ends: readonly End[]): Diagram {
    const [first] = ends;
    if (first && ends.length === 1) return first;
    let most = 0;
    for (const { bits } of ends) most = Math.max(most, bits.length);
    const all = new Uint32Array(most);
    for (const { bits } of ends) for (let i = 0; i < bits.length; i++) all[i]! |= bits[i]!;
    return this.#end(all);
  }

  #inner(order: number, low: Diagram, high: Diagram): Diagram {
    if (low === high) return low;
    const key = (order * mostNodes + low.number) * mostNodes + high.number;
    const known = this.#nodes.get(key);
    if (known) return known;
    const kept = { number: this.#number(), order, low, high };
    this.#nodes.set(key, kept);
    return kept;
  }

  /** The end with these bits, the last of which are not all zero. */
  #end(bits: Uint32Array): End {
    let mixed = bits.length;
    for (const word of bits) mixed = Math.imul(mixed ^ word ^ (mixed >>> 15), 0x9e3779b1);
    const alike = this.#ends.get(mixed) ?? [];
    const known = alike.find((end) => sameBits(end.bits, bits));
    if (known) return known;
    this.#clock.tick(bits.length);
    const kept = { number: this.#number(), order: undefined, set: elements(bits), bits };
    alike.push(kept);
    this.#ends.set(mixed, alike);
    return kept;
  }

  #number(): number {
    if (this.#size >= mostNodes) throw new Exhausted('nodes');
    return this.#size++;
  }
}

function side(diagram: Diagram, order: number, which: 'low' | 'high'): Diagram {
  return diagram.order === order ? diagram[which] : diagram;
}

function sameBits(one: Uint32Array, other: Uint32Array): boolean {
  return one.length === other.length && one.every((word, i) => word === other[i]);
}

function elements(bits: Uint32Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < bits.length; i++)
    for (let word = bits[i]!; word !== 0; word &= word - 1)
      found.push(32 * i + 31 - Math.clz32(word & -word));
  return found;
}
