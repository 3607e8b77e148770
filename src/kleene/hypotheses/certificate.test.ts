/** Certificates as files: what is written is checked again, and what is wrong has a place. */
import { describe, expect, test } from 'vitest';
import { type Equation, parseEquation } from '../notation/parse.ts';
import { print } from '../notation/print.ts';
import { parseSignature } from '../terms/signature.ts';
import { Terms } from '../terms/term.ts';
import { coqFile } from '../theorems/coq.ts';
import { Kernel, type Theorem } from '../theorems/kernel.ts';
import { proofLines, replay } from '../theorems/proof-object.ts';
import { certificateLines } from './certificate-lines.ts';
import { checkedClaim } from './check.ts';
import { entails } from './entail.ts';

const told = ({ relation, left, right }: Equation) => `${print(left)} ${relation} ${print(right)}`;

function certified(says: string, assumed: readonly string[] = [], types: readonly string[] = []) {
  const terms = new Terms();
  const signature = parseSignature(types);
  const goal = parseEquation(terms, says, signature);
  const given = assumed.map((one) => parseEquation(terms, one, signature));
  const answer = entails(goal, given);
  if (answer.kind === 'undecided') throw new Error(`${says} is not decided`);
  return { goal, given, lines: certificateLines(goal, given, answer) };
}

const composition = ['R1 x (c* r) <= y R1', 'R1 d (c* r) <= e R1', 'R1 z <= w R1'];
const composed = 'R2 R1 x (c + r d)* r z <= s R2 R1';

describe.each<[string, readonly string[], readonly string[], string]>([
  ['(p + q)* = p* (q p*)*', [], [], 'holds equation'],
  ['[b & c] p <= [c] p', [], [], 'holds equation'],
  ['__proto__ constructor* = __proto__ (1 + constructor constructor*)', [], [], 'holds equation'],
  ['read; log = read;1 log', [], ['read : S -> S!V', 'log : S -> S'], 'holds equation'],
  ['[b] p q <= p q [d]', ['[b] p <= p [c]', '[c] q <= q [d]'], [], 'holds elimination'],
  ['[b] (p p) q <= 0', ['[b] p p = 0'], [], 'holds elimination'],
  ['a b = a a b', ['a a = a'], [], 'holds closure'],
  [composed, [...composition, 'R2 y e* w <= s R2'], [], 'holds simulation'],
  ['(p q)* <= p* q*', [], [], 'fails word'],
  ['[b] p = p [b]', [], [], 'fails word'],
  ['__proto__ = constructor', [], [], 'fails word'],
  ['read; log = read;1', [], ['read : S -> S!V', 'log : S -> S'], 'fails word'],
  ['p = p p', ['p <= p [b]'], [], 'fails model'],
  [composed, composition, [], 'fails model'],
])('%s, given %j', (says, assumed, types, how) => {
  const { goal, given, lines } = certified(says, assumed, types);

  test('is checked from its lines', () => {
    const claim = checkedClaim(lines);
    const { answer } = claim;
    const by = answer.kind === 'holds' ? answer.proof.rule : Object.keys(answer.by).join();
    expect(`${answer.kind} ${by}`).toBe(how);
    expect([claim.goal, ...claim.given].map(told)).toEqual([goal, ...given].map(told));
    expect([claim.goal.left.source, claim.goal.right.target]).toEqual([
      goal.left.source,
      goal.right.target,
    ]);
  });

  test('becomes theorems that say so, unless the kernel is strict', () => {
    const kernel = new Kernel();
    if (how.startsWith('fails')) {
      expect(() => kernel.decide(lines)).toThrow('it shows that the equation fails');
      return;
    }
    const theorems = kernel.decide(lines);
    const sides = theorems.map(({ left, right }) => [print(left), print(right)]);
    const wanted = [print(goal.left), print(goal.right)];
    const back = [print(goal.right), print(goal.left)];
    expect(sides).toEqual(goal.relation === '=' ? [wanted, back] : [wanted]);
    for (const one of theorems) expect([kernel.proved(one), one.decided]).toEqual([true, true]);
    expect(() => new Kernel({ strict: true }).decide(lines)).toThrow('takes no certificates');
  });

  test('is refused without any of its lines', () => {
    for (const missing of lines.keys())
      expect(() => checkedClaim(lines.filter((_, index) => index !== missing))).toThrow();
  });
});

describe('theorems that rest on certificates', () => {
  const kernel = new Kernel();
  const [forth] = kernel.decide(certified('(p q)* p = p (q p)*').lines) as [Theorem];
  const plain = kernel.axiom('reflexive', forth.right);
  const further = kernel.infer('transitive', forth, plain);

  test('hand that on', () => {
    expect([plain.decided, further.decided]).toEqual([false, true]);
    expect(kernel.instantiate(further, {}).decided).toBe(true);
  });

  test('replay with their certificates, and not in a strict kernel', () => {
    const lines = proofLines(further);
    const again = replay(new Kernel(), lines);
    expect([print(again.left), again.decided]).toEqual([print(forth.left), true]);
    expect(() => replay(new Kernel({ strict: true }), lines)).toThrow('takes no certificates');
  });

  test('are not written for Coq', () => {
    expect(() => coqFile(kernel, new Map([['sliding', further]]))).toThrow(
      'sliding rests on a certificate, which Coq does not take; prove it by rules',
    );
  });
});

