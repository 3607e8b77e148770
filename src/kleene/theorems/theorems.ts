/**
 * The theorems that a stack of proved layers rests on, by name. To cite one:
 *
 *   const composition = theoremNamed('composition');
 *   composition.reads                     // what it says, in words
 *   composition.says                      // '(R2 R1) x ((c + r y)* (r z)) <= s (R2 R1)'
 *   composition.given                     // [{ name: 'crash', says: "R1 ...", reads: '...' }, ...]
 *   composition.paper                     // where the argument is from
 *   composition.steps                     // of the kernel, when it was derived just now
 *
 * It is derived anew in each process, and what is returned has been made by the kernel.
 *
 *   composition                vertical: a layer upon a layer, a crash in either (transitivity)
 *   trans_exec                 the same for an operation that returns
 *   crash_safe_initialisation  the same for how a stack comes to be
 *   horizontal_composition     two layers side by side
 *   trace_inclusion            what a client of a layer can see
 *   idempotent_recovery        recovery, shown one crash at a time
 */
import { algebraTheorems } from './algebra-theorems.ts';
import { beginningTheorems } from './beginning-theorems.ts';
import { besideTheorems } from './beside-theorems.ts';
import { NoStep } from './kernel.ts';
import { layerTheorems } from './layer-theorems.ts';
import { Library, type NamedTheorem } from './library.ts';
import { stackTheorems } from './stack-theorems.ts';

let library: Library | undefined;

function shared(): Library {
  library ??= new Library([
    ...[algebraTheorems, layerTheorems, stackTheorems, beginningTheorems, besideTheorems].flat(),
  ]);
  return library;
}

export const theoremNames = (): readonly string[] => shared().names;

/** The theorem, derived by the kernel; an error if there is none of this name. */
export function theoremNamed(name: string): NamedTheorem {
  const found = shared().theorem(name);
  if (found) return found;
  throw new NoStep(`there is no theorem ${name}; name one of ${theoremNames().join(', ')}`);
}
