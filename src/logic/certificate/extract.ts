/**
 * Looks for instances that decide a claim: all that may help, in rounds, then those that a solver
 * took. Nothing here is trusted; what is found is checked as any certificate is.
 */
import type { Limits } from '../solver.ts';
import type { Term } from '../term.ts';
import { asserted, type Claim, type Entry, groundOf } from './entry.ts';
import { Ground, type Step } from './ground.ts';
import { Matching, type Nearness, nearnesses } from './matching.ts';
import { entryOf } from './needed.ts';
import { polarities } from './polarity.ts';

/** The part of a pool that is needed. */
export interface Contradicting {
  core(facts: readonly Term[], limits?: Partial<Limits>): Promise<readonly number[] | undefined>;
}

const mostFacts = 6000;
const rounds = 4;
const limits: Partial<Limits> = { resources: 2_000_000 };

/** An entry that shows the claim, if one is found. */
export async function extract(claim: Claim, solver: Contradicting): Promise<Entry | undefined> {
  for (const nearness of nearnesses) {
    const found = await search(claim, solver, nearness);
    if (found !== undefined) return smaller(claim, found, solver);
  }
  return undefined;
}

async function search(
  claim: Claim,
  solver: Contradicting,
  nearness: Nearness,
): Promise<Entry | undefined> {
  const ground = new Ground(asserted(claim));
  const all = ground.facts.map((_, number) => number);
  const steps = new Steps(ground);
  for (let round = 0; round <= rounds; round++) {
    const before = ground.facts.length;
    if (round > 0) steps.instances(nearness);
    steps.witnesses();
    if (ground.facts.length > mostFacts) return undefined;
    if (round > 0 && ground.facts.length === before) return undefined;
    const core = await solver.core(formulasOf(ground), limits);
    if (core !== undefined) return entryOf(ground, core, all);
  }
  return undefined;
}

/** A solver takes more than it needs; asked again about what it took, it takes less. */
async function smaller(claim: Claim, found: Entry, solver: Contradicting): Promise<Entry> {
  const ground = groundOf(claim, found);
  const core = await solver.core(formulasOf(ground), limits);
  if (core === undefined) return found;
  const less = entryOf(ground, core, found.needed);
  return sizeOf(less) < sizeOf(found) ? smaller(claim, less, solver) : found;
}

function sizeOf({ needed, steps }: Entry): number {
  return needed.length + steps.length;
}

function formulasOf({ facts }: Ground): readonly Term[] {
  return facts.map(({ formula }) => formula);
}

/** Takes the steps that may help, each once. */
class Steps {
  private readonly ground: Ground;
  private readonly taken = new Set<string>();

  constructor(ground: Ground) {
    this.ground = ground;
  }

  instances(nearness: Nearness): void {
    const { holding, failing } = polarities(this.ground);
    const matching = new Matching(this.ground, nearness);
    for (const [quantifier, each] of [...this.ground.quantifiers.entries()]) {
      const wanted = (each.operator === 'forall' ? holding : failing).has(each);
      if (!wanted) continue;
      for (const terms of matching.tuples(each)) this.take({ kind: 'instance', quantifier, terms });
      if (this.ground.facts.length > mostFacts) return;
    }
  }

  witnesses(): void {
    const { quantifiers } = this.ground;
    for (let count = -1; count !== quantifiers.length; ) {
      count = quantifiers.length;
      const { holding, failing } = polarities(this.ground);
      for (const [quantifier, each] of [...quantifiers.entries()]) {
        const wanted = (each.operator === 'exists' ? holding : failing).has(each);
        if (wanted) this.take({ kind: 'witness', quantifier });
      }
    }
  }

  private take(step: Step): void {
    const name = step.kind === 'witness' ? 'witness' : step.terms.join();
    const key = `${step.quantifier} ${name}`;
    if (this.taken.has(key)) return;
    this.taken.add(key);
    this.ground.take(step);
  }
}
