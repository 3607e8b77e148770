/**
 * Laws of recovery as theorems of the kernel: what each says, what it needs, and how it is proved.
 * The proof is looked for by the prover; a law may name lemmas that stand between.
 */

import { type Equation, parseEquation } from '../notation/parse.ts';
import { parseSignature } from '../terms/signature.ts';
import { Kernel, NoStep, type Theorem } from './kernel.ts';
import { Prover } from './tactics.ts';

export interface Law {
  /** Its names elsewhere, the first one first. */
  readonly name: string;
  readonly says: string;
  /** Side conditions: without them it is not claimed. */
  readonly given?: readonly string[];
  /** From where to where the letters go, if not all from and to the same. */
  readonly types?: readonly string[];
  /** Proved first, each with the help of those before it. */
  readonly lemmas?: readonly string[];
  readonly note?: string;
  /** Other names that it has in Argosy, as what tactics use, or of one of its cases. */
  readonly also?: readonly string[];
}

export interface ProvedLaw {
  readonly law: Law;
  readonly kernel: Kernel;
  readonly says: Equation;
  readonly given: readonly Equation[];
  /** One theorem for an inclusion, two for an equation. */
  readonly theorems: readonly Theorem[];
}

export function proveLaw(law: Law): ProvedLaw {
  const kernel = new Kernel();
  const signature = parseSignature(law.types ?? []);
  const read = (text: string) => parseEquation(kernel.terms, text, signature);
  const given = (law.given ?? []).map(read);
  const lemmas = given
    .flatMap((one) => inclusions(one))
    .map(({ left, right }) => kernel.assume(left, right));
  for (const lemma of law.lemmas ?? []) lemmas.push(...found(kernel, lemmas, read(lemma)));
  const says = read(law.says);
  const theorems = found(kernel, lemmas, says);
  if (!theorems.every((one) => kernel.proved(one))) throw new NoStep(`${law.name} is not proved`);
  return { law, kernel, says, given, theorems };
}

function found(kernel: Kernel, lemmas: readonly Theorem[], equation: Equation): Theorem[] {
  const prover = new Prover(kernel, lemmas);
  return inclusions(equation).map((one) => prover.prove(one));
}

export function inclusions({ relation, left, right }: Equation) {
  return relation === '<='
    ? [{ left, right }]
    : [
        { left, right },
        { left: right, right: left },
      ];
}
