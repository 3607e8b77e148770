/** Equality and choice, over terms of every sort. */
import { and, not, or } from './boolean.ts';
import { construct } from './construct.ts';
import { constantDifference } from './integer.ts';
import { Bool, type Datatype, type Sort } from './sort.ts';
import { apply, expectSort, intern, literal, no, type Term, yes } from './term.ts';

export function equal(a: Term, b: Term): Term {
  expectSort(b, a.sort, '=');
  if (a === b) return yes;
  // Literals stand on the right, so that both orders give one term.
  const [left, right] = literal(a) === undefined ? [a, b] : [b, a];
  return (
    byValue(left, right) ??
    byConstructor(left, right) ??
    throughChoice(left, right) ??
    apply('=', Bool, left, right)
  );
}

export function iff(a: Term, b: Term): Term {
  expectSort(a, Bool, 'iff');
  return equal(a, b);
}

export function ite(condition: Term, a: Term, b: Term): Term {
  expectSort(condition, Bool, 'ite');
  expectSort(b, a.sort, 'ite');
  if (condition === yes || a === b) return a;
  if (condition === no) return b;
  if (condition.operator === 'not') return ite(condition.parts[0]!, b, a);
  if (a.operator === 'ite' && a.parts[0] === condition) return ite(condition, a.parts[1]!, b);
  if (b.operator === 'ite' && b.parts[0] === condition) return ite(condition, a, b.parts[2]!);
  if (a.sort === Bool) return choice(condition, a, b);
  return merged(condition, a, b) ?? apply('ite', a.sort, condition, a, b);
}

function choice(condition: Term, a: Term, b: Term): Term {
  if (a === yes) return or(condition, b);
  if (a === no) return and(not(condition), b);
  if (b === yes) return or(not(condition), a);
  if (b === no) return and(condition, a);
  if (a === not(b)) return equal(condition, a);
  return apply('ite', Bool, condition, a, b);
}

/** Two values of one constructor are chosen between field by field. */
function merged(condition: Term, a: Term, b: Term): Term | undefined {
  if (a.operator !== 'construct' || b.operator !== 'construct') return undefined;
  if (a.constructorName !== b.constructorName) return undefined;
  const fields = a.parts.map((part, at) => ite(condition, part, b.parts[at]!));
  return construct(a.sort, a.constructorName, ...fields);
}

function byValue(a: Term, b: Term): Term | undefined {
  if (a.sort === Bool) {
    if (b === yes) return a;
    if (b === no) return not(a);
    return a === not(b) ? no : undefined;
  }
  if (a.sort.kind === 'integer') {
    const distance = constantDifference(a, b);
    return distance === undefined ? undefined : distance === 0n ? yes : no;
  }
  return literal(a) !== undefined && literal(b) !== undefined ? no : undefined;
}

function byConstructor(a: Term, b: Term): Term | undefined {
  if (a.operator === 'construct' && b.operator === 'construct') {
    if (a.constructorName !== b.constructorName) return no;
    return and(...a.parts.map((part, at) => equal(part, b.parts[at]!)));
  }
  const [value, other] = b.operator === 'construct' ? [b, a] : [a, b];
  if (value.operator !== 'construct' || value.parts.length > 0) return undefined;
  return is(value.constructorName, other);
}

/** Comparing a choice with a value, when both branches already decide it. */
function throughChoice(a: Term, b: Term): Term | undefined {
  const [pick, value] = a.operator === 'ite' ? [a, b] : [b, a];
  if (pick.operator !== 'ite' || !isValue(value)) return undefined;
  const [condition, first, second] = pick.parts;
  if (!isValue(first!) || !isValue(second!)) return undefined;
  return ite(condition!, equal(first!, value), equal(second!, value));
}

function isValue(term: Term): boolean {
  return literal(term) !== undefined || term.operator === 'construct';
}

/** Whether a value of a datatype was made by this constructor. */
export function is(constructorName: string, term: Term): Term {
  const sort = expectConstructor(term.sort, constructorName);
  if (sort.constructors.length === 1) return yes;
  if (term.operator === 'construct') return term.constructorName === constructorName ? yes : no;
  // Only past a branch that decides it: going down both branches could take for ever.
  if (term.operator === 'ite' && term.parts.some((part) => part.operator === 'construct')) {
    const [condition, a, b] = term.parts;
    return ite(condition!, is(constructorName, a!), is(constructorName, b!));
  }
  return intern({ operator: 'is', constructorName }, Bool, [term], constructorName);
}

export function expectConstructor(sort: Sort, name: string): Datatype {
  if (sort.kind !== 'datatype' || !sort.constructors.some((each) => each.name === name)) {
    throw new Error(`no constructor ${name} in ${JSON.stringify(sort)}`);
  }
  return sort;
}
