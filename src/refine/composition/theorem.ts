/** The theorems by which layers compose: derived in the kernel in each process that cites them. */
import { theoremNamed } from '../../kleene/index.ts';

/** A theorem as it is cited. */
export interface Cited {
  /** What it is about. */
  readonly title: string;
  /** The name by which `plimsoll kleene theorems` shows it. */
  readonly name: string;
  /** How many steps of the kernel it took just now. */
  readonly steps: number;
}

/** An operation that returns, one that is cut short, and initialisation; and two side by side. */
const cited = {
  compose: {
    composition: 'transitivity of recovery refinement',
    trans_exec: 'transitivity of refinement',
    crash_safe_initialisation: 'crash-safe initialisation',
  },
  beside: { horizontal_composition: 'horizontal composition' },
} as const;

/** Throws where the kernel does not accept one of them. */
export function cite(kind: keyof typeof cited): readonly Cited[] {
  return Object.entries(cited[kind]).map(([name, title]) => {
    const { steps } = theoremNamed(name);
    return { title, name, steps };
  });
}

/** What a theorem asks for under a name, in its own letters. */
export function hypothesis(theorem: string, name: string): string {
  const found = theoremNamed(theorem).given.find((one) => one.name === name);
  if (!found) throw new Error(`${theorem} has no hypothesis ${name}`);
  return found.says;
}
