/** What follows from hypotheses, what does not, and what no method here decides. */
import { expect, test } from 'vitest';
import { dropsAreFunctions, holdsIn } from '../models/model.ts';
import { type Equation, parseEquation } from '../notation/parse.ts';
import { parseSignature, untyped } from '../terms/signature.ts';
import { Terms } from '../terms/term.ts';
import { type Answer, entails } from './entail.ts';
import { proofFault } from './proof.ts';

interface Asked {
  readonly goal: Equation;
  readonly given: readonly Equation[];
  readonly answer: Answer;
}

function ask(goal: string, given: readonly string[], types: readonly string[] = []): Asked {
  const terms = new Terms();
  const signature = types.length > 0 ? parseSignature(types) : untyped;
  const read = (text: string) => parseEquation(terms, text, signature);
  const question = { goal: read(goal), given: given.map(read) };
  return { ...question, answer: entails(question.goal, question.given) };
}

/** Nothing is believed: proofs are checked again, and models are looked at. */
function believed({ goal, given, answer }: Asked): Answer['kind'] {
  if (answer.kind === 'holds') expect(proofFault(goal, given, answer.proof)).toBeUndefined();
  if (answer.kind === 'fails') {
    expect(given.map((one) => holdsIn(one, answer.model))).not.toContain(false);
    expect(holdsIn(goal, answer.model)).toBe(false);
    expect(dropsAreFunctions(answer.model)).toBe(true);
  }
  return answer.kind;
}

/** Each follows from its hypotheses, and from none of them left out. */
const needed: readonly (readonly [goal: string, ...given: string[]])[] = [
  ['[b] (p q) <= p q [d]', '[b] p <= p [c]', '[c] q <= q [d]'],
  ['[b] p* <= p* [b]', '[b] p = [b] p [b]'],
  ['[i] ([b] p)* [!b] <= ([b] p)* [!b] [i]', '[i & b] p <= p [i]'],
  ['p ([b] q + [!b]) = p', 'p = p [!b]'],
  ['p q = p', 'p = p [b]', '[b] q = [b]'],
  ['q p = p', 'p = [b] p', 'q [b] = [b]'],
  ['[b] (p q)* = [b] (p q [b])*', '[b] (p q) = (p q) [b]'],
  ['[b] p <= [c] p', '[b] <= [c]'],
  ['p q r <= 0', 'q = 0'],
  ['x c* r <= x r', 'c r <= r'],
  ['r c c x <= r x', 'r c <= r'],
  ['x k k* r <= x k r', 'k k <= k'],
  ['(i j j)* <= s*', 'i j* <= s'],
  ['b <= a b a', '1 <= a'],
  ['a* = a', '1 <= a', 'a a <= a'],
  ['p d q = p (x + y) q', 'd = x + y'],
  ['[b] p p [!b] = 0', '[b] p = p [b]'],
  ['R a* <= c* R', 'R a <= c R'],
  ['R x (y + z)* <= u (v + w)* R', 'R x <= u R', 'R y <= v R', 'R z <= w R'],
  ['R (a b)* <= c* R', 'R a b <= c R'],
  ['p a q <= p b c q', 'a <= b c'],
  ['(a + b c)* = (b c)*', 'a <= b c'],
  ['d a <= b b b b b', 'a <= b b', 'd <= b a'],
  ['a b <= a a b', 'a a = a'],
  ['p q <= p b c q', '1 <= b c'],
  ['R a <= (c + d) R', 'R a <= c R'],
];

test.for(needed)('%s', ([goal, ...given]) => {
  expect(believed(ask(goal, given))).toBe('holds');
  for (const left of given)
    expect(
      believed(
        ask(
          goal,
          given.filter((one) => one !== left),
        ),
      ),
    ).toBe('fails');
});

test.for([
  ['a b = b a', 'a a <= a'],
  ['a <= 1', '1 <= a'],
  ['R a <= c c R', 'R a <= c R'],
  ['R a a <= c R', 'R a <= c R'],
  ['R a <= c R', 'R b <= c R'],
  ['p <= q', '[b] p <= [b] q', '[b] <= [c]'],
  ['p a <= p b', 'a <= b c'],
  ['b c <= a', 'a <= b c'],
])('%s does not follow', ([goal = '', ...given]) => {
  expect(believed(ask(goal, given))).toBe('fails');
});

