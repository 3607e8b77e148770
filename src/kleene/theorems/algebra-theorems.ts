/** Theorems of the algebra of recoveries that do not speak of layers. */
import type { TheoremSource } from './library.ts';

const kozen = 'Kozen 1994, A completeness theorem for Kleene algebras';

export const algebraTheorems: readonly TheoremSource[] = [
  {
    name: 'sim_star',
    reads: 'what simulates one step simulates any number of them',
    says: "R e* <= e'* R",
    types: ['R : A -> C', 'e : C -> C', "e' : A -> A"],
    given: [{ name: 'one step', says: "R e <= e' R", reads: "below R, e does what e' may do" }],
    paper: `${kozen}; Argosy, simulation_seq`,
    derivation: [
      ['base', "R \n = 1 R \n <= e'* R { star none }"],
      [
        'step',
        `   (e'* R) e
         = e'* (R e)
         <= e'* (e' R)  { one step }
         = (e'* e') R
         <= e'* R       { star last }`,
      ],
      ['conclusion', "R e* \n <= e'* R { induction last: base, step }"],
    ],
  },
  {
    name: 'sim_star_r',
    reads: 'the same from the other side',
    says: 'c* v <= v a*',
    types: ['v : A -> B', 'c : A -> A', 'a : B -> B'],
    given: [{ name: 'one step', says: 'c v <= v a', reads: 'what c does before v, a does after' }],
    paper: kozen,
    derivation: [
      ['base', 'v \n = v 1 \n <= v a* { star none }'],
      [
        'step',
        `   c (v a*)
         = (c v) a*
         <= (v a) a*  { one step }
         = v (a a*)
         <= v a*      { star first }`,
      ],
      ['conclusion', 'c* v \n <= v a* { induction first: base, step }'],
    ],
  },
  {
    name: 'sliding',
    reads: 'a loop may begin in its middle',
    says: '(u v)* u = u (v u)*',
    types: ['u : A -> B', 'v : B -> A'],
    paper: `${kozen}; Argosy, seq_unit_sliding`,
    derivation: [
      ['forth', '(u v)* u \n <= u (v u)* { sim_star_r: c := u v, v := u, a := v u }'],
      ['back', "u (v u)* \n <= (u v)* u { sim_star: R := u, e := v u, e' := u v }"],
    ],
  },
  {
    name: 'denesting',
    reads: 'a loop over a choice is a loop within a loop',
    says: '(p + q)* = p* (q p*)*',
    paper: `${kozen}; Argosy, denesting`,
    derivation: [
      ['base', '1 \n <= p* { star none } \n <= p* (q p*)* { star none }'],
      [
        'step p',
        `   p (p* (q p*)*)
         = (p p*) (q p*)*
         <= p* (q p*)*  { star first }`,
      ],
      [
        'step q',
        `   q (p* (q p*)*)
         = (q p*) (q p*)*
         <= (q p*)*      { star first }
         <= p* (q p*)*   { star none }`,
      ],
      [
        'step',
        `   (p + q) (p* (q p*)*)
         = p (p* (q p*)*) + q (p* (q p*)*)
         <= p* (q p*)* + q (p* (q p*)*)     { step p }
         <= p* (q p*)* + p* (q p*)*         { step q }
         = p* (q p*)*`,
      ],
      ['forth', '(p + q)* \n <= p* (q p*)* { induction first: base, step }'],
      ['none', '1 \n <= (p + q)* { star none }'],
      ['same', '(p + q)*'],
      ['absorbs p', 'p (p + q)* \n <= (p + q) (p + q)* \n <= (p + q)* { star first }'],
      ['absorbs q', 'q (p + q)* \n <= (p + q) (p + q)* \n <= (p + q)* { star first }'],
      ['absorbs p*', 'p* (p + q)* \n <= (p + q)* { induction first: same, absorbs p }'],
      [
        'absorbs q p*',
        `   (q p*) (p + q)*
         = q (p* (p + q)*)
         <= q (p + q)*      { absorbs p* }
         <= (p + q)*        { absorbs q }`,
      ],
      ['inner loop', '(q p*)* \n <= (p + q)* { induction first: none, absorbs q p* }'],
      [
        'back',
        `   p* (q p*)*
         <= p* (p + q)*  { inner loop }
         <= (p + q)*     { absorbs p* }`,
      ],
    ],
  },
  {
    name: 'slides',
    reads:
      'recovery r of the layer below and then z: it is r until it is done, then what is above, ' +
      'which after every loss of power begins with r again',
    says: '(c + r d)* (r z) = c* r (d c* r)* z',
    letters: {
      r: 'recovery of the layer below, to its end',
      c: 'power fails while r runs',
      z: 'recovery above, to its end',
      d: 'power fails while z runs',
    },
    paper: 'Argosy, section 6.2 (exec_recover_bind)',
    derivation: [
      [
        'conclusion',
        `   (c + r d)* (r z)
         = (c* ((r d) c*)*) (r z)  { denesting: p := c, q := r d }
         = (c* (r (d c*))*) (r z)
         = c* ((r (d c*))* r) z
         = c* (r ((d c*) r)*) z    { sliding: u := r, v := d c* }
         = c* r (d c* r)* z`,
      ],
    ],
  },
  {
    name: 'commuting_stars',
    reads: 'of two that commute, one loop is two loops, one after the other',
    says: '(p q)* <= p* q*',
    given: [{ name: 'commute', says: 'q p <= p q', reads: 'q and then p is also p and then q' }],
    paper: `${kozen}; for Argosy's horizontal composition`,
    derivation: [
      ['base', '1 \n <= p* { star none } \n <= p* q* { star none }'],
      ['q past p*', "q p* \n <= p* q { sim_star: R := q, e := p, e' := p; from commute }"],
      [
        'step',
        `   (p q) (p* q*)
         = p (q p*) q*
         <= p (p* q) q*  { q past p* }
         = (p p*) (q q*)
         <= p* (q q*)    { star first }
         <= p* q*        { star first }`,
      ],
      ['conclusion', '(p q)* \n <= p* q* { induction first: base, step }'],
    ],
  },
  {
    name: 'mid_invariant',
    reads: 'what is true after q stays true while p repeats, if q may absorb p',
    says: 'q (P p*) <= q P',
    given: [
      { name: 'kept', says: 'P p <= q P', reads: 'p keeps P, after more of q' },
      { name: 'absorbed', says: 'q q* <= q', reads: 'q as often as you like is q' },
    ],
    paper: 'Argosy, seq_star_mid_invariant',
    derivation: [
      [
        'conclusion',
        `   q (P p*)
         <= q (q* P)  { sim_star: R := P, e := p, e' := q; from kept }
         = (q q*) P
         <= q P       { absorbed }`,
      ],
    ],
  },
  {
    name: 'invariant_star',
    reads: 'what one step keeps, any number of them keeps',
    says: '[p] r* <= [p] r* [p]',
    given: [{ name: 'kept', says: '[p] r <= [p] r [p]', reads: 'r keeps p' }],
    paper: 'Argosy, seq_star_invariant',
    derivation: [
      ['base', '[p] \n <= [p] [p] { tests } \n = [p] 1 [p] \n <= [p] r* [p] { star none }'],
      [
        'step',
        `   ([p] r* [p]) r
         = [p] r* ([p] r)
         <= [p] r* ([p] r [p])  { kept }
         <= [p] r* (r [p])      { tests }
         = [p] (r* r) [p]
         <= [p] r* [p]          { star last }`,
      ],
      ['conclusion', '[p] r* \n <= [p] r* [p] { induction last: base, step }'],
    ],
  },
  {
    name: 'trans_star',
    reads: 'what absorbs itself once absorbs itself any number of times',
    says: 'q q* <= q',
    given: [{ name: 'twice', says: 'q q <= q', reads: 'q twice is q' }],
    paper: 'Argosy, any_seq_star_any',
    derivation: [
      ['same', 'q'],
      ['step', 'q q \n <= q { twice }'],
      ['conclusion', 'q q* \n <= q { induction last: same, step }'],
    ],
  },
  {
    name: 'rexec_to_recov',
    reads: 'recovery that is run as a program, with itself as recovery, is recovery',
    says: 'x (x* r) <= x* r',
    letters: { x: 'power fails while it runs', r: 'it runs to its end' },
    paper: 'Argosy, rexec_to_exec_recover',
    derivation: [['conclusion', 'x (x* r) \n = (x x*) r \n <= x* r { star first }']],
  },
];
