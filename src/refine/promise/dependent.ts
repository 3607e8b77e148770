/** What is made of a choice: a list, or an index, that another answer would have made another. */
import { freeConstants, type Term } from '../../logic/index.ts';
import { type Choice, isMade } from '../../symbolic/execute/index.ts';

/**
 * Whether a claim speaks of what was made of these choices. The facts say what that is for the
 * answer as it is; where the claim is asked of another answer they do not go with it.
 */
export function speaksOfMade(
  claim: Term,
  choices: readonly Choice[],
  facts: readonly Term[],
): boolean {
  const spoken = [...freeConstants(claim)].filter(isMade);
  if (choices.length === 0 || spoken.length === 0) return false;
  const dependent = new Set(choices.flatMap(({ constants }) => constants));
  const mentioned = facts.map((fact) => [...freeConstants(fact)]);
  for (let before = -1; before !== dependent.size; ) {
    before = dependent.size;
    for (const constants of mentioned)
      if (constants.some((each) => dependent.has(each)))
        for (const each of constants) if (isMade(each)) dependent.add(each);
  }
  return spoken.some((each) => dependent.has(each));
}
