/** Small automata written out, and the term of what they accept (elimination of states). */
import type { Term, Terms } from './term.ts';

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly label: Term;
}

/** The term of all ways from state 0 to a final state. */
export function termOf(
  terms: Terms,
  size: number,
  edges: readonly Edge[],
  final: readonly number[],
): Term {
  const [begin, end] = [size, size + 1];
  const table = new Map<string, Edge>();
  const add = (edge: Edge) => {
    const key = `${edge.from} ${edge.to}`;
    const before = table.get(key);
    table.set(key, before ? { ...edge, label: either(terms, before.label, edge.label) } : edge);
  };
  for (const edge of edges) add(edge);
  add({ from: begin, to: 0, label: terms.one() });
  for (const state of final) add({ from: state, to: end, label: terms.one() });
  const left = new Set(Array.from({ length: size }, (_, state) => state));
  while (left.size > 0) {
    const state = cheapest(left, table);
    left.delete(state);
    const all = [...table.values()];
    const loop = table.get(`${state} ${state}`)?.label;
    const into = all.filter(({ from, to }) => to === state && from !== state);
    const out = all.filter(({ from, to }) => from === state && to !== state);
    for (const [key, { from, to }] of table) if (from === state || to === state) table.delete(key);
    for (const first of into)
      for (const second of out) {
        const middle = loop ? then(terms, first.label, terms.star(loop)) : first.label;
        add({ from: first.from, to: second.to, label: then(terms, middle, second.label) });
      }
  }
  return table.get(`${begin} ${end}`)?.label ?? terms.zero();
}

/** The state whose elimination makes fewest edges. */
function cheapest(left: ReadonlySet<number>, table: ReadonlyMap<string, Edge>): number {
  const into = new Map<number, number>();
  const out = new Map<number, number>();
  for (const { from, to } of table.values()) {
    out.set(from, (out.get(from) ?? 0) + 1);
    into.set(to, (into.get(to) ?? 0) + 1);
  }
  const cost = (state: number) => (into.get(state) ?? 0) * (out.get(state) ?? 0);
  return [...left].reduce((best, state) => (cost(state) < cost(best) ? state : best));
}

function then(terms: Terms, left: Term, right: Term): Term {
  if (left.kind === 'one') return right;
  return right.kind === 'one' ? left : terms.product(left, right);
}

function either(terms: Terms, left: Term, right: Term): Term {
  return left === right ? left : terms.choice(left, right);
}
