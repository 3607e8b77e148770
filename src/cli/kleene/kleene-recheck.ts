/** Checks a certificate as `plimsoll kleene check` does, and prints what it shows. */
import {
  BadCertificate,
  type Claim,
  Clock,
  checkedClaim,
  copier,
  type Equation,
  Exhausted,
  modelLines,
  modelWith,
  parseEquation,
  parseSignature,
  Terms,
  usual,
  wordText,
} from '../../kleene/index.ts';
import { type Exit, WrongUse } from '../command/exit.ts';
import { write } from '../command/terminal.ts';
import { forPeople, howShown, modelEvent, saidEvent } from './kleene-answer.ts';
import type { CheckOptions } from './kleene-check.ts';
import { readText } from './kleene-input.ts';

export function checkCertificate(
  file: string,
  equation: string | undefined,
  options: CheckOptions,
): Exit {
  if (equation === undefined && options.given.length + options.type.length > 0)
    throw new WrongUse('--given and --type belong to an equation; name it after the file');
  const text = readText(file, 'a certificate that kleene --certificate has written');
  const lines = text.replace(/\n$/, '').split(/\r?\n/);
  try {
    const clock = new Clock({ ...usual, milliseconds: 1000 * options.timeout });
    const claim = checkedClaim(lines, clock);
    if (equation !== undefined) mustBe(claim, equation, options, file, clock);
    report(claim, options.format);
    return claim.answer.kind === 'holds' ? 0 : 1;
  } catch (problem) {
    if (problem instanceof BadCertificate)
      throw new WrongUse(
        `${file}: ${problem.message}; nothing is shown by it: write it anew with ` +
          'plimsoll kleene --certificate',
        'equation',
      );
    if (!(problem instanceof Exhausted)) throw problem;
    return undecided(file, problem.what, options.format);
  }
}

/** A certificate of something else is none of this. */
function mustBe(
  claim: Claim,
  equation: string,
  options: CheckOptions,
  file: string,
  clock: Clock,
): void {
  const terms = new Terms(clock);
  const signature = parseSignature(options.type);
  const copied = copier(terms);
  const key = ({ relation, left, right }: Equation) =>
    `${copied(left).id} ${relation} ${copied(right).id}`;
  const wanted = key(parseEquation(terms, equation, signature));
  const given = options.given.map((one) => key(parseEquation(terms, one, signature)));
  const same = (one: readonly string[], other: readonly string[]) =>
    one.every((part) => other.includes(part)) && other.every((part) => one.includes(part));
  if (key(claim.goal) !== wanted)
    throw new WrongUse(`${file} is for another equation; see: kleene check ${file}`, 'equation');
  if (!same(claim.given.map(key), given))
    throw new WrongUse(`${file} is for other hypotheses; see: kleene check ${file}`, 'equation');
}

function report({ goal, given, answer }: Claim, format: CheckOptions['format']): void {
  if (format === 'json') {
    const shown =
      answer.kind === 'holds'
        ? { rule: answer.proof.rule, shown: howShown(answer.proof) }
        : { in: answer.in, ...refutedEvent(answer.by, [goal, ...given]) };
    const event = { ...saidEvent(goal, given), verdict: answer.kind, checked: true, ...shown };
    write(`${JSON.stringify(event)}\n`);
    return;
  }
  const details =
    answer.kind === 'holds'
      ? [howShown(answer.proof)]
      : refuted(answer.by, answer.in, [goal, ...given]);
  write(forPeople(answer.kind, goal, given, [...details, 'nothing was searched for']));
}

type By = (Claim['answer'] & { kind: 'fails' })['by'];

function refuted(by: By, side: 'left' | 'right', all: readonly Equation[]): string[] {
  if ('word' in by) return [`a word, of the ${side} side only:`, `  ${wordText(by.word)}`];
  const lines = modelLines(modelWith(by.model, all)).map((line) => `  ${line}`);
  return ['a model in which the equation does not hold, and all that is given does:', ...lines];
}

function refutedEvent(by: By, all: readonly Equation[]): object {
  return 'word' in by
    ? { word: wordText(by.word) }
    : { model: modelEvent(modelWith(by.model, all)) };
}

function undecided(file: string, what: string, format: CheckOptions['format']): Exit {
  const reached = `${file} was not checked to its end`;
  if (format === 'json')
    write(
      `${JSON.stringify({ event: 'kleene', verdict: 'undecided', limit: { what, reached } })}\n`,
    );
  else write(`undecided the limit of ${what} is reached: ${reached}; give more --timeout\n`);
  return 2;
}
