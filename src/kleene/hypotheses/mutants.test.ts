/**
 * Certificates with a mistake are refused, or are of something that is true all the same. In full:
 *
 *   PLIMSOLL_DAMAGED=1000 PLIMSOLL_MODELS=60 npx vitest run src/kleene/hypotheses/mutants
 *   PLIMSOLL_DAMAGED=6000 PLIMSOLL_MODELS=13 npx vitest run src/kleene/theorems/proof-object
 */
import { expect, test } from 'vitest';
import { holdsIn, modelOf } from '../models/model.ts';
import { type Equation, parseEquation } from '../notation/parse.ts';
import { print } from '../notation/print.ts';
import { parseSignature } from '../terms/signature.ts';
import { Terms } from '../terms/term.ts';
import { judged, mutated, numbers, randomModel } from '../testing/random-model.ts';
import { certificateLines } from './certificate-lines.ts';
import { checkedClaim, modelWith } from './check.ts';
import type { Claim } from './claim.ts';
import { entails } from './entail.ts';

const seed = Number(process.env.PLIMSOLL_SEED ?? 2026);
const damaged = Number(process.env.PLIMSOLL_DAMAGED ?? 300);
const models = Number(process.env.PLIMSOLL_MODELS ?? 20);

const composition = ['R1 x (c* r) <= y R1', 'R1 d (c* r) <= e R1', 'R1 z <= w R1'];
const composed = 'R2 R1 x (c + r d)* r z <= s R2 R1';
const values = ['read : S -> S!V', 'log : S -> S', '[b] : S'];

const questions: readonly (readonly [string, (readonly string[])?, (readonly string[])?])[] = [
  ['(p + q)* = p* (q p*)*'],
  ['(p q)* p = p (q p)*'],
  ['(c + r l c)* r l = c* r (l c* r)* l'],
  ['[b & c] p + [!b] p <= [c | !b] p'],
  ['([b] p)* [!b] = [b] p ([b] p)* [!b] + [!b]'],
  ['(p + q + r)* = (p* q* r*)*'],
  ['[b] (read; log)* = [b] + [b] read; log (read; log)*', [], values],
  ['[b] p q <= p q [d]', ['[b] p <= p [c]', '[c] q <= q [d]']],
  ['[b] (p p) q <= q 0', ['[b] p p = 0']],
  ['(a + b)* <= b* a + b* + a', ['a a <= a', 'b a <= a', 'a b <= a']],
  ['a b = a a b', ['a a = a']],
  ['a* b <= (c d)* b', ['a <= c d']],
  [composed, [...composition, 'R2 y e* w <= s R2']],
  ['(p q)* <= p* q*'],
  ['[b] p = p [b]'],
  ['read; log = read;1', [], values],
  ['p = p p', ['p <= p [b]']],
  [composed, composition],
];

const certificates = questions.map(([says, assumed = [], types = []]) => {
  const terms = new Terms();
  const signature = parseSignature(types);
  const goal = parseEquation(terms, says, signature);
  const given = assumed.map((one) => parseEquation(terms, one, signature));
  const answer = entails(goal, given);
  if (answer.kind === 'undecided') throw new Error(`${says} is not decided`);
  return certificateLines(goal, given, answer);
});

const told = ({ goal, given, answer }: Claim) =>
  [`${answer.kind}`, ...[goal, ...given].map(said)].join(', ');
const said = ({ relation, left, right }: Equation) => `${print(left)} ${relation} ${print(right)}`;

/** How many models say so, in which all hypotheses hold; an error if one says otherwise. */
function confirmed(claim: Claim, next: (below: number) => number): number {
  const { goal, given, answer } = claim;
  const other = entails(goal, given, { milliseconds: 2_000, pairs: 10_000, nodes: 10_000 });
  const opposite = answer.kind === 'holds' ? 'fails' : 'holds';
  if (other.kind === opposite) throw new Error(`seed ${seed}: ${told(claim)}: it ${opposite}`);
  if (answer.kind === 'fails') {
    const all = [goal, ...given];
    const roots = given.flatMap(({ left, right }) => [left, right]);
    const model =
      'word' in answer.by ? modelOf(answer.by.word, goal, roots) : modelWith(answer.by.model, all);
    if (!given.every((one) => holdsIn(one, model)) || holdsIn(goal, model))
      throw new Error(`seed ${seed}: ${told(claim)}: the model says otherwise`);
    return 1;
  }
  let met = 0;
  for (let tries = 0; tries < models; tries++) {
    const holds = judged(goal, given, randomModel([goal, ...given], next));
    if (holds === false) throw new Error(`seed ${seed}: ${told(claim)} is violated`);
    if (holds) met++;
  }
  return met;
}

test(`${damaged} damaged certificates are refused or show something true (seed ${seed})`, () => {
  const next = numbers(seed);
  const before = certificates.map((lines) => told(checkedClaim(lines)));
  let [refused, same, other, looked] = [0, 0, 0, 0];
  for (let count = 0; count < damaged; count++) {
    const which = next(certificates.length);
    const words = ['p', 'q', '*', 'S', '=', '<=', 'holds', 'fails', 'left', 'right', 'star'];
    const lines = mutated((certificates[which] as string[]).slice(0, -1), next, words);
    // Its last line is put right: the mistake is to be found by what it says.
    lines.push(JSON.stringify(['end', lines.length]));
    const claim = attempt(() => checkedClaim(lines));
    if (!claim) refused++;
    else {
      looked += confirmed(claim, next);
      if (told(claim) === before[which]) same++;
      else other++;
    }
  }
  console.log(
    `seed ${seed}: ${damaged} damaged certificates: ${refused} refused, ${same} show the same, ` +
      `${other} something else that is true; ${looked} models of the hypotheses, none against it`,
  );
  expect(refused).toBeGreaterThan(damaged / 5);
  expect(other).toBeGreaterThan(damaged / 50);
});

/** Whatever is wrong with it is told in one of the ways that the checker has. */
function attempt(work: () => Claim): Claim | undefined {
  try {
    return work();
  } catch (problem) {
    expect((problem as Error).name).toMatch(/^(?:BadCertificate|Exhausted)$/);
    return undefined;
  }
}

test('the models would find an equation that fails', () => {
  const terms = new Terms();
  const goal = parseEquation(terms, '[b] p q = q p [b]');
  const next = numbers(seed);
  const found = [...Array(40)].map(() => judged(goal, [], randomModel([goal], next)));
  expect(found).toContain(false);
});
