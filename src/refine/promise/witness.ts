/**
 * Answers to the choices of a promise, found in what is claimed of them.
 *
 * Where it has to be shown, the claim mostly says itself what an answer has to be: it is equal to
 * something, or, if it is a sequence, each of its elements is. Any answer will do that makes the
 * claim true, so a wrong guess proves nothing that is false; it only shows less.
 */
import {
  and,
  atMost,
  equal,
  exists,
  forall,
  freeConstants,
  fresh,
  implies,
  integer,
  ite,
  literal,
  no,
  not,
  or,
  select,
  substitute,
  type Term,
  yes,
} from '../../logic/index.ts';
import type { Choice } from '../../symbolic/execute/index.ts';

/**
 * Where the claim stands. To show it, any answer will do. Where it is given, as what a loop may
 * rely on or as part of a witness, nothing may be known of the answers but the claim itself.
 */
export type Side = 'shown' | 'given';

/** The most answers to a choice of integers that are tried one by one. */
const few = 64n;

/** For some answers to these choices, all of the body. */
export function someAnswer(side: Side, choices: readonly Choice[], body: Term): Term {
  return side === 'shown' ? foundAnswer(choices, body) : anyAnswer(choices, body);
}

/** Each use has answers of its own: the same claim may hold twice for different reasons. */
function anyAnswer(choices: readonly Choice[], body: Term): Term {
  const constants = choices.flatMap((choice) => choice.constants);
  return substitute(body, new Map(constants.map((constant) => [constant, renewed(constant)])));
}

function renewed(constant: Term): Term {
  return fresh(constant.operator === 'constant' ? constant.name : 'made', constant.sort);
}

function foundAnswer(choices: readonly Choice[], body: Term): Term {
  const definitions: Term[] = [];
  const open = new Set(choices.flatMap(({ constants }) => constants));
  const found = expand([...open], choices, body, definitions);
  return implies(and(...definitions), found);
}

/** Some values of `constants`, which belong to the choices, make the body true. */
function expand(
  constants: readonly Term[],
  choices: readonly Choice[],
  body: Term,
  definitions: Term[],
): Term {
  const free = freeConstants(body);
  const open = constants.filter((constant) => free.has(constant));
  const [first] = open;
  if (!first) return body;
  const tried = (constant: Term, value: Term) =>
    expand(
      open.filter((other) => other !== constant),
      choices,
      substitute(body, new Map([[constant, value]])),
      definitions,
    );
  const parts = body.operator === 'and' ? body.parts : [body];
  for (const constant of open) {
    const certain = candidates(constant, parts, open).filter(({ when }) => when === yes);
    if (certain.length > 0) return tried(constant, witness(constant, certain, definitions));
  }
  if (body.operator === 'or')
    return or(...body.parts.map((part) => expand(open, choices, part, definitions)));
  for (const constant of open) {
    const options = fewOptions(choiceOf(constant, choices), parts);
    if (options) return or(...options.map((value) => tried(constant, value)));
  }
  for (const constant of open) {
    const possible = candidates(constant, parts, open);
    if (possible.length > 0) return tried(constant, witness(constant, possible, definitions));
  }
  return exists(open, body);
}

function choiceOf(constant: Term, choices: readonly Choice[]): Choice {
  return choices.find(({ constants }) => constants.includes(constant))!;
}

/** All answers there are, if they are few, or one that is as good as any. */
function fewOptions(choice: Choice, parts: readonly Term[]): readonly Term[] | undefined {
  if (choice.kind === 'boolean') return [yes, no];
  if (!choice.low || !choice.high) return undefined;
  const low = literal(choice.low);
  const high = literal(choice.high);
  if (typeof low === 'bigint' && typeof high === 'bigint' && high - low < few)
    return Array.from({ length: Number(high - low) + 1 }, (_, i) => integer(low + BigInt(i)));
  return onlyLimited(choice, parts) ? [choice.low] : undefined;
}

/** Whether the body says no more of the choice than that it lies within its limits. */
function onlyLimited({ constants, low, high }: Choice, parts: readonly Term[]): boolean {
  const [constant] = constants as readonly [Term];
  return parts.every(
    (part) =>
      !freeConstants(part).has(constant) ||
      part === atMost(low!, constant) ||
      part === atMost(constant, high!),
  );
}

