/**
 * Benchmark files with known answers, where they are: PLIMSOLL_KLEENE_DATA names their folder. An
 * instance has `lhs`, `rhs`, `rel`, `expect`, and perhaps `sig` and `hyps`, or `cexLen`. Every
 * answer is written as a certificate, and the checker has to accept it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  Clock,
  certificateLines,
  checkedClaim,
  type Equation,
  entails,
  parseEquation,
  signature,
  Terms,
  untyped,
  usual,
} from '../src/kleene/index.ts';

type Side = 'eq' | 'leq';
interface Instance {
  readonly id: string;
  readonly rel: Side;
  readonly lhs: string;
  readonly rhs: string;
  readonly expect: boolean | null;
  readonly cexLen?: number;
  readonly hyps?: readonly (readonly [Side, string, string])[];
  readonly sig?: {
    readonly letters: Record<string, [string, string]>;
    readonly tests: Record<string, string>;
  };
}

const folder = process.env.PLIMSOLL_KLEENE_DATA ?? '';
const there = folder !== '' && existsSync(folder);
const files = there ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

test.skipIf(there)('PLIMSOLL_KLEENE_DATA names no folder: nothing is compared', ({ skip }) =>
  skip(),
);

/** What a family must come to, all of it. */
const complete: Readonly<Record<string, number>> = {
  'hyp-zero': 38,
  'hyp-letter': 15,
  'hyp-sim': 70,
};

/** Seconds of the processor, for one instance. */
const limit = 3;
const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

test.for(files)('%s', { timeout: 3_600_000 }, (file) => {
  const family = file.replace('.json', '');
  const { instances } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    instances: Instance[];
  };
  const wrong: string[] = [];
  const count = { right: 0, open: 0, unsolved: 0 };
  let [solving, checking] = [0, 0];
  for (const instance of instances) {
    const begun = seconds();
    const found = answerTo(instance);
    const spent = seconds() - begun;
    if (found.answer.kind === 'undecided') {
      count.unsolved++;
      continue;
    }
    solving += spent;
    const fault = faultIn(instance, found);
    checking += seconds() - begun - spent;
    if (fault) wrong.push(`${instance.id}: ${fault}`);
    else count[instance.expect === null ? 'open' : 'right']++;
  }
  const { right, open, unsolved } = count;
  console.log(
    `${family}: ${right} right, ${wrong.length} wrong, ${open} open, ${unsolved} unsolved, ` +
      `${solving.toFixed(2)} s, PAR2 ${(solving + 2 * limit * unsolved).toFixed(2)} s, ` +
      `certificates checked in ${checking.toFixed(2)} s`,
  );
  expect(wrong).toEqual([]);
  const all = complete[family];
  if (all !== undefined) expect(right).toBe(all);
});

type Found = ReturnType<typeof answerTo>;

function answerTo(instance: Instance) {
  const question = questionOf(instance);
  const begun = seconds();
  const now = () => 1000 * (seconds() - begun);
  const limits = { milliseconds: 1000 * limit, pairs: 1e6, nodes: 4e6, now };
  return { ...question, answer: entails(question.goal, question.given, limits) };
}

/** Undefined if the answer is right, and the checker accepts its certificate. */
function faultIn({ expect, cexLen }: Instance, { goal, given, answer }: Found) {
  if (answer.kind === 'undecided') return undefined;
  if (expect !== null && (answer.kind === 'holds') !== expect) return `it ${answer.kind}`;
  const length = answer.kind === 'fails' ? answer.word?.steps.length : undefined;
  if (answer.kind === 'fails' && cexLen !== undefined && cexLen !== null && length !== cexLen)
    return `a word of ${length} letters, not ${cexLen}`;
  try {
    checkedClaim(certificateLines(goal, given, answer), new Clock({ ...usual, milliseconds: 6e5 }));
    return undefined;
  } catch (problem) {
    return String(problem);
  }
}

function questionOf({ lhs, rhs, rel, hyps = [], sig }: Instance) {
  const terms = new Terms();
  const sorts = sig
    ? signature(new Map(Object.entries(sig.letters)), new Map(Object.entries(sig.tests)))
    : untyped;
  const read = (relation: Side, left: string, right: string): Equation =>
    parseEquation(terms, `${left} ${relation === 'eq' ? '=' : '<='} ${right}`, sorts);
  return { goal: read(rel, lhs, rhs), given: hyps.map((one) => read(...one)) };
}
