/** Which terms get a name of their own, so that a graph does not unfold into a tree. */
import { isQuantifier, literal, type Term } from './term.ts';

const smallest = 12;
const deepest = 200;

export class Sharing {
  private readonly uses = new Map<Term, number>();
  private readonly sizes = new Map<Term, { size: number; depth: number }>();
  private readonly named = new Set<Term>();

  /** Counts the uses of `terms`, which are in postorder, by one another and as roots. */
  constructor(
    terms: readonly Term[],
    below: (term: Term) => readonly Term[],
    roots: readonly Term[] = [],
  ) {
    for (const part of roots) this.uses.set(part, (this.uses.get(part) ?? 0) + 1);
    for (const term of terms) {
      for (const part of below(term)) this.uses.set(part, (this.uses.get(part) ?? 0) + 1);
    }
    for (const term of terms) this.measure(term, below(term));
  }

  names(term: Term): boolean {
    return this.named.has(term);
  }

  private measure(term: Term, parts: readonly Term[]): void {
    let size = 1;
    let depth = 1;
    for (const part of parts) {
      const inner = this.sizes.get(part) ?? { size: 1, depth: 1 };
      size += inner.size;
      depth = Math.max(depth, inner.depth + 1);
    }
    const large = size >= smallest || isQuantifier(term);
    const often = large && (this.uses.get(term) ?? 0) > 1;
    const leaf = term.operator === 'constant' || literal(term) !== undefined;
    if (!leaf && (often || depth >= deepest)) {
      this.named.add(term);
      this.sizes.set(term, { size: 1, depth: 1 });
    } else this.sizes.set(term, { size, depth });
  }
}
