/** The part of what was tried that is needed, with numbers of its own. */
import { isQuantifier, type Term } from '../term.ts';
import type { Entry } from './entry.ts';
import { type Fact, type Ground, mentioned, type Step } from './ground.ts';

/** `origins`: which formula of the claim each of the first facts is. */
export function entryOf(
  ground: Ground,
  core: readonly number[],
  origins: readonly number[],
): Entry {
  const kept = closed(ground, core);
  const numbers = new Numbers();
  const steps: Step[] = [];
  const needed: number[] = [];
  for (const at of kept) {
    const fact = ground.facts[at]!;
    if (fact.step === undefined) needed.push(origins[at]!);
    else steps.push(numbers.renumbered(ground, fact.step));
    numbers.add(fact);
  }
  return { needed, steps };
}

/** With the facts in which terms that are put in come up first, in order. */
function closed(ground: Ground, core: readonly number[]): number[] {
  const kept = new Set(core);
  for (const at of kept) {
    const { step } = ground.facts[at]!;
    if (step === undefined) continue;
    for (const each of usedBy(ground, step)) kept.add(ground.origin(each));
  }
  return [...kept].sort((a, b) => a - b);
}

function usedBy({ quantifiers, terms }: Ground, step: Step): Term[] {
  const put = step.kind === 'instance' ? step.terms.map((each) => terms[each]!) : [];
  return [quantifiers[step.quantifier]!, ...put];
}

class Numbers {
  private readonly terms = new Map<Term, number>();
  private readonly quantifiers = new Map<Term, number>();

  add(fact: Fact): void {
    for (const each of mentioned(fact)) {
      const numbers = isQuantifier(each) ? this.quantifiers : this.terms;
      if (!numbers.has(each)) numbers.set(each, numbers.size);
    }
  }

  renumbered(ground: Ground, step: Step): Step {
    const quantifier = this.quantifiers.get(ground.quantifiers[step.quantifier]!)!;
    if (step.kind === 'witness') return { kind: 'witness', quantifier };
    const terms = step.terms.map((each) => this.terms.get(ground.terms[each]!)!);
    return { kind: 'instance', quantifier, terms };
  }
}