describe('a certificate is of what it says, and of nothing else', () => {
  const types = ['p : S -> T', 'q : T -> S'];
  const sliding = certified('(p q)* p = p (q p)*', [], types).lines;
  const edited = (from: string, to: string, lines = sliding) => {
    const found = lines.map((line) => line.replaceAll(from, to));
    expect(found).not.toEqual(lines);
    return found;
  };

  test('other sorts are another equation, or none', () => {
    expect(checkedClaim(edited('"S"', '"U"')).goal.left.source).toBe('U');
    const one = certified('p p* = p* p', [], ['p : S -> S']).lines;
    expect(() =>
      checkedClaim(edited('["term","letter","p","S","S"]', '["term","letter","p","S","T"]', one)),
    ).toThrow(/line \d+: S -> T does not end where it starts/);
  });

  test('a name is that of one letter only', () => {
    // Without sorts the two sides would be the same.
    const lines = certified('p q = p q', [], ['p : S -> T', 'q : T -> S']).lines;
    const two = lines.flatMap((line) =>
      line === '["term","letter","q","T","S"]' ? ['["term","letter","p","T","S"]'] : [line],
    );
    expect(() => checkedClaim(two)).toThrow('p is the name of two letters; give each its own');
  });

  test('an equation of other sorts is not taken for one that looks the same', () => {
    const terms = new Terms();
    const p = terms.letter('p', 'S', 'S');
    const goal = { relation: '=', left: p, right: terms.letter('p', 'S', 'T') } as const;
    expect(() => entails(goal)).toThrow('p is the name of two letters');
  });

  test.for<[string, (lines: readonly string[]) => readonly string[], RegExp]>([
    ['nothing', () => [], /^line 1: it is cut short/],
    ['an empty object', () => ['{}'], /^line 1: a list is missing/],
    ['no JSON', (lines) => [...lines.slice(0, 3), '{{', ...lines.slice(4)], /^line 4: /],
    [
      'another file',
      (lines) => ['["package"]', ...lines.slice(1)],
      /^line 1: this is no certificate/,
    ],
    [
      'a later version',
      (lines) => [lines[0]!.replace('1', '2'), ...lines.slice(1)],
      /^line 1: this is version 2, version 1 is read/,
    ],
    ['cut short', (lines) => lines.slice(0, -1), /: it is cut short: its last line is missing$/],
    ['something after its end', (lines) => [...lines, '[]'], /: it has ended$/],
    [
      'a part that comes later',
      (lines) => [...lines.slice(0, 1), '["term","star",7]'],
      /^line 2: there is no 7/,
    ],
    [
      'an inherited number',
      (lines) => [lines[0]!, '["term","star","length"]'],
      /there is no "length"/,
    ],
    [
      'a name of two words',
      (lines) => [lines[0]!, '["term","letter","p q","*","*"]'],
      /a name is one word/,
    ],
    [
      'a strange way',
      (lines) => lines.map((line) => line.replace('"equation"]', '"__proto__"]')),
      /"__proto__" is no way to show anything$/,
    ],
    [
      'a state that is not listed',
      (lines) => lines.map((line) => line.replace(/^\["pair",.*/, '["pair",[99],[0]]')),
      /^pair 1 is of states that are not listed$/,
    ],
    [
      'no pairs',
      (lines) => renumbered(lines.filter((line) => !line.startsWith('["pair"'))),
      /^the equation does not follow from the pairs$/,
    ],
    [
      'another equation',
      (lines) => lines.map((line) => line.replace('["equation","="', '["equation","<="')),
      /^the certificate is of another equation$/,
    ],
  ])('refused: %s', ([, damage, why]) => {
    expect(() => checkedClaim(damage(sliding))).toThrow(why);
  });

  const renumbered = (lines: readonly string[]) => [
    ...lines.slice(0, -1),
    `["end",${lines.length - 1}]`,
  ];

  test.for<[string, string, RegExp, RegExp]>([
    [
      '(p q)* <= p* q*',
      '["word",[[[],"p"],[[],"q"]],[]]',
      /^\["word".*/,
      /the word is one of both sides/,
    ],
    ['(p q)* <= p* q*', '["word",[[[],"q"]],[]]', /^\["word".*/, /not one of the left side/],
    ['(p q)* <= p* q*', '["fails","right"]', /^\["fails".*/, /of its right side only/],
    ['(p q)* <= p* q*', '["model",["*"],[["p",[[0,1]]]],[]]', /^\["word".*/, /there is no state 1/],
    ['(p q)* <= p* q*', '["model",["*"],[["p",[[0,0]]]],[]]', /^\["word".*/, /holds in the model/],
    ['[b] p = p [b]', '["word",[[[["b",1]],"p"]],[]]', /^\["word".*/, /a test holds, true, or not/],
  ])('what refutes %s is not %s', ([says, other, line, why]) => {
    const lines = certified(says).lines.map((one) => one.replace(line, other));
    expect(() => checkedClaim(lines)).toThrow(why);
  });

  test('a model has to satisfy the hypotheses', () => {
    const { lines } = certified('p = p p', ['p <= p [b]']);
    const without = lines.map((line) => line.replace(/\[\["b",\[[\d,]*\]\]\]\]$/, '[]]'));
    expect(() => checkedClaim(without)).toThrow('hypothesis 1 does not hold in the model');
  });
});
