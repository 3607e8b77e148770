/** Integer terms: sums are kept linear, so that differences and offsets cancel. */
import { Bool, Int } from './sort.ts';
import { apply, boolean, expectSort, integer, type Term } from './term.ts';

/** A sum of terms with coefficients, in order of first appearance, and a constant. */
interface Linear {
  constant: bigint;
  readonly terms: Map<Term, bigint>;
}

export function add(...parts: readonly Term[]): Term {
  const sum = zero();
  for (const part of parts) accumulate(sum, part, 1n);
  return fromLinear(sum);
}

export function subtract(a: Term, b: Term): Term {
  return fromLinear(difference(a, b));
}

export function negate(a: Term): Term {
  return scale(-1n, a);
}

export function multiply(a: Term, b: Term): Term {
  expectSort(a, Int, '*');
  expectSort(b, Int, '*');
  if (a.operator === 'integer') return scale(a.value, b);
  if (b.operator === 'integer') return scale(b.value, a);
  return apply('*', Int, a, b);
}

/** Division as SMT-LIB has it: rounds so that the remainder is never negative. */
export function divide(a: Term, b: Term): Term {
  expectSort(a, Int, 'div');
  expectSort(b, Int, 'div');
  if (b.operator === 'integer' && b.value !== 0n) {
    if (a.operator === 'integer') return integer(euclid(a.value, b.value).quotient);
    if (b.value === 1n) return a;
    if (b.value === -1n) return negate(a);
  }
  return apply('div', Int, a, b);
}

export function modulo(a: Term, b: Term): Term {
  expectSort(a, Int, 'mod');
  expectSort(b, Int, 'mod');
  if (b.operator === 'integer' && b.value !== 0n) {
    if (a.operator === 'integer') return integer(euclid(a.value, b.value).remainder);
    if (b.value === 1n || b.value === -1n) return integer(0);
  }
  return apply('mod', Int, a, b);
}

export function euclid(a: bigint, b: bigint): { quotient: bigint; remainder: bigint } {
  const size = b < 0n ? -b : b;
  const remainder = ((a % size) + size) % size;
  return { quotient: (a - remainder) / b, remainder };
}

export function less(a: Term, b: Term): Term {
  const distance = constantDifference(a, b);
  return distance === undefined ? apply('<', Bool, a, b) : boolean(distance < 0n);
}

export function atMost(a: Term, b: Term): Term {
  const distance = constantDifference(a, b);
  return distance === undefined ? apply('<=', Bool, a, b) : boolean(distance <= 0n);
}

/** `a - b` when it is the same number whatever the constants are. */
export function constantDifference(a: Term, b: Term): bigint | undefined {
  const { constant, terms } = difference(a, b);
  for (const coefficient of terms.values()) if (coefficient !== 0n) return undefined;
  return constant;
}

function difference(a: Term, b: Term): Linear {
  const sum = zero();
  accumulate(sum, a, 1n);
  accumulate(sum, b, -1n);
  return sum;
}

function scale(factor: bigint, a: Term): Term {
  const sum = zero();
  accumulate(sum, a, factor);
  return fromLinear(sum);
}

function zero(): Linear {
  return { constant: 0n, terms: new Map() };
}

function accumulate(sum: Linear, term: Term, factor: bigint): void {
  expectSort(term, Int, 'arithmetic');
  if (term.operator === 'integer') sum.constant += factor * term.value;
  else if (term.operator === '+') for (const part of term.parts) accumulate(sum, part, factor);
  else {
    const [first, second] = term.parts;
    const scaled = term.operator === '*' && first?.operator === 'integer';
    const [atom, weight] = scaled ? [second!, first.value] : [term, 1n];
    sum.terms.set(atom, (sum.terms.get(atom) ?? 0n) + factor * weight);
  }
}

function fromLinear(sum: Linear): Term {
  const parts: Term[] = [];
  for (const [atom, weight] of sum.terms) {
    if (weight === 1n) parts.push(atom);
    else if (weight !== 0n) parts.push(apply('*', Int, integer(weight), atom));
  }
  if (sum.constant !== 0n || parts.length === 0) parts.push(integer(sum.constant));
  return parts.length === 1 ? parts[0]! : apply('+', Int, ...parts);
}
