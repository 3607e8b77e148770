/**
 * Blocks whose contents may be exchanged for one another.
 *
 * A machine says `static readonly symmetric = 'blocks'` when it passes blocks on and compares them,
 * and does nothing else with them. If the promise and the machine below both say so, states that
 * differ only in which content is which behave alike, and one of them is explored for all. The
 * block of zeros keeps its place: code may name it.
 *
 * That the layer really is so is not taken on trust: docs/decisions/0007-symmetry-is-checked.md.
 */
import { type Block, sameBlock, zeroBlock } from '../model/block.ts';
import type { Engine, LayerEdge, Node } from './engine.ts';
import { type Call, callOf } from './promised.ts';
import { hole } from './run.ts';
import type { Machine } from './session.ts';
import { type Beyond, keyOf } from './value.ts';

/** Thrown where contents turn out to be told apart although they were declared alike. */
export class NotSymmetric extends Error {
  override readonly name = 'NotSymmetric';
}

/** Thrown when the layer makes blocks of its own: then it is explored in full. */
export class OwnBlocks extends Error {
  override readonly name = 'OwnBlocks';
}

/** What each content is exchanged for, by its key. */
type Exchange = ReadonlyMap<string, Uint8Array>;

type Part = 'lower' | 'memory' | 'set';

/** More contents than these stay where they are: their permutations would be too many. */
const most = 5;
/** The first so many states are compared under every exchange, every so-manieth later under one. */
const compared = { first: 200, each: 8 } as const;

/** The steps from a node, by the given calls. */
export type StepsOf = (node: Node, calls: readonly Call[]) => Promise<readonly LayerEdge[]>;

export class Symmetry {
  /** States whose steps were compared with those of a state like it. */
  checked = 0;
  private visited = 0;
  private readonly engine: Engine;
  /** The first one changes nothing. */
  private readonly exchanges: readonly Exchange[];
  private readonly images: Record<Part, (readonly number[])[]>;
  private readonly nothing: readonly number[];
  private readonly calls = new Map<string, Call>();

  /** The symmetry of a layer, if it has one that is of use. */
  static of(engine: Engine): Symmetry | undefined {
    const { layer, blocks, symmetry } = engine.instance;
    const declared = layer.promise.symmetric === 'blocks' && layer.on.symmetric === 'blocks';
    const free = blocks.filter((block) => !sameBlock(block, zeroBlock)).slice(0, most);
    return declared && symmetry !== false && free.length > 1
      ? new Symmetry(engine, free)
      : undefined;
  }

  private constructor(engine: Engine, free: readonly Block[]) {
    this.engine = engine;
    const keys = free.map((block) => keyOf(block));
    this.exchanges = permutations(free).map(
      (order) => new Map(order.map((block, i) => [keys[i]!, block as unknown as Uint8Array])),
    );
    this.nothing = this.exchanges.map(() => -1);
    this.images = { lower: [], memory: [], set: [] };
    const operations = engine.calls({ phase: 'up', lower: -1, memory: -1, set: -1 });
    for (const call of operations) this.calls.set(call.key, call);
    for (const call of operations) for (const p of this.exchanges.keys()) this.callLike(call, p);
  }

  /** The one state that stands for all that are like it. */
  canonical(node: Node): Node {
    const { lower, memory, set } = this.imagesOf(node);
    let best = 0;
    for (let p = 1; p < this.exchanges.length; p++) {
      const order = lower[p]! - lower[best]! || memory[p]! - memory[best]! || set[p]! - set[best]!;
      if (order < 0) best = p;
    }
    return best === 0 ? node : this.nodeLike(node, best);
  }

  /** The states to start from, one for all that are alike. */
  starts(nodes: readonly Node[]): Node[] {
    const all = new Set(nodes.map((node) => keyOf(this.engine.key(node))));
    for (const node of nodes)
      for (let p = 1; p < this.exchanges.length; p++)
        if (!all.has(keyOf(this.engine.key(this.nodeLike(node, p)))))
          throw this.refusal('initial() starts with some contents, and not with others like them');
    return nodes.filter((node) => this.canonical(node) === node);
  }

  /** Takes the same steps from states like this one, now and then, and compares. */
  async compare(node: Node, edges: readonly LayerEdge[], stepsOf: StepsOf): Promise<void> {
    const turn = this.visited++;
    const all = turn < compared.first;
    // What is wrong ends the search at once: which steps came before it depends on their order.
    if (edges.some(({ problem }) => problem)) return;
    if (!all && turn % compared.each !== 0) return;
    this.checked++;
    const { counts } = this.engine;
    const before = { ...counts };
    const some = 1 + (Math.floor(turn / compared.each) % (this.exchanges.length - 1));
    for (let p = all ? 1 : some; p < (all ? this.exchanges.length : some + 1); p++) {
      const calls = this.engine.calls(node).map((call) => this.callLike(call, p));
      const others = await stepsOf(this.nodeLike(node, p), calls);
      this.same(node, edges, others, p);
    }
    Object.assign(counts, before);
  }

