/** What holds of layers upon layers: the theorems that a stack of proved layers rests on. */
import type { Hypothesis, TheoremSource } from './library.ts';

const argosy = 'Argosy (Chajed and others, PLDI 2019)';
const stack = [
  ...['R1 : M -> C', 'R2 : T -> M', 's : T -> T', 'x : C -> C', 'y : C -> C', 'z : C -> C'],
  ...['c : C -> C', 'r : C -> C', "x' : M -> M", "y' : M -> M", "z' : M -> M"],
  ...['e : C -> C', "e' : M -> M"],
];
const letters = {
  R1: 'relates a state in the middle to those of the lowest machine that stand for it',
  r: 'recovery of the lower layer, to its end',
  c: 'power fails while r runs',
  x: 'power fails in an operation of the upper layer, or while nothing runs',
  y: 'power fails while the upper layer recovers',
  z: 'recovery of the upper layer, to its end',
  "x'": 'the same on the machine in the middle; so are the others with a prime',
};

const lower: readonly Hypothesis[] = [
  {
    ...{ name: 'crash', says: "R1 x (c* r) <= x' R1" },
    reads: "power fails in x, and the lower layer recovers: seen from the middle it is x'",
  },
  {
    ...{ name: 'crash in recovery', says: "R1 y (c* r) <= y' R1" },
    reads: 'the same when power fails while the upper layer recovers',
  },
  {
    ...{ name: 'recovery', says: "R1 z <= z' R1" },
    reads: 'recovery of the upper layer does on the lower layer what it does in the middle',
  },
];
const retries =
  "R1 (y c* r)* \n <= y'* R1 " +
  "{ sim_star: R := R1, e := y (c* r), e' := y'; from crash in recovery }";
const fromMiddle = `
    R1 x ((c + r y)* (r z))
  = R1 x (c* r (y c* r)* z)     { slides: d := y }
  = (R1 x (c* r)) (y c* r)* z
  <= (x' R1) (y c* r)* z        { crash }
  = x' (R1 (y c* r)*) z
  <= x' (y'* R1) z              { retries }
  = x' y'* (R1 z)
  <= x' y'* (z' R1)             { recovery }
  = x' y'* z' R1`;

export const stackTheorems: readonly TheoremSource[] = [
  {
    name: 'trans_exec',
    reads: 'refinement of one layer, and of the next, is refinement of both',
    says: '(R2 R1) x <= s (R2 R1)',
    types: stack,
    given: [
      { name: 'lower', says: "R1 x <= x' R1", reads: "on the lower layer, x does what x' may do" },
      { name: 'upper', says: "R2 x' <= s R2", reads: "x' does what s, which is promised, may do" },
    ],
    paper: `${argosy}, refines_transitive_abs`,
    derivation: [
      [
        'conclusion',
        `   (R2 R1) x
         = R2 (R1 x)
         <= R2 (x' R1)  { lower }
         = (R2 x') R1
         <= (s R2) R1   { upper }
         = s (R2 R1)`,
      ],
    ],
  },
  {
    name: 'rexec_one_layer',
    reads:
      'a program that crashes, with a recovery of its own above that of the layer, does nothing ' +
      'that it could not do on the machine that the layer promises',
    says: "R1 x ((c + r y)* (r z)) <= x' y'* z' R1",
    types: stack,
    letters,
    given: lower,
    paper: `${argosy}, theorem 4 (compile_rexec_ok)`,
    derivation: [
      ['retries', retries],
      ['conclusion', fromMiddle],
    ],
  },
  {
    name: 'trace_inclusion',
    reads:
      'whatever sequence of operations is run on a layer, each returning or crashing and then ' +
      'recovered: the machine that it promises can do the same',
    says: "R1 (e + x ((c + r y)* (r z)))* <= (e' + x' y'* z')* R1",
    types: stack,
    letters: { ...letters, e: 'an operation returns' },
    given: [
      {
        ...{ name: 'return', says: "R1 e <= e' R1" },
        reads: 'an operation that returns does what is promised of it',
      },
      ...lower,
    ],
    paper: `${argosy}, theorem 5 (compile_exec_seq_ok)`,
    derivation: [
      [
        'crashed',
        "R1 (x ((c + r y)* (r z))) \n = R1 x ((c + r y)* (r z)) \n <= x' y'* z' R1 " +
          '{ rexec_one_layer: x := x; from crash, crash in recovery, recovery }',
      ],
      [
        'one operation',
        `   R1 (e + x ((c + r y)* (r z)))
         = R1 e + R1 (x ((c + r y)* (r z)))
         <= e' R1 + R1 (x ((c + r y)* (r z)))  { return }
         <= e' R1 + x' y'* z' R1               { crashed }
         = (e' + x' y'* z') R1`,
      ],
      [
        'conclusion',
        "R1 (e + x ((c + r y)* (r z)))* \n <= (e' + x' y'* z')* R1 { sim_star: R := R1, " +
          "e := e + x ((c + r y)* (r z)), e' := e' + x' y'* z'; from one operation }",
      ],
    ],
  },
  {
    name: 'composition',
    reads:
      'layers compose: the lower recovers before the upper one, and wherever power fails in ' +
      'either, the whole is a recovery refinement again (transitivity)',
    says: '(R2 R1) x ((c + r y)* (r z)) <= s (R2 R1)',
    types: stack,
    letters: {
      ...letters,
      R2: 'relates a state of what the stack promises to those in the middle',
      s: 'a crash of what the stack promises: before the operation, or after it',
    },
    given: [
      ...lower,
      {
        ...{ name: 'upper', says: "R2 x' y'* z' <= s R2" },
        reads: 'the upper layer, on the machine in the middle, recovers to what it promises',
      },
    ],
    paper: `${argosy}, theorem 6 (refinement_transitive)`,
    derivation: [
      ['retries', retries],
      [
        'conclusion',
        `   (R2 R1) x ((c + r y)* (r z))
         = (R2 R1) x (c* r (y c* r)* z)        { slides: d := y }
         = R2 (R1 x (c* r)) (y c* r)* z
         <= R2 (x' R1) (y c* r)* z             { crash }
         = R2 x' (R1 (y c* r)*) z
         <= R2 x' (y'* R1) z                   { retries }
         = R2 x' y'* (R1 z)
         <= R2 x' y'* (z' R1)                  { recovery }
         = (R2 x' y'* z') R1
         <= (s R2) R1                          { upper }
         = s (R2 R1)`,
      ],
    ],
  },
];
