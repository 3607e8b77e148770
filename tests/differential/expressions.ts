/** All ways to write an expression, by its type. */
import { anyRules } from './expressions-any.ts';
import { booleanRules } from './expressions-boolean.ts';
import { closureRules } from './expressions-closures.ts';
import { compositeRules } from './expressions-composite.ts';
import { genericRules } from './expressions-generics.ts';
import { integerRules } from './expressions-integer.ts';
import { isOwned, type Rule, setRules } from './site.ts';
import type { TypeName } from './types.ts';

const known = new Map<TypeName, readonly Rule[]>();

/** What is owned is not read as a whole, only made. */
function rulesOf(type: TypeName): readonly Rule[] {
  const own = { ...integerRules, ...compositeRules, boolean: booleanRules }[type] ?? [];
  const calls = anyRules.filter((rule) => rule.construct.startsWith('call of'));
  const closures = [...(closureRules[type] ?? []), ...(genericRules[type] ?? [])];
  return [...(isOwned(type) ? calls : anyRules), ...own, ...closures];
}

setRules((type) => {
  const found = known.get(type) ?? rulesOf(type);
  known.set(type, found);
  return found;
});

export { expression, plain, Site } from './site.ts';
