/**
 * Goals `Rn ... R1 e <= f Rn ... R1` given simulations `R E <= F R` for each letter R: the shape of
 * recovery refinement. From the top down, f is read as sequences of the F of that layer, and the E
 * are put in their place; what remains is that e is among the sequences of E.
 *
 * So `R e <= R d[E] <= d[F] R <= f R`, the middle by induction on d. It is complete when every F is
 * a word, or when no two sequences of E have a word in common.
 */
import { Automaton } from '../decision/automaton.ts';
import { isEnd, never, setAt } from '../decision/diagram.ts';
import type { Equation } from '../notation/parse.ts';
import { type Clock, Exhausted } from '../terms/limit.ts';
import { type Edge, termOf } from '../terms/regular.ts';
import type { Term, Terms } from '../terms/term.ts';
import { factors, lettersOf, rebuilt } from '../terms/walk.ts';
import { type Simulation, simulation } from './lemmas.ts';

/** One use of a hypothesis: the letter that stands for it in sequences. */
export const chunk = (hypothesis: number): string => `#${hypothesis}`;

export interface Layer {
  readonly letter: string;
  /** The simulations of this letter, by the number of their hypothesis. */
  readonly simulations: ReadonlyMap<number, Simulation>;
  /** Sequences of hypotheses, as a term whose letters are chunks. */
  readonly sequences: Term;
}

/** A goal without the letters that both sides share at their ends. */
export interface Stack {
  /** From the most abstract to the most concrete. */
  readonly letters: readonly string[];
  readonly concrete: Term;
  readonly abstract: Term;
}

/** The letters that a goal leads with on the left and ends with on the right. */
export function stackOf(terms: Terms, goal: Equation, given: readonly Equation[]) {
  if (goal.relation !== '<=') return undefined;
  const before = factors(goal.left);
  const after = factors(goal.right);
  const simulated = new Set(given.flatMap((one) => simulation(terms, one)?.letter ?? []));
  for (let count = Math.min(before.length, after.length); count > 0; count--) {
    const head = before.slice(0, count);
    const tail = after.slice(after.length - count);
    if (!head.every((term, i) => term.kind === 'letter' && term === tail[i])) continue;
    const letters = head.flatMap((term) => (term.kind === 'letter' ? [term.name] : []));
    const concrete = terms.sequence(before.slice(count));
    const abstract = terms.sequence(after.slice(0, after.length - count));
    const inside = lettersOf(concrete, abstract);
    if (letters.some((letter) => inside.has(letter))) continue;
    if (new Set(letters).size < count || !letters.some((letter) => simulated.has(letter))) continue;
    return { letters, concrete, abstract } satisfies Stack;
  }
  return undefined;
}

export function layersOf(
  terms: Terms,
  stack: Stack,
  given: readonly Equation[],
  clock: Clock,
): Layer[] {
  const layers: Layer[] = [];
  let target = stack.abstract;
  for (const letter of stack.letters) {
    const simulations = new Map<number, Simulation>();
    for (const [index, hypothesis] of given.entries()) {
      const found = simulation(terms, hypothesis);
      if (found?.letter === letter) simulations.set(index, found);
    }
    const sequences = sequencesInto(terms, target, simulations, clock);
    const layer = { letter, simulations, sequences };
    layers.push(layer);
    target = spelled(terms, layer, 'concrete');
  }
  return layers;
}

/** The sequences of a layer with one side of each simulation put in. */
export function spelled(terms: Terms, layer: Layer, side: 'concrete' | 'abstract'): Term {
  const words = new Map(
    [...layer.simulations].map(([index, found]) => [chunk(index), found[side]] as const),
  );
  return rebuilt(terms, layer.sequences, (leaf) =>
    leaf.kind === 'letter' ? (words.get(leaf.name) ?? leaf) : leaf,
  );
}

const mostStates = 2_000;

/** All sequences of hypotheses whose abstract sides, one after the other, are within the target. */
function sequencesInto(
  terms: Terms,
  target: Term,
  simulations: ReadonlyMap<number, Simulation>,
  clock: Clock,
): Term {
  const automaton = new Automaton(clock);
  const start = [automaton.derivatives.start(target)];
  const states = [start];
  const byKey = new Map([[`${start}`, 0]]);
  const edges: Edge[] = [];
  const final: number[] = [];
  for (let from = 0; from < states.length; from++) {
    const sets = states[from] as number[];
    clock.tick(100);
    if (sets.every((set) => automaton.end(set) !== never)) final.push(from);
    for (const [index, { abstract }] of simulations) {
      const next = across(automaton, sets, automaton.derivatives.start(abstract));
      const to = byKey.get(`${next}`) ?? states.push(next) - 1;
      byKey.set(`${next}`, to);
      if (states.length > mostStates) throw new Exhausted('pairs');
      edges.push({ from, to, label: terms.letter(chunk(index)) });
    }
  }
  return termOf(terms, states.length, useful(edges, final), final);
}

/** Where the words of a set of states lead from any of these sets. */
function across(automaton: Automaton, from: readonly number[], word: number): number[] {
  const reached = new Set<number>();
  const seen = new Set<string>();
  const open = from.map((set) => [set, word] as const);
  for (let top = open.pop(); top; top = open.pop()) {
    const [set, rest] = top;
    if (seen.has(`${set} ${rest}`)) continue;
    seen.add(`${set} ${rest}`);
    automaton.clock.tick(10);
    if (automaton.end(rest) !== never) reached.add(set);
    const [here, there] = [automaton.after(set), automaton.after(rest)];
    for (const [letter, after] of there.entries()) {
      const target = here[letter] ?? never;
      if (!isEnd(after) || !isEnd(target)) throw new Unsuitable();
      if (after !== never) open.push([setAt(target), setAt(after)]);
    }
  }
  return [...reached].sort((one, other) => one - other);
}

/** Tests within simulations are not handled. */
export class Unsuitable extends Error {
  override readonly name = 'Unsuitable';
}

/** Those edges from which a final state is reached. */
function useful(edges: readonly Edge[], final: readonly number[]): Edge[] {
  const good = new Set(final);
  for (let before = -1; before !== good.size; ) {
    before = good.size;
    for (const { from, to } of edges) if (good.has(to)) good.add(from);
  }
  return edges.filter(({ to }) => good.has(to));
}
