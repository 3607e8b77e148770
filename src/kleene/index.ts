/**
 * Kleene algebra with tests, usable without the rest of Plimsoll:
 *
 *   const terms = new Terms();
 *   const goal = parseEquation(terms, '(p + q)* = p* (q p*)*');
 *   entails(goal).kind; // 'holds'
 */

export { type Certificate, faultOf } from './decision/certificate.ts';
export { type Decision, decide } from './decision/decide.ts';
export type { Guarded, Word } from './decision/search.ts';
export { certificateLines } from './hypotheses/certificate-lines.ts';
export { checkedClaim, modelWith } from './hypotheses/check.ts';
export { BadCertificate, type Claim, readClaim } from './hypotheses/claim.ts';
export { type Answer, entails } from './hypotheses/entail.ts';
export { type Proof, proofFault } from './hypotheses/proof.ts';
export { evaluate, holdsIn, type Model, modelOf } from './models/model.ts';
export { Relation } from './models/relations.ts';
export { NotationError } from './notation/notation-error.ts';
export { type Equation, parseEquation, parseTerm } from './notation/parse.ts';
export { print, printFormula } from './notation/print.ts';
export { modelLines, wordText } from './notation/show.ts';
export { Clock, Exhausted, type Limit, type Limits, usual } from './terms/limit.ts';
export { parseSignature, type Signature, signature, untyped } from './terms/signature.ts';
export { type Formula, Misfit, type Sort, single, type Term, Terms } from './terms/term.ts';
export { copier } from './terms/walk.ts';
export type { Calculation, Line } from './theorems/calculation.ts';
export { coqFile } from './theorems/coq.ts';
export { Kernel, NoStep, type Rule, type Theorem } from './theorems/kernel.ts';
export { type Law, type ProvedLaw, proveLaw } from './theorems/laws.ts';
export type { Hypothesis, NamedTheorem } from './theorems/library.ts';
export { outline, outlines } from './theorems/outline.ts';
export { NoProof, proofLines, replay } from './theorems/proof-object.ts';
export { recoveryLaws } from './theorems/recovery-laws.ts';
export { relationLaws } from './theorems/relation-laws.ts';
export { Prover } from './theorems/tactics.ts';
export { theoremNamed, theoremNames } from './theorems/theorems.ts';
