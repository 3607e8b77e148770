/**
 * Lemmas and opaque functions: what is shown once, and then used by name.
 *
 * A lemma is a function that returns nothing and says under which conditions what holds. Its body
 * is the proof: it calls other lemmas, and itself on smaller arguments.
 */
import { isChecking, RequirementFailed, StatementFailed, truth } from './ghost.ts';

/** While a contract is looked at, the contracts of what it calls are not. */
let looking = false;

/**
 * What a lemma shows, or what is known of the result of an opaque function, which is called by its
 * name: `ensures(() => half(n) <= n)`. Stands before anything else in the body.
 */
export function ensures(holds: () => boolean): void {
  if (!isChecking() || looking) return;
  looking = true;
  try {
    if (truth(holds) === false) throw new StatementFailed('what a contract ensures does not hold');
  } finally {
    looking = false;
  }
}

/** Hides the body of the function it opens: others know what it ensures, and nothing else. */
export function opaque(): void {}

/** Uses a lemma here: `use(() => sumGrows(values, n))`. Nothing happens when run for real. */
export function use(lemma: () => void): void {
  if (!isChecking() || looking) return;
  try {
    truth(lemma);
  } catch (error) {
    // Outside of its condition a lemma says nothing.
    if (error instanceof RequirementFailed) return;
    if (error instanceof StatementFailed) throw error;
    throw new StatementFailed(`the proof of a contract cannot be run: ${(error as Error).message}`);
  }
}
