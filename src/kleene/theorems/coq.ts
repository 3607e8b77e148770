/**
 * A theorem as a file for Coq, which then need not trust anything here. Every step of the kernel
 * becomes a lemma about any Kleene algebra with tests, and relations are shown to be one. Cut and
 * instantiation are done before, by asking the kernel for the same steps of other terms.
 */

import type { Formula, Sort, Term } from '../terms/term.ts';
import { fold, foldFormula, testsOf, within } from '../terms/walk.ts';
import { prelude } from './coq-prelude.ts';
import type { Inclusion, Kernel, Replacing, Theorem } from './kernel.ts';
import { NoStep, same } from './kernel.ts';
import { steps } from './proof-object.ts';

/** The text of the file; the theorem has this name in it. */
export function coqFile(kernel: Kernel, named: ReadonlyMap<string, Theorem>): string {
  for (const [name, theorem] of named)
    if (theorem.decided)
      throw new NoStep(
        `${name} rests on a certificate, which Coq does not take; prove it by rules, ` +
          'in new Kernel({ strict: true })',
      );
  const parts = [...named].map(([name, theorem]) => section(name, flat(kernel, theorem)));
  const asked = [...named.keys()].map((name) => `Print Assumptions ${name}.`);
  return [prelude, ...parts, ...asked, ''].join('\n');
}

/** The same theorem by axioms, inferences and its own hypotheses only. */
export function flat(kernel: Kernel, root: Theorem): Theorem {
  const memo = new Map<string, Theorem>();
  const numbers = new Map(steps(root).map((theorem, number) => [theorem, number] as const));
  const of = (theorem: Theorem, context: Context): Theorem => {
    const key = `${numbers.get(theorem)} ${context.number}`;
    const known = memo.get(key);
    if (known) return known;
    const made = flattened(kernel, theorem, context, of);
    memo.set(key, made);
    return made;
  };
  return of(root, new Context(kernel));
}

/** What stands for letters here, and what shows each hypothesis that was cut. */
class Context {
  static #made = 0;
  readonly number = Context.#made++;
  readonly #kernel: Kernel;
  readonly #replacing: readonly Replacing[];
  readonly shown: readonly (readonly [Inclusion, () => Theorem])[];

  constructor(kernel: Kernel, replacing: readonly Replacing[] = [], shown: Context['shown'] = []) {
    this.#kernel = kernel;
    this.#replacing = replacing;
    this.shown = shown;
  }

