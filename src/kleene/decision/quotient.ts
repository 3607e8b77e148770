/**
 * Derivatives that do the same step by step, as one state each (bisimilarity, by refinement of a
 * partition). Terms that were rewritten have many of those, and one number stands for them all.
 */
import { Memo } from '../terms/sets.ts';
import type { Automaton } from './automaton.ts';
import type { Diagram } from './diagram.ts';
import type { Step, Steps } from './subsets.ts';

const mostStates = 6_000;
const mostSteps = 1_000_000;

export class Quotient implements Steps {
  readonly letters: readonly string[];
  /** For each class its states, the first of which stands for the others. */
  readonly classes: readonly (readonly number[])[];
  readonly #automaton: Automaton;
  readonly #class: ReadonlyMap<number, number>;
  readonly #steps: (Step | undefined)[] = [];
  readonly #images = new Memo();

  /** Undefined if there are too many states for it. */
  static of(automaton: Automaton, starts: readonly number[]): Quotient | undefined {
    const graph = reachable(automaton, starts);
    return graph && new Quotient(automaton, graph);
  }

  private constructor(automaton: Automaton, graph: Graph) {
    this.#automaton = automaton;
    this.letters = automaton.derivatives.letters;
    this.classes = new Partition(automaton, graph).classes();
    this.#class = new Map(
      this.classes.flatMap((states, number) => states.map((state) => [state, number] as const)),
    );
  }

  /** Each derivative with the one that stands for it. */
  pairs(): (readonly [number, number])[] {
    const { sets } = this.#automaton;
    return this.classes.flatMap(([first, ...others]) =>
      others.map((other) => [sets.single(other), sets.single(first!)] as const),
    );
  }

  /** The set of derivatives that a set of classes stands for. */
  meant(set: number): number {
    const { sets } = this.#automaton;
    return sets.of(sets.elements(set).map((state) => this.classes[state]![0]!));
  }

  get states(): number {
    return this.classes.length;
  }

  /** The classes of a set of derivatives. */
  image(set: number): number {
    const known = this.#images.get(set);
    if (known !== undefined) return known;
    const { sets } = this.#automaton;
    const numbers = sets.elements(set).map((state) => this.#class.get(state)!);
    return this.#images.set(set, sets.of(numbers));
  }

  step(state: number): Step {
    const known = this.#steps[state];
    if (known) return known;
    const { derivatives, diagrams } = this.#automaton;
    const { letters, after } = derivatives.step(this.classes[state]![0]!);
    const image = (set: number) => this.image(set);
    const step = { letters, after: after.map((diagram) => diagrams.mapped(diagram, image)) };
    this.#steps[state] = step;
    return step;
  }

  end(state: number): Diagram {
    return this.#automaton.derivatives.end(this.classes[state]![0]!);
  }
}

interface Graph {
  /** In the order in which they are met. */
  readonly states: readonly number[];
  /** From which states each state is reached. */
  readonly before: ReadonlyMap<number, readonly number[]>;
}

/** The states that can be reached, if they are not too many. */
function reachable({ sets, derivatives, diagrams, clock }: Automaton, starts: readonly number[]) {
  const before = new Map<number, number[]>();
  for (const start of starts) for (const state of sets.elements(start)) before.set(state, []);
  let steps = 0;
  for (const [state] of before) {
    for (const diagram of derivatives.step(state).after) {
      const elements = sets.elements(diagrams.joined(diagram));
      steps += elements.length;
      clock.tick(elements.length);
      for (const element of elements) {
        const list = before.get(element);
        if (list) list.push(state);
        else before.set(element, [state]);
      }
    }
    if (before.size > mostStates || steps > mostSteps) return undefined;
  }
  return { states: [...before.keys()], before };
}

/** States are in one class until something that they do tells them apart. */
class Partition {
  readonly #automaton: Automaton;
  readonly #graph: Graph;
  readonly #class: Int32Array;
  readonly #size: number[] = [];

  constructor(automaton: Automaton, graph: Graph) {
    this.#automaton = automaton;
    this.#graph = graph;
    this.#class = new Int32Array(automaton.derivatives.states);
    const ends = new Map<Diagram, number>();
    for (const state of graph.states) {
      const end = automaton.derivatives.end(state);
      const number = ends.get(end) ?? this.#size.push(0) - 1;
      ends.set(end, number);
      this.#class[state] = number;
      this.#size[number]!++;
    }
    for (let open = new Set(graph.states); open.size > 0; ) open = this.#refine(open);
  }

  classes(): number[][] {
    const found = new Map<number, number[]>();
    for (const state of this.#graph.states) {
      const number = this.#class[state]!;
      const list = found.get(number);
      if (list) list.push(state);
      else found.set(number, [state]);
    }
    return [...found.values()];
  }

  /** Looks at states again; answers with those of which something that follows has moved. */
  #refine(open: ReadonlySet<number>): Set<number> {
    const { diagrams } = this.#automaton;
    const byClass = new Map<number, Map<string, number[]>>();
    const sets = new Map<number, number>();
    const memo = new Map<Diagram, Diagram>();
    const image = (diagram: Diagram) =>
      diagrams.mapped(diagram, (set) => this.#image(set, sets), memo);
    for (const state of open) {
      const number = this.#class[state]!;
      const groups = byClass.get(number) ?? new Map<string, number[]>();
      byClass.set(number, groups);
      const key = this.#key(state, image);
      const group = groups.get(key);
      if (group) group.push(state);
      else groups.set(key, [state]);
    }
    const next = new Set<number>();
    for (const [number, groups] of byClass) this.#split(number, [...groups.values()], next);
    return next;
  }

  #image(set: number, known: Map<number, number>): number {
    const { sets } = this.#automaton;
    const image = known.get(set) ?? sets.of(sets.elements(set).map((state) => this.#class[state]!));
    known.set(set, image);
    return image;
  }

  /** What a state does, in terms of the classes there are now. */
  #key(state: number, image: (diagram: Diagram) => Diagram): string {
    const { derivatives } = this.#automaton;
    const { letters, after } = derivatives.step(state);
    const parts = letters.map((letter, i) => [letter, image(after[i]!)] as const);
    this.#automaton.clock.tick(letters.length);
    return parts.sort(([one], [other]) => one - other).join(' ');
  }

  /** The class that is largest, or was not looked at, keeps its number: then few states move. */
  #split(number: number, groups: readonly (readonly number[])[], moved: Set<number>): void {
    const looked = groups.reduce((sum, group) => sum + group.length, 0);
    let [keeps] = groups;
    for (const group of groups) if (group.length > keeps!.length) keeps = group;
    if (looked < this.#size[number]!) keeps = undefined;
    for (const group of groups) {
      if (group === keeps) continue;
      const fresh = this.#size.push(group.length) - 1;
      this.#size[number]! -= group.length;
      for (const state of group) {
        this.#class[state] = fresh;
        for (const before of this.#graph.before.get(state)!) moved.add(before);
      }
    }
  }
}
