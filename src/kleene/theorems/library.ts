/**
 * Theorems with names: each says what it needs, and is derived in one kernel by calculations that
 * may use the theorems before it. None uses a certificate of a decision.
 */

import { type Equation, parseEquation } from '../notation/parse.ts';
import { parseSignature } from '../terms/signature.ts';
import { type Calculation, Calculator } from './calculation.ts';
import { Kernel, NoStep, type Theorem } from './kernel.ts';
import { inclusions } from './laws.ts';
import { steps } from './proof-object.ts';

export interface Hypothesis {
  readonly name: string;
  readonly says: string;
  /** What it means for layers. */
  readonly reads: string;
}

export interface TheoremSource {
  readonly name: string;
  /** What it says, in words. */
  readonly reads: string;
  readonly says: string;
  /** From where to where the letters go, if not all from and to the same. */
  readonly types?: readonly string[];
  readonly given?: readonly Hypothesis[];
  /** What the letters stand for, where it is not said by the hypotheses. */
  readonly letters?: Readonly<Record<string, string>>;
  /** Where the argument is from. */
  readonly paper: string;
  /** Each by those before it; the last one, or the last two of an equation, are the theorem. */
  readonly derivation: readonly (readonly [name: string, calculation: string])[];
}

export interface NamedTheorem extends TheoremSource {
  readonly given: readonly Hypothesis[];
  readonly kernel: Kernel;
  readonly equation: Equation;
  readonly hypotheses: readonly Equation[];
  /** What the kernel made: one inclusion, or two for an equation. */
  readonly theorems: readonly Theorem[];
  readonly calculations: readonly Calculation[];
  /** How many steps of the kernel it takes, the theorems that it uses included. */
  readonly steps: number;
}

export class Library {
  readonly kernel = new Kernel();
  readonly #sources: ReadonlyMap<string, TheoremSource>;
  readonly #made = new Map<string, NamedTheorem>();

  constructor(sources: readonly TheoremSource[]) {
    this.#sources = new Map(sources.map((source) => [source.name, source]));
  }

  get names(): string[] {
    return [...this.#sources.keys()];
  }

  /** Undefined if there is none of this name. */
  theorem(name: string): NamedTheorem | undefined {
    const source = this.#sources.get(name);
    if (!source) return undefined;
    const made = this.#made.get(name) ?? this.#derived(source);
    this.#made.set(name, made);
    return made;
  }

  #derived(source: TheoremSource): NamedTheorem {
    const { kernel } = this;
    const { given = [] } = source;
    const signature = parseSignature(source.types ?? []);
    const equation = parseEquation(kernel.terms, source.says, signature);
    const hypotheses = given.map(({ says }) => parseEquation(kernel.terms, says, signature));
    const known = new Map<string, readonly Theorem[]>();
    for (const [at, { name }] of given.entries())
      known.set(
        name,
        inclusions(hypotheses[at] as Equation).map((one) => kernel.assume(one.left, one.right)),
      );
    const calculator = new Calculator(kernel, {
      signature,
      named: (name) => known.get(name),
      theorem: (name) => this.theorem(name)?.theorems,
    });
    const calculations: Calculation[] = [];
    for (const [name, text] of source.derivation) {
      const made = calculator.calculation(`${source.name}, ${name}`, text);
      known.set(name, made.theorems);
      calculations.push({ ...made, name });
    }
    const theorems = concluded(source.name, equation, calculations);
    expectStated(source.name, hypotheses, theorems);
    const count = new Set(theorems.flatMap(steps)).size;
    return {
      ...{ ...source, given, kernel, equation, hypotheses, theorems, calculations },
      steps: count,
    };
  }
}

/** The theorems that say what was announced, from the last calculations. */
function concluded(name: string, equation: Equation, all: readonly Calculation[]): Theorem[] {
  return inclusions(equation).map(({ left, right }) => {
    const found = [...all]
      .reverse()
      .flatMap(({ theorems }) => theorems)
      .find((one) => one.left === left && one.right === right);
    if (!found) throw new NoStep(`${name}: the last calculation says something else`);
    return found;
  });
}

function expectStated(name: string, stated: readonly Equation[], theorems: readonly Theorem[]) {
  const allowed = stated.flatMap((one) => inclusions(one));
  for (const { left, right } of theorems.flatMap(({ hypotheses }) => hypotheses))
    if (!allowed.some((one) => one.left === left && one.right === right))
      throw new NoStep(`${name} needs a hypothesis that it does not state`);
}
