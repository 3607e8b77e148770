/** What `plimsoll kleene` prints of an answer, and the exit it leads to. */
import {
  type Answer,
  Clock,
  certificateLines,
  type Equation,
  Exhausted,
  entails,
  type Model,
  modelLines,
  parseEquation,
  parseSignature,
  print,
  proofFault,
  Terms,
  usual,
  wordText,
} from '../../kleene/index.ts';
import { paintFor } from '../../report/colour.ts';
import { type Exit, WrongUse } from '../command/exit.ts';
import { write } from '../command/terminal.ts';
import { replaceFile, tryOut } from '../command/whole-file.ts';
import type { KleeneOptions } from './kleene.ts';
import { readText } from './kleene-input.ts';

const exits = { holds: 0, fails: 1, undecided: 2 } as const;
const colours = { holds: 'green', fails: 'red', undecided: 'yellow' } as const;

interface Question {
  readonly goal: Equation;
  readonly given: readonly Equation[];
}

export function answerEquation(equation: string | undefined, options: KleeneOptions): Exit {
  const file = options.certificate;
  if (file !== undefined) attempt(file, () => tryOut(file));
  const begun = performance.now();
  const clock = new Clock({ ...usual, milliseconds: 1000 * options.timeout });
  const text = equation ?? readText(options.file as string, 'an equation').trimEnd();
  const { goal, given, answer, lines } = answered(text, options, clock);
  if (lines) attempt(file as string, () => replaceFile(file as string, `${lines.join('\n')}\n`));
  const milliseconds = performance.now() - begun;
  const certificate = lines ? { certificate: file } : {};
  if (options.format === 'json')
    write(`${JSON.stringify({ ...asEvent(goal, given, answer), ...certificate, milliseconds })}\n`);
  else {
    const more = lines ? [`certificate in ${file}`] : [];
    write(forPeople(answer.kind, goal, given, [...details(answer, given), ...more]));
  }
  return exits[answer.kind];
}

interface Answered extends Partial<Question> {
  readonly given: readonly Equation[];
  readonly answer: Answer;
  /** The certificate, if one is wanted. */
  readonly lines?: readonly string[] | undefined;
}

/** From the text to the lines of the certificate: one limit is for all of it. */
function answered(text: string, options: KleeneOptions, clock: Clock): Answered {
  let question: Question | undefined;
  let reached = 'it was being read';
  try {
    question = read(text, options, clock);
    const answer = entails(question.goal, question.given, clock);
    if (answer.kind === 'undecided') return { ...question, answer };
    reached = 'a certificate was found, and not checked to its end';
    const { goal, given } = question;
    // What the search says is printed only after somebody else has looked at it.
    if (answer.kind === 'holds') mustShow(proofFault(goal, given, answer.proof, clock));
    if (options.certificate === undefined) return { ...question, answer };
    reached = 'an answer was found, and its certificate was not written to its end';
    return { ...question, answer, lines: certificateLines(goal, given, answer, clock) };
  } catch (problem) {
    if (!(problem instanceof Exhausted)) throw problem;
    const limit = { what: problem.what, reached };
    return { given: [], ...question, answer: { kind: 'undecided', limit } };
  }
}

function read(text: string, options: KleeneOptions, clock: Clock): Question {
  const terms = new Terms(clock);
  const signature = parseSignature(options.type);
  const goal = parseEquation(terms, text, signature);
  return { goal, given: options.given.map((one) => parseEquation(terms, one, signature)) };
}

function mustShow(fault: string | undefined): void {
  if (fault) throw new Error(`the proof that was found is not one: ${fault}`);
}

function attempt(file: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const { message } = error as Error;
    throw new WrongUse(
      `the certificate ${file} cannot be written: ${message}; name a file in a folder of yours`,
      'output',
    );
  }
}

const equationText = ({ relation, left, right }: Equation): string =>
  `${shortened(print(left))} ${relation} ${shortened(print(right))}`;

const longest = 400;
const shortened = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest)} … (${text.length} characters)` : text;

export function forPeople(
  kind: Answer['kind'],
  goal: Equation | undefined,
  given: readonly Equation[],
  more: readonly string[],
): string {
  const paint = paintFor(process.stdout, process.env);
  const said = goal ? equationText(goal) : 'the equation';
  const head = `${paint(colours[kind], kind.padEnd(10))}${said}`;
  const assumed = given.map((one) => `          given ${equationText(one)}`);
  return `${[head, ...assumed, ...more.map((line) => `  ${line}`)].join('\n')}\n`;
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

export function howShown(proof: (Answer & { kind: 'holds' })['proof']): string {
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
  const { word, shorter } = answer;
  if (word && shorter)
    return [
      `a word, of ${side}:`,
      `  ${wordText(word)}`,
      'it is not shown to be a shortest one: the search for a shorter one has reached the limit ' +
        `of ${shorter.what}`,
    ];
  if (word) return [`a shortest word, of ${side}:`, `  ${wordText(word)}`];
  return [
    `a model in which ${hypotheses === 1 ? 'the hypothesis holds' : 'the hypotheses hold'}, ` +
      'and the equation does not:',
    ...modelLines(answer.model).map((line) => `  ${line}`),
  ];
}

/** What was asked, as an event says it. */
export function saidEvent(goal: Equation | undefined, given: readonly Equation[]): object {
  const equation = goal ? equationText(goal) : null;
  return { event: 'kleene', equation, given: given.map(equationText) };
}

function asEvent(goal: Equation | undefined, given: readonly Equation[], answer: Answer): object {
  const base = saidEvent(goal, given);
  if (answer.kind === 'holds')
    return { ...base, verdict: 'holds', rule: answer.proof.rule, shown: howShown(answer.proof) };
  if (answer.kind === 'undecided')
    return { ...base, verdict: 'undecided', ...reason(answer, given) };
  const { shorter } = answer;
  const word = answer.word && { word: wordText(answer.word), shortest: shorter === undefined };
  const model = modelEvent(answer.model);
  return { ...base, verdict: 'fails', in: answer.in, ...word, ...(shorter && { shorter }), model };
}

export function modelEvent({ states, letters, tests }: Model): object {
  return {
    states,
    letters: Object.fromEntries([...letters].map(([name, steps]) => [name, [...steps]])),
    tests: Object.fromEntries([...tests].map(([name, holds]) => [name, [...holds]])),
  };
}

function reason(answer: Answer & { kind: 'undecided' }, given: readonly Equation[]): object {
  if ('limit' in answer) return { limit: answer.limit };
  return { unusable: answer.unusable.map((index) => equationText(given[index]!)) };
}
