/**
 * A proof as text: one step of the kernel a line, each made of earlier ones, the last line saying
 * what is proved. Replaying asks the kernel for every step again; the text is not trusted.
 *
 *   ["formula", kind, ...]      ["term", kind, ...]        parts by number, each kind counted apart
 *   ["axiom", rule, ...terms]   ["infer", rule, i, j]      ["assume", left, right]
 *   ["cut", lemma, theorem]
 *   ["instantiate", theorem, [[letter, term]], [[test, term]], [[sort, sort]]]
 *   ["decide", [lines of a certificate], which of its inclusions]
 *   ["goal", theorem, left, right, [[left, right]]]
 */

import type { Term } from '../terms/term.ts';
import { at, list, TermReader, TermWriter, text } from '../terms/term-lines.ts';
import type { Kernel, Theorem } from './kernel.ts';

export class NoProof extends Error {
  override readonly name = 'NoProof';
}

export function proofLines(root: Theorem): string[] {
  return new Writer().lines(root);
}

class Writer {
  readonly #lines: unknown[][] = [];
  readonly #terms = new TermWriter(this.#lines);
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
    const { rule, premises, terms, replacing, certificate } = step;
    const numbers = premises.map((one) => this.#theorems.get(one));
    if (rule === 'assume') return [rule, ...terms.map((term) => this.#term(term))];
    if (rule === 'cut') return [rule, ...numbers];
    if (certificate) return [rule, certificate.lines, certificate.inclusion];
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
    return this.#terms.term(root);
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
  readonly #terms: TermReader;
  readonly theorems: Theorem[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#terms = new TermReader(kernel.terms);
  }

  /** The theorem, if the line is the goal. */
  read(line: unknown): Theorem | undefined {
    const parts = list(line);
    const [what, ...rest] = parts;
    if (what === 'goal') return this.#goal(rest);
    if (!this.#terms.reads(parts)) this.theorems.push(this.#theorem(what, rest));
    return undefined;
  }

  #theorem(what: unknown, rest: readonly unknown[]): Theorem {
    const kernel = this.#kernel;
    const [first, second, third] = rest;
    const of = (part: unknown) => at(this.theorems, part);
    const term = (part: unknown) => this.#terms.term(part);
    // Whether there is such a rule is for the kernel to say.
    if (what === 'axiom') return kernel.axiom(text(first) as never, ...rest.slice(1).map(term));
    if (what === 'infer') return kernel.infer(text(first) as never, of(second), of(third));
    if (what === 'assume') return kernel.assume(term(first), term(second));
    if (what === 'cut') return kernel.cut(of(first), of(second));
    if (what === 'decide') return at(kernel.decide(list(first).map(text)), second);
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
    const term = (part: unknown) => this.#terms.term(part);
    if (found.left !== term(left) || found.right !== term(right))
      throw new NoProof('the theorem says something else');
    const allowed = list(hypotheses).map((one) => list(one).map(term));
    for (const one of found.hypotheses)
      if (!allowed.some(([before, after]) => one.left === before && one.right === after))
        throw new NoProof('the theorem needs a hypothesis that is not stated');
    return found;
  }
}
