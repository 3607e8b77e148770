/**
 * A proof as text: one step of the kernel a line, each made of earlier ones, the last line saying
 * what is proved. Replaying asks the kernel for every step again; the text is not trusted.
 *
 *   ["formula", kind, ...]      ["term", kind, ...]        parts by number, each kind counted apart
 *   ["axiom", rule, ...terms]   ["infer", rule, i, j]      ["assume", left, right]
 *   ["cut", lemma, theorem]
 *   ["instantiate", theorem, [[letter, term]], [[test, term]], [[sort, sort]]]
 *   ["goal", theorem, left, right, [[left, right]]]
 */

import type { Formula, Term } from '../terms/term.ts';
import { foldFormula, within } from '../terms/walk.ts';
import type { Kernel, Theorem } from './kernel.ts';

export class NoProof extends Error {
  override readonly name = 'NoProof';
}

export function proofLines(root: Theorem): string[] {
  return new Writer().lines(root);
}

class Writer {
  readonly #lines: unknown[][] = [];
  readonly #formulas = new Map<Formula, number>();
  readonly #terms = new Map<Term, number>();
  readonly #theorems = new Map<Theorem, number>();

  lines(root: Theorem): string[] {
    for (const theorem of steps(root)) {
      const line = this.#step(theorem);
      this.#theorems.set(theorem, this.#theorems.size);
      this.#lines.push(line);
    }
    const sides = [root, ...root.hypotheses].map(({ left, right }) => [
      ...[this.#term(left), this.#term(right)],
    ]);
    const [goal = [], ...hypotheses] = sides;
    this.#lines.push(['goal', this.#theorems.get(root), ...goal, hypotheses]);
    return this.#lines.map((line) => JSON.stringify(line));
  }

  #step({ step }: Theorem): unknown[] {
    const { rule, premises, terms, replacing } = step;
    const numbers = premises.map((one) => this.#theorems.get(one));
    if (rule === 'assume') return [rule, ...terms.map((term) => this.#term(term))];
    if (rule === 'cut') return [rule, ...numbers];
    if (rule === 'instantiate') {
      const images = (all: ReadonlyMap<string, Term> = new Map()) =>
        [...all].map(([name, term]) => [name, this.#term(term)]);
      const { letters, tests, sorts } = replacing ?? {};
      return [rule, ...numbers, images(letters), images(tests), [...(sorts ?? [])]];
    }
    if (premises.length > 0) return ['infer', rule, ...numbers];
    return ['axiom', rule, ...terms.map((term) => this.#term(term))];
  }

  #term(root: Term): number {
    for (const term of within(root)) {
      if (this.#terms.has(term)) continue;
      const line = this.#described(term);
      this.#terms.set(term, this.#terms.size);
      this.#lines.push(['term', term.kind, ...line]);
    }
    return this.#terms.get(root) as number;
  }

  #described(term: Term): unknown[] {
    const of = (part: Term) => this.#terms.get(part);
    if (term.kind === 'letter') return [term.name, term.source, term.target];
    if (term.kind === 'zero') return [term.source, term.target];
    if (term.kind === 'one' || term.kind === 'drop') return [term.source];
    if (term.kind === 'test') return [this.#formula(term.formula), term.source];
    if (term.kind === 'star') return [of(term.body)];
    return 'left' in term ? [of(term.left), of(term.right)] : [];
  }

  #formula(root: Formula): number {
    const write = (line: unknown[]) =>
      this.#lines.push(['formula', ...line]) && this.#formulas.size;
    return foldFormula<number>(
      root,
      (part, of) => {
        if (part.kind === 'name') return write([part.kind, part.name]);
        if (part.kind === 'not') return write([part.kind, of(part.body)]);
        if (part.kind === 'true' || part.kind === 'false') return write([part.kind]);
        return write([part.kind, of(part.left), of(part.right)]);
      },
      this.#formulas,
    );
  }
}

/** Every theorem that this one is made of, itself last, each after its premises. */
export function steps(root: Theorem): Theorem[] {
  const found = new Set<Theorem>();
  const stack = [root];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const missing = top.step.premises.filter((one) => !found.has(one));
    if (missing.length > 0 && !found.has(top)) stack.push(...missing);
    else {
      found.add(top);
      stack.pop();
    }
  }
  return [...found];
}

/** The theorem of the last line, made anew by this kernel; an error that names the line if not. */
export function replay(kernel: Kernel, lines: readonly string[]): Theorem {
  const { goal } = replayed(kernel, lines);
  if (!goal) throw new NoProof(`a proof ends with its goal; ${anew}`);
  return goal;
}

/** What each line makes, and what the goal is if there is one. */
export function replayed(kernel: Kernel, lines: readonly string[]) {
  const reader = new Reader(kernel);
  let goal: Theorem | undefined;
  for (const [index, line] of lines.entries())
    try {
      if (goal) throw new NoProof('nothing follows the goal');
      goal = reader.read(JSON.parse(line));
    } catch (problem) {
      const why = problem instanceof Error ? problem.message : String(problem);
      throw new NoProof(`line ${index + 1}: ${why}; ${anew}`);
    }
  return { goal, theorems: reader.theorems };
}

const anew = 'write the proof anew from its theorem';

class Reader {
  readonly #kernel: Kernel;
  readonly #formulas: Formula[] = [];
  readonly #terms: Term[] = [];
  readonly theorems: Theorem[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** The theorem, if the line is the goal. */
  read(line: unknown): Theorem | undefined {
    const [what, ...rest] = list(line);
    if (what === 'goal') return this.#goal(rest);
    if (what === 'formula') this.#formulas.push(this.#formula(rest));
    else if (what === 'term') this.#terms.push(this.#term(rest));
    else this.theorems.push(this.#theorem(what, rest));
    return undefined;
  }

  #theorem(what: unknown, rest: readonly unknown[]): Theorem {
    const kernel = this.#kernel;
    const [first, second, third] = rest;
    const of = (part: unknown) => at(this.theorems, part);
    const term = (part: unknown) => at(this.#terms, part);
    // Whether there is such a rule is for the kernel to say.
    if (what === 'axiom') return kernel.axiom(text(first) as never, ...rest.slice(1).map(term));
    if (what === 'infer') return kernel.infer(text(first) as never, of(second), of(third));
    if (what === 'assume') return kernel.assume(term(first), term(second));
    if (what === 'cut') return kernel.cut(of(first), of(second));
    if (what !== 'instantiate') throw new NoProof('this is no step');
    const images = (all: unknown) =>
      new Map(list(all).map((one) => [text(list(one)[0]), term(list(one)[1])]));
    const sorts = list(rest[3]).map((one) => [text(list(one)[0]), text(list(one)[1])] as const);
    return kernel.instantiate(of(first), {
      ...{ letters: images(second), tests: images(third), sorts: new Map(sorts) },
    });
  }

  #goal([theorem, left, right, hypotheses]: readonly unknown[]): Theorem {
    const found = at(this.theorems, theorem);
    const term = (part: unknown) => at(this.#terms, part);
    if (found.left !== term(left) || found.right !== term(right))
      throw new NoProof('the theorem says something else');
    const allowed = list(hypotheses).map((one) => list(one).map(term));
    for (const one of found.hypotheses)
      if (!allowed.some(([before, after]) => one.left === before && one.right === after))
        throw new NoProof('the theorem needs a hypothesis that is not stated');
    return found;
  }

  #term([kind, first, second, third]: readonly unknown[]): Term {
    const { terms } = this.#kernel;
    const of = (part: unknown) => at(this.#terms, part);
    if (kind === 'letter') return terms.letter(text(first), text(second), text(third));
    if (kind === 'zero') return terms.zero(text(first), text(second));
    if (kind === 'one') return terms.one(text(first));
    if (kind === 'drop') return terms.drop(text(first));
    if (kind === 'test') return terms.test(at(this.#formulas, first), text(second));
    if (kind === 'star') return terms.star(of(first));
    if (kind === 'product' || kind === 'choice') return terms[kind](of(first), of(second));
    throw new NoProof('this is no term');
  }

  #formula([kind, first, second]: readonly unknown[]): Formula {
    const { terms } = this.#kernel;
    const of = (part: unknown) => at(this.#formulas, part);
    if (kind === 'true' || kind === 'false') return terms.truth(kind === 'true');
    if (kind === 'name') return terms.name(text(first));
    if (kind === 'not') return terms.not(of(first));
    if (kind === 'and' || kind === 'or') return terms[kind](of(first), of(second));
    throw new NoProof('this is no formula');
  }
}

function at<T>(all: readonly T[], number: unknown): T {
  const found = Number.isInteger(number) ? all[number as number] : undefined;
  if (found === undefined) throw new NoProof(`there is no ${JSON.stringify(number)} before it`);
  return found;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new NoProof('a list is missing');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new NoProof('a text is missing');
  return value;
}
