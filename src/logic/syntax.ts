import type { Names } from './names.ts';
import { constructorOf } from './sort.ts';
import type { Term } from './term.ts';

/** How an application begins, or all of a term without parts. */
export function head(term: Term, names: Names): string {
  if (term.operator === 'integer') return integerText(term.value);
  if (term.operator === 'bits') return bitsText(term);
  if (term.operator === 'call') return names.of(term.symbol, term.symbol.name);
  if (term.operator === 'const') return `(as const ${names.sort(term.sort)})`;
  if (term.operator === 'extract') return `(_ extract ${term.high} ${term.low})`;
  if (term.operator === 'construct') {
    return names.constructorName(constructorOf(term.sort, term.constructorName));
  }
  if (term.operator === 'is') {
    const made = constructorOf(term.parts[0]!.sort, term.constructorName);
    return `(_ is ${names.constructorName(made)})`;
  }
  if (term.operator === 'field') {
    const made = constructorOf(term.parts[0]!.sort, term.constructorName);
    return names.fieldName(made, term.fieldName);
  }
  return term.operator;
}

/** SMT-LIB has no negative literals. */
function integerText(value: bigint): string {
  return value < 0n ? `(- ${-value})` : `${value}`;
}

function bitsText(term: Extract<Term, { operator: 'integer' | 'bits' }>): string {
  const width = term.sort.kind === 'bits' ? term.sort.width : 0;
  return `(_ bv${term.value} ${width})`;
}
