/**
 * The steps of the argument that verified layers compose: how refinement passes through programs,
 * crashes and recoveries. R relates the states above to those below it; c is where power fails.
 */
import type { Law } from './laws.ts';

const up = ['R : A -> C', 'e : C -> C', "e' : A -> A", 'f : C -> C', "f' : A -> A"];
const crashed = [
  ...up,
  ...['x : C -> C', "x' : A -> A", 'y : C -> C', "y' : A -> A"],
  ...['c : C -> C', "c' : A -> A", 'w : C -> C'],
];
const stack = [
  ...['R1 : M -> C', 'R2 : T -> M', 's : T -> T', 'x : C -> C', 'y : C -> C', 'z : C -> C'],
  ...['c : C -> C', 'r : C -> C', "x' : M -> M", "y' : M -> M", "z' : M -> M"],
];
const initial = ['R1 : M -> C', 'R2 : T -> M', "b' : M -> M", 'b : C -> C', 'a : C -> C'].concat(
  ...['i1 : C -> C', 'i2 : M -> M', 'i3 : T -> T', 'up2 : C -> M', 'up3 : C -> T', 'any : M -> T'],
);
const lowerRecovers = [...["R1 x (c* r) <= x' R1", "R1 y (c* r) <= y' R1", "R1 z <= z' R1"]];
const slid = ['(c + r y)* (r z) <= c* r (y c* r)* z'];
const traces = "R1 x ((c + r y)* (r z)) <= x' y'* z' R1";
const simulated = ["R1 (y c* r)* <= y'* R1"];

export const recoveryLaws: readonly Law[] = [
  { name: 'sim_star', says: "R e* <= e'* R", types: up, given: ["R e <= e' R"] },
  { name: 'sim_star_r', says: 'c* v <= v a*', given: ['c v <= v a'] },
  { name: 'sliding', says: '(u v)* u = u (v u)*' },
  { name: 'denesting', says: '(p + q)* = p* (q p*)*' },
  {
    name: 'slides',
    says: '(c + r d)* (r z) = c* r (d c* r)* z',
    lemmas: ['r (d c* r)* <= (c + r d)* r'],
    note: 'recovery first r, then z; power fails in r, which is c, or after it, in d',
  },
  { name: 'ref_ret', says: 'R 1 <= 1 R', types: up },
  { name: 'ref_seq', says: "R (e f) <= (e' f') R", types: up, given: refining('e', 'f') },
  { name: 'ref_or', says: "R (e + f) <= (e' + f') R", types: up, given: refining('e', 'f') },
  { name: 'ref_loop', says: "R e* <= e'* R", types: up, given: refining('e') },
  { name: 'crash_ret', says: "R (c w) <= c' R", types: crashed, given: ["R c w <= c' R"] },
  {
    ...{ name: 'crash_op', says: "R (x w) <= (c' + e' c') R", types: crashed },
    given: ["R x w <= (c' + e' c') R"],
  },
  {
    ...{ name: 'crash_or', says: "R ((x + y) w) <= (x' + y') R", types: crashed },
    given: ["R x w <= x' R", "R y w <= y' R"],
  },
  {
    ...{ name: 'crash_seq', says: "R ((x + e y) w) <= (x' + e' y') R", types: crashed },
    given: ["R x w <= x' R", "R e <= e' R", "R y w <= y' R"],
  },
  {
    ...{ name: 'crash_loop', says: "R ((c + e* x) w) <= (c' + e'* x') R", types: crashed },
    given: ["R c w <= c' R", "R e <= e' R", "R x w <= x' R"],
    lemmas: ["R e* <= e'* R"],
  },
  {
    ...{ name: 'trans_exec', says: '(R2 R1) x <= s (R2 R1)', types: stack },
    given: ["R1 x <= x' R1", "R2 x' <= s R2"],
  },
  {
    ...{ name: 'composition', types: stack },
    says: '(R2 R1) x ((c + r y)* (r z)) <= s (R2 R1)',
    given: [...lowerRecovers, "R2 x' y'* z' <= s R2"],
    lemmas: [...slid, ...simulated, traces],
  },
  {
    ...{ name: 'trace_inclusion', types: stack },
    says: traces,
    given: lowerRecovers,
    lemmas: [...slid, ...simulated],
  },
  {
    ...{ name: 'initialisation', types: initial },
    says: 'i1 (a b) <= up3 i3 (R2 R1)',
    given: ['i1 a <= up2 i2 R1', "R1 b <= b' R1", "i2 b' <= any i3 R2", 'up2 any <= up3'],
  },
  { name: 'mid_invariant', says: 'q (P p*) <= q P', given: ['P p <= q P', 'q q* <= q'] },
  { name: 'trans_star', says: 'q q* <= q', given: ['q q <= q'] },
  { name: 'rexec_to_recov', says: 'x (x* r) <= x* r' },
];

function refining(...steps: readonly string[]): string[] {
  return steps.map((step) => `R ${step} <= ${step}' R`);
}
