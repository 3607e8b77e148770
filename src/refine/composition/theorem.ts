/** The theorems by which layers compose: replayed in the kernel wherever they are cited. */
import { proveLaw, recoveryLaws } from '../../kleene/index.ts';

/** A theorem as it is cited. */
export interface Cited {
  /** What it is about. */
  readonly title: string;
  /** The name under which `plimsoll kleene theorems` shows it. */
  readonly name: string;
  readonly says: string;
  readonly given: readonly string[];
}

const titles = {
  compose: { title: 'transitivity of recovery refinement', name: 'composition' },
} as const;

/** Replays the theorem; throws where the kernel does not accept it. */
export function cite(kind: 'compose' | 'beside'): Cited {
  const { title, name } = titles[kind as 'compose'];
  const law = recoveryLaws.find((one) => one.name === name);
  if (!law) throw new Error(`there is no theorem ${name}`);
  proveLaw(law);
  return { title, name, says: law.says, given: law.given ?? [] };
}
