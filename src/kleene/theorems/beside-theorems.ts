/**
 * Two layers side by side. A state is a pair, and what one side does leaves the other alone, so
 * steps of different sides commute. A letter with a prime is the same step, where the state of the
 * second side is that of its promise already.
 */
import type { Hypothesis, TheoremSource } from './library.ts';

const commute = (first: string, second: string): Hypothesis => ({
  ...{ name: `${second} past ${first}`, says: `${second} ${first} <= ${first} ${second}` },
  reads: `${first} is of the first side, ${second} of the second: their order does not matter`,
});
const lifted = (step: string): Hypothesis => ({
  ...{ name: `${step} beside R2`, says: `R2 ${step} <= ${step}' R2` },
  reads: `${step} is of the first side, R2 of the second`,
});

export const besideTheorems: readonly TheoremSource[] = [
  {
    name: 'horizontal_composition',
    reads:
      'two layers side by side, the recovery of the first before that of the second: whatever is ' +
      'interrupted on either side, each ends as it would by itself',
    says: '(R1 R2) (p q) ((x d + e (y c))* (e f)) <= (s t) (R1 R2)',
    types: [
      ...['R1 : AA -> CA', 'R2 : CA -> CC', 'p : CC -> CC', 'q : CC -> CC', 'x : CC -> CC'],
      ...['y : CC -> CC', 'e : CC -> CC', 'f : CC -> CC', 'c : CC -> CC', 'd : CC -> CC'],
      ...["p' : CA -> CA", "x' : CA -> CA", "e' : CA -> CA", "t' : CA -> CA"],
      ...['s : AA -> AA', 't : AA -> AA'],
    ],
    letters: {
      p: 'what power interrupts on the first side: an operation, or nothing',
      x: 'power fails while the first side recovers',
      e: 'recovery of the first side, to its end',
      c: 'the first side loses power while it does nothing',
      q: 'the same as p on the second side; so is y as x, f as e, d as c',
      R1: 'relates the promise of the first side to it, R2 that of the second',
      s: 'a crash of what the first side promises; t of the second',
    },
    given: [
      {
        ...{ name: 'first', says: "R1 p' x'* e' <= s R1" },
        reads: 'the first side is a recovery refinement',
      },
      {
        ...{ name: 'second', says: "R2 q y* f <= t' R2" },
        reads: 'so is the second',
      },
      {
        ...{ name: 'ended', says: 'e c <= x' },
        reads: 'recovery that ended before power failed is recovery in which it failed',
      },
      {
        ...{ name: 'not begun', says: 'd <= y' },
        reads: 'recovery that had not begun when power failed is recovery in which it failed',
      },
      ...[commute('x', 'y'), commute('c', 'y'), commute('e', 'y')],
      ...[commute('x', 'q'), commute('e', 'q')],
      ...[lifted('p'), lifted('x'), lifted('e')],
      {
        ...{ name: "t' beside R1", says: "R1 t' <= t R1" },
        reads: 't is of the second side, R1 of the first',
      },
    ],
    paper: 'Argosy (Chajed and others, PLDI 2019), future work: horizontal composition',
    derivation: [
      [
        'one crash',
        `   x d + e (y c)
         <= x y + e (y c)  { not begun }
         <= x y + e (c y)  { y past c }
         = x y + (e c) y
         <= x y + x y      { ended }
         = x y`,
      ],
      [
        'crashes',
        `   (x d + e (y c))*
         <= (x y)*  { one crash }
         <= x* y*   { commuting_stars: p := x, q := y; from y past x }`,
      ],
      ['q past x*', "q x* \n <= x* q { sim_star: R := q, e := x, e' := x; from q past x }"],
      ['y* past e', 'y* e \n <= e y* { sim_star_r: c := y, v := e, a := y; from y past e }'],
      [
        'apart',
        `   (p q) ((x d + e (y c))* (e f))
         <= (p q) (x* y* (e f))    { crashes }
         = p (q x*) (y* e) f
         <= p (x* q) (y* e) f      { q past x* }
         <= p (x* q) (e y*) f      { y* past e }
         = p x* (q e) y* f
         <= p x* (e q) y* f        { q past e }
         = (p x* e) (q y* f)`,
      ],
      [
        'x* beside R2',
        "R2 x* \n <= x'* R2 { sim_star: R := R2, e := x, e' := x'; from x beside R2 }",
      ],
      [
        'conclusion',
        `   (R1 R2) (p q) ((x d + e (y c))* (e f))
         = (R1 R2) ((p q) ((x d + e (y c))* (e f)))
         <= (R1 R2) ((p x* e) (q y* f))   { apart }
         = R1 (R2 p) x* e (q y* f)
         <= R1 (p' R2) x* e (q y* f)      { p beside R2 }
         = R1 p' (R2 x*) e (q y* f)
         <= R1 p' (x'* R2) e (q y* f)     { x* beside R2 }
         = R1 p' x'* (R2 e) (q y* f)
         <= R1 p' x'* (e' R2) (q y* f)    { e beside R2 }
         = R1 p' x'* e' (R2 q y* f)
         <= R1 p' x'* e' (t' R2)          { second }
         = (R1 p' x'* e') (t' R2)
         <= (s R1) (t' R2)                { first }
         = s (R1 t') R2
         <= s (t R1) R2                   { t' beside R1 }
         = (s t) (R1 R2)`,
      ],
    ],
  },
];
