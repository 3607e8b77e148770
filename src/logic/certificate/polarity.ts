/** Which quantifiers hold, or fail, where a formula holds: those say which steps can help. */
import { Bool } from '../sort.ts';
import type { Quantifier, Term } from '../term.ts';
import type { Ground } from './ground.ts';

export interface Polarities {
  readonly holding: ReadonlySet<Quantifier>;
  readonly failing: ReadonlySet<Quantifier>;
}

export function polarities(ground: Ground): Polarities {
  const standIns = new Map(ground.quantifiers.map((each) => [ground.standIn(each), each]));
  const found = { holding: new Set<Quantifier>(), failing: new Set<Quantifier>() };
  const seen = { holding: new Set<Term>(), failing: new Set<Term>() };
  const open: [Term, boolean][] = ground.facts.map(({ content }) => [content, true]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [term, holds] = next;
    const side = holds ? 'holding' : 'failing';
    if (seen[side].has(term)) continue;
    seen[side].add(term);
    const quantifier = standIns.get(term);
    if (quantifier !== undefined) found[side].add(quantifier);
    open.push(...below(term, holds));
  }
  return found;
}

function below({ operator, sort, parts }: Term, holds: boolean): [Term, boolean][] {
  if (operator === 'not') return [[parts[0]!, !holds]];
  if (operator === 'and' || operator === 'or') return parts.map((part) => [part, holds]);
  const both = parts.flatMap((part): [Term, boolean][] => [
    [part, true],
    [part, false],
  ]);
  if (operator !== 'ite' || sort !== Bool) return both;
  return [...both.slice(0, 2), [parts[1]!, holds], [parts[2]!, holds]];
}
