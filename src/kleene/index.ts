/**
 * Kleene algebra with tests, usable without the rest of Plimsoll:
 *
 *   const terms = new Terms();
 *   const goal = parseEquation(terms, '(p + q)* = p* (q p*)*');
 *   entails(goal).kind; // 'holds'
 */

export { type Certificate, faultOf } from './certificate.ts';
export { coqFile } from './coq.ts';
export { type Decision, decide } from './decide.ts';
export { type Answer, entails } from './entail.ts';
export { Kernel, NoStep, type Rule, type Theorem } from './kernel.ts';
export { type Law, type ProvedLaw, proveLaw } from './laws.ts';
export { Exhausted, type Limit, type Limits, usual } from './limit.ts';
export { evaluate, holdsIn, type Model, modelOf } from './model.ts';
export { NotationError } from './notation-error.ts';
export { type Equation, parseEquation, parseTerm } from './parse.ts';
export { print, printFormula } from './print.ts';
export { type Proof, proofFault } from './proof.ts';
export { NoProof, proofLines, replay } from './proof-object.ts';
export { recoveryLaws } from './recovery-laws.ts';
export { relationLaws } from './relation-laws.ts';
export { Relation } from './relations.ts';
export type { Guarded, Word } from './search.ts';
export { modelLines, wordText } from './show.ts';
export { parseSignature, type Signature, signature, untyped } from './signature.ts';
export { Prover } from './tactics.ts';
export { type Formula, Misfit, type Sort, single, type Term, Terms } from './term.ts';
