/**
 * Which terms may be worth putting in for the variables of a quantifier: what stands at the place
 * of the variable elsewhere. Whatever is found here is checked again; nothing is trusted.
 */
import { type FunctionSymbol, isQuantifier, type Quantifier, type Term } from '../term.ts';
import { postorder } from '../traverse.ts';
import type { Ground } from './ground.ts';

/** Where a variable stands. */
type Place =
  | { readonly kind: 'index'; readonly array: Term; readonly closed: boolean }
  | { readonly kind: 'argument'; readonly symbol: FunctionSymbol; readonly at: number }
  | { readonly kind: 'equal'; readonly to: Term }
  | { readonly kind: 'bound'; readonly to: Term };

/**
 * How far away a term may stand. Alike are arrays that come of one another by writes, choices and
 * equations; then what bounds the variable is looked at, too, and then any array of the same sort.
 */
export const nearnesses = ['alike', 'bounded', 'sort'] as const;
export type Nearness = (typeof nearnesses)[number];

const comparisons = new Set(['<', '<=', 'bvult', 'bvule']);

const mostTuples = 4000;

export class Matching {
  private readonly ground: Ground;
  private readonly nearness: Nearness;
  private readonly leaders = new Map<Term, Term>();
  /** Indices that are read or written, by the leader of the array, or by its sort. */
  private readonly indices = new Map<object, Set<Term>>();
  private readonly arguments = new Map<FunctionSymbol, Set<Term>[]>();
  private readonly numbers = new Map<Term, number>();

  constructor(ground: Ground, nearness: Nearness) {
    this.ground = ground;
    this.nearness = nearness;
    ground.terms.forEach((term, number) => {
      this.numbers.set(term, number);
      this.relate(term);
    });
    for (const term of ground.terms) this.note(term);
  }

  /** Terms by number, one for each variable, for every choice that may help. */
  tuples(quantifier: Quantifier): number[][] {
    const places = placesIn(quantifier);
    let tuples: number[][] = [[]];
    for (const variable of quantifier.variables) {
      const candidates = this.candidates(variable, places.get(variable) ?? []);
      if (tuples.length * candidates.length > mostTuples) return [];
      tuples = tuples.flatMap((tuple) => candidates.map((each) => [...tuple, each]));
    }
    return tuples;
  }

  private candidates(variable: Term, places: readonly Place[]): number[] {
    const found = new Set<Term>();
    for (const place of places) for (const each of this.standing(place)) found.add(each);
    if (places.length === 0) for (const each of this.ground.terms) found.add(each);
    const sorted = [...found].filter(({ sort }) => sort === variable.sort);
    return sorted.flatMap((each) => this.numbers.get(each) ?? []);
  }

  private standing(place: Place): Iterable<Term> {
    if (place.kind === 'equal' || place.kind === 'bound')
      return place.kind === 'bound' && this.nearness === 'alike' ? [] : [place.to];
    if (place.kind === 'argument') return this.arguments.get(place.symbol)?.[place.at] ?? [];
    return this.indices.get(this.keyOf(place.array, place.closed)) ?? [];
  }

  private keyOf(array: Term, closed: boolean): object {
    return closed && this.nearness !== 'sort' ? this.leader(array) : array.sort;
  }

  private leader(term: Term): Term {
    let leader = term;
    for (let next = this.leaders.get(leader); next; next = this.leaders.get(leader)) leader = next;
    return leader;
  }

  private join(a: Term, b: Term): void {
    const [first, second] = [this.leader(a), this.leader(b)];
    if (first !== second) this.leaders.set(first, second);
  }

  private relate(term: Term): void {
    const { operator, parts, sort } = term;
    if (operator === '=' && parts[0]!.sort.kind === 'array') this.join(parts[0]!, parts[1]!);
    if (sort.kind !== 'array') return;
    if (operator === 'store') this.join(term, parts[0]!);
    if (operator === 'ite') for (const part of parts.slice(1)) this.join(term, part);
  }

  private note(term: Term): void {
    const { operator, parts } = term;
    if (operator === 'select' || operator === 'store') {
      for (const key of [this.leader(parts[0]!), parts[0]!.sort]) {
        const known = this.indices.get(key) ?? new Set();
        this.indices.set(key, known.add(parts[1]!));
      }
    }
    if (operator !== 'call') return;
    const known = this.arguments.get(term.symbol) ?? parts.map(() => new Set<Term>());
    this.arguments.set(term.symbol, known);
    for (const [at, part] of parts.entries()) known[at]!.add(part);
  }
}

const placesOf = new WeakMap<Quantifier, Map<Term, Place[]>>();

function placesIn(quantifier: Quantifier): Map<Term, Place[]> {
  const known = placesOf.get(quantifier);
  if (known !== undefined) return known;
  const places = new Map<Term, Place[]>(quantifier.variables.map((each) => [each, []]));
  const inner = postorder(quantifier.parts);
  const open = new Set<Term>(quantifier.variables);
  for (const each of inner) {
    if (isQuantifier(each)) for (const variable of each.variables) open.add(variable);
  }
  for (const each of inner) {
    if (each.parts.some((part) => open.has(part))) open.add(each);
    for (const [variable, place] of placed(each, open)) places.get(variable)?.push(place);
  }
  placesOf.set(quantifier, places);
  return places;
}

function placed(term: Term, open: ReadonlySet<Term>): [Term, Place][] {
  const { operator, parts } = term;
  const [a, b] = parts as [Term, Term];
  if (operator === 'select' || operator === 'store')
    return [[b, { kind: 'index', array: a, closed: !open.has(a) }]];
  if (operator === 'call') {
    const { symbol } = term;
    return parts.map((part, at) => [part, { kind: 'argument', symbol, at }]);
  }
  if (operator !== '=' && !comparisons.has(operator)) return [];
  const kind = operator === '=' ? 'equal' : 'bound';
  const sides: [Term, Term][] = [
    [a, b],
    [b, a],
  ];
  return sides.flatMap(([variable, to]): [Term, Place][] =>
    open.has(to) ? [] : [[variable, { kind, to }]],
  );
}
