/**
 * Decision diagrams over tests, with sets at their ends (MTBDD): what holds under which tests, with
 * no list of all their combinations. A reference is odd for an end, 2 * set + 1, else 2 * node.
 * A condition is a diagram too: its ends are the empty set, for no, and the set of 0, for yes.
 */
import { type Clock, Exhausted } from '../terms/limit.ts';
import { emptySet, larger, type Sets } from '../terms/sets.ts';
import type { Formula } from '../terms/term.ts';
import { foldFormula } from '../terms/walk.ts';

export type Diagram = number;

export const never: Diagram = 2 * emptySet + 1;

export const isEnd = (diagram: Diagram): boolean => (diagram & 1) === 1;
export const setAt = (end: Diagram): number => end >> 1;
export const endOf = (set: number): Diagram => 2 * set + 1;

const leastCache = 2 ** 12;
const mostCache = 2 ** 20;
const operations = { union: 0, restrict: 1 } as const;
const mostTests = 1000;
const forever = 0x7fffffff;

export class Diagrams {
  readonly always: Diagram;
  readonly sets: Sets;
  readonly clock: Clock;
  #variable = new Int32Array(1 << 8);
  #low = new Int32Array(1 << 8);
  #high = new Int32Array(1 << 8);
  #size = 0;
  #table = new Int32Array(1 << 9).fill(-1);
  // Results may be forgotten: they are found again.
  #cache: Int32Array | undefined;
  readonly #order = new Map<string, number>();
  readonly #negations = new Map<Diagram, Diagram>();

  constructor(sets: Sets, clock: Clock) {
    this.sets = sets;
    this.clock = clock;
    this.always = endOf(sets.single(0));
  }

  get size(): number {
    return this.#size;
  }

  /** The names of tests, in the order in which diagrams ask for them. */
  get names(): string[] {
    return [...this.#order.keys()];
  }

  /** The test that is asked first; after all tests, if none. */
  top(diagram: Diagram): number {
    return isEnd(diagram) ? forever : this.#variable[diagram >> 1]!;
  }

  /** What is left when the test fails. */
  low(diagram: Diagram, variable: number): Diagram {
    return this.top(diagram) === variable ? this.#low[diagram >> 1]! : diagram;
  }

  /** What is left when the test holds. */
  high(diagram: Diagram, variable: number): Diagram {
    return this.top(diagram) === variable ? this.#high[diagram >> 1]! : diagram;
  }

  of(formula: Formula): Diagram {
    return foldFormula<Diagram>(formula, (part, at) => {
      if (part.kind === 'true' || part.kind === 'false')
        return part.kind === 'true' ? this.always : never;
      if (part.kind === 'name') return this.#node(this.#place(part.name), never, this.always);
      if (part.kind === 'not') return this.not(at(part.body));
      const [left, right] = [at(part.left), at(part.right)];
      return part.kind === 'and' ? this.restrict(left, right) : this.union(left, right);
    });
  }

  not(condition: Diagram): Diagram {
    if (condition === never) return this.always;
    if (condition === this.always) return never;
    const known = this.#negations.get(condition);
    if (known !== undefined) return known;
    const variable = this.top(condition);
    const low = this.not(this.low(condition, variable));
    const result = this.#node(variable, low, this.not(this.high(condition, variable)));
    this.#negations.set(condition, result);
    return result;
  }

  /** Both: at each end the elements of either. */
  union(left: Diagram, right: Diagram): Diagram {
    if (left === right || right === never) return left;
    if (left === never) return right;
    if (isEnd(left) && isEnd(right)) return endOf(this.sets.union(setAt(left), setAt(right)));
    const [first, second] = left < right ? [left, right] : [right, left];
    return this.#apply(operations.union, first, second);
  }

  /** The diagram where the condition holds; nothing elsewhere. */
  restrict(condition: Diagram, diagram: Diagram): Diagram {
    if (condition === this.always) return diagram;
    if (condition === never || diagram === never) return never;
    return this.#apply(operations.restrict, condition, diagram);
  }

  /** Whether the second holds wherever the first does. */
  implies(condition: Diagram, other: Diagram): boolean {
    if (condition === other || condition === never || other === this.always) return true;
    return this.restrict(this.not(other), condition) === never;
  }

  /** The diagram with other sets at its ends. */
  mapped(
    diagram: Diagram,
    change: (set: number) => number,
    memo = new Map<Diagram, Diagram>(),
  ): Diagram {
    if (isEnd(diagram)) return endOf(change(setAt(diagram)));
    const known = memo.get(diagram);
    if (known !== undefined) return known;
    const variable = this.top(diagram);
    const low = this.mapped(this.low(diagram, variable), change, memo);
    const result = this.#node(
      variable,
      low,
      this.mapped(this.high(diagram, variable), change, memo),
    );
    memo.set(diagram, result);
    return result;
  }