/** What a part of the body says that a constant is. */
interface Candidate {
  /** The cases in which it says so. */
  readonly when: Term;
  /** For a sequence, whether it says so of the element at an index. */
  readonly at: (index: Term) => Term;
  readonly value: (index: Term) => Term;
  /** The value as a whole. */
  readonly whole?: Term;
}

/** None that depends on a choice that is still open. */
function candidates(
  constant: Term,
  parts: readonly Term[],
  open: readonly Term[],
): readonly Candidate[] {
  const closed = (term: Term) => {
    const free = freeConstants(term);
    return open.every((other) => !free.has(other));
  };
  return parts.flatMap((part) => said(constant, part, yes, closed));
}

/** What a part says in the cases that `when` describes. */
function said(
  constant: Term,
  part: Term,
  when: Term,
  closed: (term: Term) => boolean,
): readonly Candidate[] {
  if (part.operator === 'and')
    return part.parts.flatMap((one) => said(constant, one, when, closed));
  if (part.operator === 'or') {
    const only = onlyOpen(part.parts, closed);
    if (!only) return [];
    const others = part.parts.filter((one) => one !== only);
    return said(constant, only, and(when, not(or(...others))), closed);
  }
  if (part.operator === '=') return equation(constant, part, when, closed);
  if (part.operator !== 'forall' || part.variables.length !== 1) return [];
  return everywhere(constant, part.variables[0]!, part.parts[0]!, when, closed);
}

/** The one alternative that the choices have a say in. */
function onlyOpen(parts: readonly Term[], closed: (term: Term) => boolean): Term | undefined {
  const open = parts.filter((one) => !closed(one));
  return open.length === 1 ? open[0] : undefined;
}

/** `constant = value`, or `constant[index] = value`. */
function equation(
  constant: Term,
  equal_: Term,
  when: Term,
  closed: (term: Term) => boolean,
): readonly Candidate[] {
  for (const [side, value] of sidesOf(equal_)) {
    if (!closed(value)) continue;
    if (side === constant)
      return [{ when, whole: value, at: () => yes, value: (i) => select(value, i) }];
    if (side.operator !== 'select' || side.parts[0] !== constant) continue;
    const index = side.parts[1]!;
    if (closed(index)) return [{ when, at: (i) => equal(i, index), value: () => value }];
  }
  return [];
}

/** For every index, `constant[index] = value`, perhaps only where something else holds of it. */
function everywhere(
  constant: Term,
  variable: Term,
  body: Term,
  when: Term,
  closed: (term: Term) => boolean,
): readonly Candidate[] {
  const cases = body.operator === 'or' ? body.parts : [body];
  const only = onlyOpen(cases, closed);
  if (only?.operator !== '=') return [];
  for (const [side, value] of sidesOf(only)) {
    const element = side.operator === 'select' && side.parts[0] === constant;
    if (!element || side.parts[1] !== variable || !closed(value)) continue;
    const where = not(or(...cases.filter((one) => one !== only)));
    const put = (term: Term) => (index: Term) => substitute(term, new Map([[variable, index]]));
    const whole = value.operator === 'select' && value.parts[1] === variable && value.parts[0];
    const known = whole && !freeConstants(whole).has(variable);
    return [{ when, at: put(where), value: put(value), ...(known && { whole }) }];
  }
  return [];
}

function sidesOf(equation: Term): readonly (readonly [Term, Term])[] {
  const [a, b] = equation.parts as readonly [Term, Term];
  return [
    [a, b],
    [b, a],
  ];
}

/** One value that is what all candidates say, the first first. */
function witness(constant: Term, found: readonly Candidate[], definitions: Term[]): Term {
  const [first] = found as readonly [Candidate, ...Candidate[]];
  const wholes = found.map(({ whole }) => whole);
  if (constant.sort.kind !== 'array')
    return found.reduceRight<Term>(
      (rest, { when, whole }) => ite(when, whole!, rest),
      wholes.at(-1)!,
    );
  if (first.whole && wholes.every((whole) => whole === first.whole)) return first.whole;
  // A sequence that is what is said at each index: that there is one, needs no proof.
  const made = renewed(constant);
  const index = fresh('i', constant.sort.index);
  const element = found.reduceRight<Term>(
    (rest, { when, at, value }) => ite(and(when, at(index)), value(index), rest),
    found.at(-1)!.value(index),
  );
  definitions.push(forall([index], equal(select(made, index), element)));
  return made;
}