  image(term: Term): Term {
    return this.#replacing.reduce((before, replacing) => {
      const same = this.#kernel.axiom('reflexive', before);
      return this.#kernel.instantiate(same, replacing).left;
    }, term);
  }

  within(replacing: Replacing): Context {
    return new Context(this.#kernel, [replacing, ...this.#replacing], this.shown);
  }

  having(hypothesis: Inclusion, show: () => Theorem): Context {
    return new Context(this.#kernel, this.#replacing, [[hypothesis, show], ...this.shown]);
  }
}

function flattened(
  kernel: Kernel,
  { step, left, right }: Theorem,
  context: Context,
  of: (theorem: Theorem, context: Context) => Theorem,
): Theorem {
  const [first, second] = step.premises as [Theorem, Theorem];
  if (step.rule === 'assume') {
    const sides = { left: context.image(left), right: context.image(right) };
    const shown = context.shown.find(([hypothesis]) => same(hypothesis, sides));
    return shown ? shown[1]() : kernel.assume(sides.left, sides.right);
  }
  if (step.rule === 'instantiate') return of(first, context.within(step.replacing ?? {}));
  if (step.rule === 'cut') {
    const hypothesis = { left: context.image(first.left), right: context.image(first.right) };
    return of(
      second,
      context.having(hypothesis, () => of(first, context)),
    );
  }
  // The rules are those of a theorem that the kernel has made already.
  const rule = step.rule as never;
  if (step.premises.length > 0) return kernel.infer(rule, of(first, context), of(second, context));
  return kernel.axiom(rule, ...step.terms.map((term) => context.image(term)));
}

const lemmas: Readonly<Record<string, string>> = {
  reflexive: 'reflexive',
  zero: 'zero_least',
  'choice left': 'choice_left',
  'choice right': 'choice_right',
  'associate right': 'associate_right',
  'associate left': 'associate_left',
  'one before, dropped': 'one_before_dropped',
  'one before, added': 'one_before_added',
  'one after, dropped': 'one_after_dropped',
  'one after, added': 'one_after_added',
  'zero before': 'zero_before',
  'zero after': 'zero_after',
  'distribute left': 'distribute_left',
  'distribute right': 'distribute_right',
  'star none': 'star_none',
  'star first': 'star_first',
  'star last': 'star_last',
  'test implies': 'test_implies',
  'test joined': 'test_joined',
  'test parted': 'test_parted',
  'test either': 'test_either',
  'test all': 'test_all',
  'test dropped': 'test_dropped',
  'test none': 'test_none',
  transitive: 'transitive',
  'choice both': 'choice_both',
  product: 'product_monotone',
  'induction first': 'induction_first',
  'induction last': 'induction_last',
};

/** Names of any kind become names of Coq, none of them one that Coq or the prelude has. */
class Names {
  readonly #names = new Map<string, string>();

  of(kind: string, name: string): string {
    const key = `${kind} ${name}`;
    const known = this.#names.get(key) ?? `${kind}${this.#names.size}_${name.replace(/\W/g, '_')}`;
    this.#names.set(key, known);
    return known;
  }
}

function section(name: string, theorem: Theorem): string {
  const names = new Names();
  const all = steps(theorem);
  const parts = new Set(
    all
      .flatMap((one) => [one, ...one.hypotheses])
      .flatMap(({ left, right }) => [...within(left), ...within(right)]),
  );
  const sort = (one: Sort) => names.of('s', one);
  const sorts = new Set([...parts].flatMap(({ source, target }) => [source, target]));
  const lines = [`Section Of_${name}.`, 'Context (K : Algebra).'];
  for (const one of sorts) lines.push(`Context (${sort(one)} : object K).`);
  const declared = new Set<string>();
  for (const part of parts) {
    if (part.kind !== 'letter' && part.kind !== 'drop') continue;
    const arrow = `step ${sort(part.source)} ${sort(part.target)}`;
    const line = `Context (${letterName(names, part)} : ${arrow}).`;
    if (!declared.has(line)) lines.push(line);
    declared.add(line);
  }
  for (const one of sorts)
    for (const test of testsOf(...[...parts].filter((part) => part.source === one)))
      lines.push(`Context (${names.of(`b_${sort(one)}_`, test)} : point ${sort(one)} -> bool).`);
  const printed = new Map<Term, string>();
  const text = (term: Term) => printedTerm(term, names, printed);
  const inclusion = (one: Inclusion) => `below ${text(one.left)} ${text(one.right)}`;
  for (const [index, one] of theorem.hypotheses.entries())
    lines.push(`Hypothesis given${index} : ${inclusion(one)}.`);
  const numbers = new Map(all.map((one, number) => [one, number] as const));
  for (const [number, one] of all.entries())
    lines.push(`Lemma ${name}_${number} : ${inclusion(one)}.`, proof(one, theorem, name, numbers));
  lines.push(`Theorem ${name} : ${inclusion(theorem)}.`);
  lines.push(`Proof. exact ${name}_${all.length - 1}. Qed.`, `End Of_${name}.`, '');
  return lines.join('\n');
}

function proof(
  one: Theorem,
  { hypotheses }: Theorem,
  name: string,
  numbers: ReadonlyMap<Theorem, number>,
): string {
  const { rule, premises } = one.step;
  if (rule === 'assume')
    return `Proof. exact given${hypotheses.findIndex((other) => same(one, other))}. Qed.`;
  const used = premises.map((premise) => `${name}_${numbers.get(premise)}`);
  if (premises.length > 0) return `Proof. exact (${lemmas[rule]} ${used.join(' ')}). Qed.`;
  if (rule === 'test implies') return 'Proof. apply test_implies; by_cases. Qed.';
  return `Proof. apply ${lemmas[rule]}. Qed.`;
}

function letterName(names: Names, part: Term): string {
  const name = part.kind === 'letter' ? part.name : '';
  return names.of(part.kind === 'letter' ? 'l' : 'drop', `${name} ${part.source} ${part.target}`);
}

function printedTerm(root: Term, names: Names, memo: Map<Term, string>): string {
  return fold<string>(
    root,
    (term, of) => {
      const [source, target] = [names.of('s', term.source), names.of('s', term.target)];
      if (term.kind === 'zero') return `(zero ${source} ${target})`;
      if (term.kind === 'one') return `(one ${source})`;
      if (term.kind === 'star') return `(star ${of(term.body)})`;
      if (term.kind === 'product') return `(product ${of(term.left)} ${of(term.right)})`;
      if (term.kind === 'choice') return `(choice ${of(term.left)} ${of(term.right)})`;
      if (term.kind !== 'test') return letterName(names, term);
      return `(test (fun x : point ${source} => ${formula(term.formula, source, names)}))`;
    },
    memo,
  );
}

function formula(root: Formula, sort: string, names: Names): string {
  return foldFormula<string>(root, (part, of) => {
    if (part.kind === 'name') return `${names.of(`b_${sort}_`, part.name)} x`;
    if (part.kind === 'not') return `(negb (${of(part.body)}))`;
    if (part.kind === 'and') return `(andb (${of(part.left)}) (${of(part.right)}))`;
    if (part.kind === 'or') return `(orb (${of(part.left)}) (${of(part.right)}))`;
    return part.kind;
  });
}
