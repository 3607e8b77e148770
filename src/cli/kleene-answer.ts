/** What `plimsoll kleene` prints of an answer, and the exit it leads to. */
import {
  type Answer,
  type Equation,
  entails,
  modelLines,
  parseEquation,
  parseSignature,
  print,
  proofFault,
  Terms,
  usual,
  wordText,
} from '../kleene/index.ts';
import { paintFor } from '../report/colour.ts';
import type { Exit } from './exit.ts';
import type { KleeneOptions } from './kleene.ts';
import { write } from './terminal.ts';

const exits = { holds: 0, fails: 1, undecided: 2 } as const;
const colours = { holds: 'green', fails: 'red', undecided: 'yellow' } as const;

export function answerEquation(text: string, options: KleeneOptions): Exit {
  const terms = new Terms();
  const signature = parseSignature(options.type);
  const goal = parseEquation(terms, text, signature);
  const given = options.given.map((one) => parseEquation(terms, one, signature));
  const begun = performance.now();
  const answer = entails(goal, given, { ...usual, milliseconds: 1000 * options.timeout });
  // What the search says is printed only after somebody else has looked at it.
  const fault = answer.kind === 'holds' ? proofFault(goal, given, answer.proof) : undefined;
  if (fault) throw new Error(`the proof that was found is not one: ${fault}`);
  const milliseconds = performance.now() - begun;
  if (options.format === 'text') write(forPeople(goal, given, answer));
  else write(`${JSON.stringify({ ...asEvent(goal, given, answer), milliseconds })}\n`);
  return exits[answer.kind];
}

const equationText = ({ relation, left, right }: Equation): string =>
  `${shortened(print(left))} ${relation} ${shortened(print(right))}`;

const longest = 400;
const shortened = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest)} … (${text.length} characters)` : text;

function forPeople(goal: Equation, given: readonly Equation[], answer: Answer): string {
  const paint = paintFor(process.stdout, process.env);
  const head = `${paint(colours[answer.kind], answer.kind.padEnd(10))}${equationText(goal)}`;
  const assumed = given.map((one) => `          given ${equationText(one)}`);
  const lines = [head, ...assumed, ...details(answer, given).map((line) => `  ${line}`)];
  return `${lines.join('\n')}\n`;
}

function details(answer: Answer, given: readonly Equation[]): string[] {
  if (answer.kind === 'holds') return [howShown(answer.proof)];
  if (answer.kind === 'fails') return failure(answer, given.length);
  if ('limit' in answer) {
    const { what, reached } = answer.limit;
    const remedy = what === 'time' ? 'give more --timeout' : 'ask for less at once';
    return [`the limit of ${what} is reached: ${reached}; ${remedy}`];
  }
  return [
    ...answer.unusable.map((index) => `no method here can use: ${equationText(given[index]!)}`),
    'nothing is said of the equation; instead give tests, as in [b] p <= p [c]; a letter that is',
    'bounded, as in e <= a, a a <= a, c a <= a; z = 0; or simulations R e <= f R of a letter R',
  ];
}

function howShown(proof: (Answer & { kind: 'holds' })['proof']): string {
  const pairs = (count: number) => `${count} ${count === 1 ? 'pair' : 'pairs'} of states`;
  if (proof.rule === 'equation')
    return `for all relations; certificate of ${pairs(proof.certificate.pairs.length)}, checked`;
  if (proof.rule === 'elimination') {
    const { replacements, zeros } = proof.elimination;
    const steps = replacements.length + zeros.length;
    const count = pairs(proof.certificate.pairs.length);
    const uses = steps === 1 ? 'in one use' : `in ${steps} uses`;
    return `${uses} of hypotheses; certificate of ${count}, checked`;
  }
  if (proof.rule === 'closure') {
    const added = proof.closures.reduce((sum, { closure }) => sum + closure.added.length, 0);
    const certificates = proof.closures.flatMap(({ base, cover }) => [base, cover]);
    const count = pairs(certificates.flatMap((one) => one.pairs).length);
    return `with ${added} steps that hypotheses allow; certificates of ${count}, checked`;
  }
  const letters = proof.layers.map(({ letter }) => letter).join(', ');
  const count = pairs([proof.cover, ...proof.specified].flatMap((one) => one.pairs).length);
  return `by simulation through ${letters}; certificates of ${count}, checked`;
}

function failure(answer: Answer & { kind: 'fails' }, hypotheses: number): string[] {
  const side = answer.in === 'left' ? 'the left side only' : 'the right side only';
  if (answer.word) return [`a shortest word, of ${side}:`, `  ${wordText(answer.word)}`];
  return [
    `a model in which ${hypotheses === 1 ? 'the hypothesis holds' : 'the hypotheses hold'}, ` +
      'and the equation does not:',
    ...modelLines(answer.model).map((line) => `  ${line}`),
  ];
}

function asEvent(goal: Equation, given: readonly Equation[], answer: Answer): object {
  const base = { event: 'kleene', equation: equationText(goal), given: given.map(equationText) };
  if (answer.kind === 'holds')
    return { ...base, verdict: 'holds', rule: answer.proof.rule, shown: howShown(answer.proof) };
  if (answer.kind === 'undecided')
    return { ...base, verdict: 'undecided', ...reason(answer, given) };
  const { states, letters, tests } = answer.model;
  return {
    ...base,
    verdict: 'fails',
    in: answer.in,
    ...(answer.word && { word: wordText(answer.word) }),
    model: {
      states,
      letters: Object.fromEntries([...letters].map(([name, steps]) => [name, [...steps]])),
      tests: Object.fromEntries([...tests].map(([name, holds]) => [name, [...holds]])),
    },
  };
}

function reason(answer: Answer & { kind: 'undecided' }, given: readonly Equation[]): object {
  if ('limit' in answer) return { limit: answer.limit };
  return { unusable: answer.unusable.map((index) => equationText(given[index]!)) };
}