  /** All elements of the sets at the ends. */
  joined(diagram: Diagram): number {
    if (isEnd(diagram)) return setAt(diagram);
    let all = emptySet;
    const seen = new Set<Diagram>([diagram]);
    for (const at of seen) {
      if (isEnd(at)) all = this.sets.union(all, setAt(at));
      else seen.add(this.#low[at >> 1]!).add(this.#high[at >> 1]!);
    }
    return all;
  }

  /** Every element of a set at an end, and under which tests it is there. */
  guards(
    diagram: Diagram,
    memo = new Map<Diagram, ReadonlyMap<number, Diagram>>(),
  ): ReadonlyMap<number, Diagram> {
    const known = memo.get(diagram);
    if (known) return known;
    const found = new Map<number, Diagram>();
    memo.set(diagram, found);
    if (isEnd(diagram)) {
      for (const element of this.sets.elements(setAt(diagram))) found.set(element, this.always);
      return found;
    }
    const variable = this.top(diagram);
    const low = this.guards(this.low(diagram, variable), memo);
    const high = this.guards(this.high(diagram, variable), memo);
    this.clock.tick(low.size + high.size);
    for (const [element, guard] of low)
      found.set(element, this.#node(variable, guard, high.get(element) ?? never));
    for (const [element, guard] of high)
      if (!low.has(element)) found.set(element, this.#node(variable, never, guard));
    return found;
  }

  /** How tests are answered on a way to an end that is not empty. */
  witness(condition: Diagram): Map<string, boolean> {
    const answers = new Map<string, boolean>();
    const { names } = this;
    for (let at = condition; !isEnd(at); ) {
      const variable = this.top(at);
      const low = this.low(at, variable);
      answers.set(names[variable] as string, low === never);
      at = low === never ? this.high(at, variable) : low;
    }
    return answers;
  }

  #apply(operation: number, left: Diagram, right: Diagram): Diagram {
    const cache = this.#cached();
    const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b) ^ operation;
    const slot = 4 * ((hash ^ (hash >>> 15)) & (cache.length / 4 - 1));
    if (cache[slot] === operation && cache[slot + 1] === left && cache[slot + 2] === right)
      return cache[slot + 3]!;
    const variable = Math.min(this.top(left), this.top(right));
    const lows = [this.low(left, variable), this.low(right, variable)] as const;
    const highs = [this.high(left, variable), this.high(right, variable)] as const;
    const both = operation === operations.union ? 'union' : 'restrict';
    const low = this[both](...lows);
    const result = this.#node(variable, low, this[both](...highs));
    cache[slot] = operation;
    cache[slot + 1] = left;
    cache[slot + 2] = right;
    cache[slot + 3] = result;
    return result;
  }

  /** Room for results, in proportion to the diagrams there are. */
  #cached(): Int32Array {
    const before = this.#cache?.length ?? 0;
    if (!this.#cache || (before < mostCache && 2 * this.#size > before))
      this.#cache = new Int32Array(Math.max(leastCache, 4 * before)).fill(-1);
    return this.#cache;
  }

  #place(name: string): number {
    const known = this.#order.get(name);
    if (known !== undefined) return known;
    // Diagrams are walked by calls, one for each test.
    if (this.#order.size >= mostTests) throw new Exhausted('nodes');
    this.#order.set(name, this.#order.size);
    return this.#order.size - 1;
  }

  #node(variable: number, low: Diagram, high: Diagram): Diagram {
    if (low === high) return low;
    let slot = this.#slot(variable, low, high);
    for (let node = this.#table[slot]!; node >= 0; node = this.#table[slot]!) {
      if (this.#variable[node] === variable && this.#low[node] === low && this.#high[node] === high)
        return 2 * node;
      slot = (slot + 1) & (this.#table.length - 1);
    }
    if (this.#size >= this.clock.limits.nodes) throw new Exhausted('nodes');
    this.clock.tick();
    const node = this.#size++;
    this.#table[slot] = node;
    if (node >= this.#variable.length) this.#grow();
    this.#variable[node] = variable;
    this.#low[node] = low;
    this.#high[node] = high;
    if (2 * this.#size > this.#table.length) this.#rehash();
    return 2 * node;
  }

  #slot(variable: number, low: Diagram, high: Diagram): number {
    let hash = Math.imul(variable + 1, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ Math.imul(high, 0x27d4eb2f);
    return (hash ^ (hash >>> 16)) & (this.#table.length - 1);
  }

  #grow(): void {
    this.#variable = larger(this.#variable);
    this.#low = larger(this.#low);
    this.#high = larger(this.#high);
  }

  #rehash(): void {
    this.#table = new Int32Array(2 * this.#table.length).fill(-1);
    for (let node = 0; node < this.#size; node++) {
      let slot = this.#slot(this.#variable[node]!, this.#low[node]!, this.#high[node]!);
      while (this.#table[slot]! >= 0) slot = (slot + 1) & (this.#table.length - 1);
      this.#table[slot] = node;
    }
  }
}
