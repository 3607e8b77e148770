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
}

/** Diagrams are walked by calls, a few for each test. */
const mostTests = 1000;
const mostNodes = 2 ** 20;

export class PlainDiagrams {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Diagram>();
  readonly #results = new Map<string, Diagram>();
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
    const sorted = [...new Set(set)].sort((one, other) => one - other);
    return this.#keep(`{${sorted}}`, (number) => ({ number, order: undefined, set: sorted }));
  }

  /** The second where the first holds. */
  where(condition: Diagram, diagram: Diagram): Diagram {
    if (condition === this.always) return diagram;
    if (condition === this.never || diagram === this.never) return this.never;
    return this.#both('where', condition, diagram);
  }

  joined(parts: readonly Diagram[]): Diagram {
    const sets = parts.flatMap((part) => (part.order === undefined ? [part.set] : []));
    const ends = sets.length > 1 ? this.end(sets.flat()) : this.never;
    const others = sets.length > 1 ? parts.filter((part) => part.order !== undefined) : parts;
    return others.reduce((left, right) => this.#join(left, right), ends);
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

  /** Whether something holds of every two ends that the same tests lead to. */
  everywhere(
    first: Diagram,
    second: Diagram,
    holds: (one: readonly number[], other: readonly number[]) => boolean,
  ): boolean {
    const seen = new Set<string>();
    const stack = [[first, second] as const];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const [one, other] = top;
      const key = `${one.number} ${other.number}`;
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
    if (left.order === undefined && right.order === undefined)
      return this.end([...left.set, ...right.set]);
    return this.#both('join', left, right);
  }

  #both(operation: 'where' | 'join' | 'not', left: Diagram, right: Diagram): Diagram {
    const key = `${operation} ${left.number} ${right.number}`;
    const known = this.#results.get(key);
    if (known) return known;
    this.#clock.tick(4);
    if (this.#results.size >= 4 * mostNodes) throw new Exhausted('nodes');
    const order = Math.min(left.order ?? Infinity, right.order ?? Infinity);
    const [low, high] = (['low', 'high'] as const).map((which) => {
      const [one, other] = [side(left, order, which), side(right, order, which)];
      if (operation === 'not') return this.#not(one);
      return operation === 'where' ? this.where(one, other) : this.#join(one, other);
    });
    const result = this.#inner(order, low as Diagram, high as Diagram);
    this.#results.set(key, result);
    return result;
  }

  #inner(order: number, low: Diagram, high: Diagram): Diagram {
    if (low === high) return low;
    return this.#keep(`${order} ${low.number} ${high.number}`, (number) => ({
      ...{ number, order, low, high },
    }));
  }

  #keep(key: string, make: (number: number) => Diagram): Diagram {
    const known = this.#kept.get(key);
    if (known) return known;
    if (this.#kept.size >= mostNodes) throw new Exhausted('nodes');
    const kept = make(this.#kept.size);
    this.#kept.set(key, kept);
    return kept;
  }
}

function side(diagram: Diagram, order: number, which: 'low' | 'high'): Diagram {
  return diagram.order === order ? diagram[which] : diagram;
}