  private same(
    node: Node,
    edges: readonly LayerEdge[],
    others: readonly LayerEdge[],
    p: number,
  ): void {
    const expected = edges.map((edge) => this.told(edge, p)).sort();
    const found = others.map((edge) => this.told(edge, 0)).sort();
    const differs = found.findIndex((text, i) => text !== expected[i]);
    if (differs < 0 && found.length === expected.length) return;
    const odd = differs < 0 ? expected[found.length]! : found[differs]!;
    const name = odd.slice(0, odd.indexOf(' '));
    const where = { new: 'a new store', down: 'recovery', up: 'a store in use' }[node.phase];
    throw this.refusal(`${name}() on ${where} tells contents apart`);
  }

  /** An edge as a text, its target with contents exchanged. */
  private told({ label, to, problem, cost = 1 }: LayerEdge, p: number): string {
    const target = to ? this.engine.key(this.nodeLike(to, p)).join(' ') : '';
    return `${label.call.name} ${target} ${problem?.kind ?? ''} ${cost} ${label.power ?? ''}`;
  }

  private refusal(because: string): NotSymmetric {
    const { promise, on } = this.engine.instance.layer;
    const names = [...new Set([promise, on])].map(({ name }) => name ?? 'a machine').join(' and ');
    return new NotSymmetric(
      `${names} declare the contents of blocks to be interchangeable, and ${because}`,
    );
  }

  private callLike(call: Call, p: number): Call {
    const key = callOf(call.name, exchanged(call.arguments, this.exchanges[p]!)).key;
    if (!this.calls.has(key)) {
      // Calls without arguments that come around operations: init and recover.
      if (call.arguments.length === 0) return call;
      throw this.refusal(`${call.name}() is not tried with each of them`);
    }
    return this.calls.get(key)!;
  }

  private nodeLike(node: Node, p: number): Node {
    if (p === 0) return node;
    const { lower, memory, set } = this.imagesOf(node);
    return { phase: node.phase, lower: lower[p]!, memory: memory[p]!, set: set[p]! };
  }

  /** The parts of a node under every exchange. */
  private imagesOf({ lower, memory, set }: Node): Record<Part, readonly number[]> {
    const { lowers, memories, promised, sampler } = this.engine;
    return {
      lower: this.image('lower', lower, (exchange) => {
        own(lowers.beyond(lower));
        return lowers.number(exchanged(lowers.value(lower), exchange));
      }),
      memory: this.image('memory', memory, (exchange) => {
        own(memories.beyond(memory));
        return memories.number(exchanged(memories.value(memory), exchange));
      }),
      set: this.image('set', set, (exchange) =>
        promised.setLike(set, (machine) => {
          own(sampler.beyond(machine));
          return exchanged(machine, exchange) as Machine;
        }),
      ),
    };
  }

  private image(part: Part, number: number, of: (exchange: Exchange) => number): readonly number[] {
    if (number < 0) return this.nothing;
    const known = this.images[part][number];
    if (known) return known;
    const all = this.exchanges.map(of);
    this.images[part][number] = all;
    return all;
  }
}

/** What only passes blocks on never has one that it was not given. */
function own(beyond: Beyond | undefined): void {
  if (beyond && beyond.blocks.size > 0) throw new OwnBlocks('the layer makes blocks of its own');
}

/** A copy in which contents have been exchanged. */
function exchanged<T>(value: T, exchange: Exchange): T {
  return any(value, exchange) as T;
}

function any(value: unknown, exchange: Exchange): unknown {
  if (typeof value !== 'object' || value === null || value === hole) return value;
  if (value instanceof Uint8Array) return (exchange.get(keyOf(value)) ?? value).slice();
  if (Array.isArray(value)) return value.map((item) => any(item, exchange));
  if (value instanceof Map)
    return new Map([...value].map(([k, v]) => [any(k, exchange), any(v, exchange)]));
  if (value instanceof Set) return new Set([...value].map((item) => any(item, exchange)));
  const result = Object.create(Object.getPrototypeOf(value)) as Record<string, unknown>;
  for (const [name, field] of Object.entries(value)) result[name] = any(field, exchange);
  return result;
}

/** Every order of the items; the one they have comes first. */
function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, i) =>
    permutations(items.toSpliced(i, 1)).map((rest) => [first, ...rest]),
  );
}