test.for([
  ['p* q* = q* p*', 'p q = q p'],
  ['c a b <= a b c', 'a b <= b a'],
  ['[t] p <= [t] q r', 'p <= q r'],
])('%s is left undecided, and the hypothesis is named', ([goal = '', ...given]) => {
  const { answer } = ask(goal, given);
  expect(answer.kind).toBe('undecided');
  expect('unusable' in answer && answer.unusable.length).toBeGreaterThan(0);
});

test('two layers compose: recovery of both is that of the lower, and then the upper', () => {
  const given = ['R1 x (c* r) <= y R1', 'R1 d (c* r) <= e R1', 'R1 z <= w R1', 'R2 y e* w <= s R2'];
  const goal = 'R2 R1 x (c + r d)* r z <= s R2 R1';
  expect(believed(ask(goal, given))).toBe('holds');
  for (const left of given)
    expect(
      believed(
        ask(
          goal,
          given.filter((one) => one !== left),
        ),
      ),
    ).toBe('fails');
  const skipped = 'R2 R1 x (c + r d + d)* r z <= s R2 R1';
  expect(believed(ask(skipped, given))).toBe('fails');
  const upperFirst = 'R2 R1 x (d + z c)* z r <= s R2 R1';
  expect(believed(ask(upperFirst, given))).toBe('fails');
});

test('a layer that may do one of several things keeps a promise that allows them all', () => {
  const given = ['R x (c* r) <= (k + a k) R', 'R y <= b R'];
  expect(believed(ask('R x c* r y <= (k + a k) b R', given))).toBe('holds');
  expect(believed(ask('R x c* r y <= k b R', given))).toBe('fails');
  expect(believed(ask('R x c* r y <= a k b R', given))).toBe('fails');
});

const types = [
  'R : A -> C',
  'a : A -> A',
  'c : C -> C',
  '[b] : A',
  'get : C -> C!V',
  'A0 : A -> A',
];

test('sorts count in models: a one stays where it belongs', () => {
  expect(believed(ask('R c <= a R', ['1 <= a'], types))).toBe('fails');
  expect(believed(ask('[b] R <= [b] a R', ['1 <= a'], types))).toBe('holds');
  expect(believed(ask('get; c = c get; 1', [], types))).toBe('fails');
  expect(believed(ask('R (get; c)* <= a* R', ['R (get; c) <= a R'], types))).toBe('holds');
});

test('that a sort has no states says nothing of other sorts', () => {
  const empty = ['[b] R = 0', '[b] = 0', '[!b] = 0'];
  expect(believed(ask('c = c c', empty, types))).toBe('fails');
  expect(believed(ask('c = c c', ['a* = 0'], types))).toBe('fails');
  expect(believed(ask('R c = 0', empty, types))).toBe('holds');
  expect(believed(ask('R c = 0', ['a* = 0'], types))).toBe('holds');
});

test('a name that two letters have is refused', () => {
  const terms = new Terms();
  const [one, other] = [terms.letter('a', 'A', 'B'), terms.letter('a', 'A', 'C')];
  const left = terms.product(one, terms.letter('b', 'B', 'D'));
  const right = terms.product(other, terms.letter('b', 'C', 'D'));
  expect(() => entails({ relation: '=', left, right })).toThrow('is the name of two letters');
});

test('a proof is of its goal and its hypotheses only', () => {
  const { goal, given, answer } = ask('x c* r <= x r', ['c r <= r']);
  if (answer.kind !== 'holds') throw new Error('it holds');
  const terms = new Terms();
  const other = parseEquation(terms, 'x c* r <= r');
  const weaker = parseEquation(terms, 'c r <= r r');
  expect(proofFault(other, given, answer.proof)).toBe('the certificate is of another equation');
  expect(proofFault(goal, [weaker], answer.proof)).toMatch(/hypothesis 1 does not say what r/);
  expect(proofFault(goal, [], answer.proof)).toMatch(/hypothesis 1 does not say/);
  const { goal: layered, given: simulations, answer: shown } = ask('R a* <= c* R', ['R a <= c R']);
  if (shown.kind !== 'holds') throw new Error('it holds');
  const wrong = parseEquation(terms, 'R a <= d R');
  expect(proofFault(layered, [wrong], shown.proof)).toBe('the certificate is of another equation');
  expect(proofFault(layered, simulations, shown.proof)).toBeUndefined();
});
