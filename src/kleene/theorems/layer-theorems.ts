/** How refinement passes through programs, what crashes in them, and recovery. */
import type { Hypothesis, TheoremSource } from './library.ts';

const argosy = 'Argosy (Chajed and others, PLDI 2019)';
const steps = ['R : A -> C', 'e : C -> C', "e' : A -> A", 'f : C -> C', "f' : A -> A"];
const crashes = [
  ...steps,
  ...['x : C -> C', "x' : A -> A", 'y : C -> C', "y' : A -> A"],
  ...['c : C -> C', "c' : A -> A", 'w : C -> C'],
];
const letters = {
  R: 'relates a state of the machine that is promised to those below that stand for it',
  c: 'power fails, below; above, the same is written with a prime',
  w: 'recovery, begun anew as often as power fails in it, to its end',
};

const refined = (step: string): Hypothesis => ({
  ...{ name: `${step} refined`, says: `R ${step} <= ${step}' R` },
  reads: `${step}, seen from above, does what ${step}' may do`,
});
const recovered = (step: string): Hypothesis => ({
  ...{ name: `${step} recovered`, says: `R ${step} w <= ${step}' R` },
  reads: `when power fails in ${step} and recovery ends, it is seen from above as ${step}'`,
});
const idle: Hypothesis = {
  ...{ name: 'idle', says: "R c w <= c' R" },
  reads: 'when power fails while nothing runs, and recovery ends, it is a crash above',
};

export const layerTheorems: readonly TheoremSource[] = [
  {
    name: 'ref_ret',
    reads: 'doing nothing refines doing nothing',
    says: 'R 1 <= 1 R',
    types: steps,
    paper: `${argosy}, compile_exec_ok`,
    derivation: [['conclusion', 'R 1 \n = 1 R']],
  },
  {
    name: 'ref_seq',
    reads: 'refinement passes through one after the other',
    says: "R (e f) <= (e' f') R",
    types: steps,
    given: [refined('e'), refined('f')],
    paper: `${argosy}, refines_respects_bind`,
    derivation: [
      [
        'conclusion',
        `   R (e f)
         = (R e) f
         <= (e' R) f  { e refined }
         = e' (R f)
         <= e' (f' R) { f refined }
         = (e' f') R`,
      ],
    ],
  },
  {
    name: 'ref_or',
    reads: 'refinement passes through a choice',
    says: "R (e + f) <= (e' + f') R",
    types: steps,
    given: [refined('e'), refined('f')],
    paper: `${argosy}, refines_respects_or`,
    derivation: [
      [
        'conclusion',
        `   R (e + f)
         = R e + R f
         <= e' R + R f   { e refined }
         <= e' R + f' R  { f refined }
         = (e' + f') R`,
      ],
    ],
  },
  {
    name: 'ref_loop',
    reads: 'refinement passes through a loop',
    says: "R e* <= e'* R",
    types: steps,
    given: [refined('e')],
    paper: `${argosy}, refines_respects_star`,
    derivation: [
      ['conclusion', "R e* \n <= e'* R { sim_star: R := R, e := e, e' := e'; from e refined }"],
    ],
  },
  {
    name: 'crash_ret',
    reads: 'a crash of a program that does nothing is a crash while nothing runs',
    says: "R (c w) <= c' R",
    types: crashes,
    letters,
    given: [idle],
    paper: `${argosy}, recovery_noop_ok`,
    derivation: [['conclusion', "R (c w) \n = R c w \n <= c' R { idle }"]],
  },
  {
    name: 'crash_op',
    reads: 'a crash in an operation: it has not happened, or it has',
    says: "R (x w) <= (c' + e' c') R",
    types: crashes,
    letters,
    given: [
      {
        ...{ name: 'all or nothing', says: "R x w <= (c' + e' c') R" },
        reads: "power fails in the code x of an operation: a crash above, before e' or after it",
      },
    ],
    paper: `${argosy}, compile_op_refines_step`,
    derivation: [['conclusion', "R (x w) \n = R x w \n <= (c' + e' c') R { all or nothing }"]],
  },
  {
    name: 'crash_or',
    reads: 'a crash in a choice is a crash in either',
    says: "R ((x + y) w) <= (x' + y') R",
    types: crashes,
    letters,
    given: [recovered('x'), recovered('y')],
    paper: `${argosy}, refines_respects_or`,
    derivation: [
      [
        'conclusion',
        `   R ((x + y) w)
         = R x w + R y w
         <= x' R + R y w  { x recovered }
         <= x' R + y' R   { y recovered }
         = (x' + y') R`,
      ],
    ],
  },
  {
    name: 'crash_seq',
    reads: 'a crash in one after the other: in the first, or in the second after all of the first',
    says: "R ((x + e y) w) <= (x' + e' y') R",
    types: crashes,
    letters,
    given: [recovered('x'), refined('e'), recovered('y')],
    paper: `${argosy}, compile_rexec_ok`,
    derivation: [
      [
        'conclusion',
        `   R ((x + e y) w)
         = R x w + (R e) (y w)
         <= x' R + (R e) (y w)  { x recovered }
         <= x' R + (e' R) (y w) { e refined }
         = x' R + e' (R y w)
         <= x' R + e' (y' R)    { y recovered }
         = (x' + e' y') R`,
      ],
    ],
  },
  {
    name: 'crash_loop',
    reads: 'a crash in a loop: while nothing runs, or in one round after any number of others',
    says: "R ((c + e* x) w) <= (c' + e'* x') R",
    types: crashes,
    letters,
    given: [idle, refined('e'), recovered('x')],
    paper: `${argosy}, rexec_star_rec`,
    derivation: [
      ['rounds', "R e* \n <= e'* R { sim_star: R := R, e := e, e' := e'; from e refined }"],
      [
        'conclusion',
        `   R ((c + e* x) w)
         = R c w + (R e*) (x w)
         <= c' R + (R e*) (x w)   { idle }
         <= c' R + (e'* R) (x w)  { rounds }
         = c' R + e'* (R x w)
         <= c' R + e'* (x' R)     { x recovered }
         = (c' + e'* x') R`,
      ],
    ],
  },
];
