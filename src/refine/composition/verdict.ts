/**
 * The verdict about a stack, from those about its layers: nothing is asked of a solver here.
 *
 * What is shown of the layers are the hypotheses of a theorem, and the theorem is replayed.
 */
import type { Verdict } from '../../report/event.ts';
import { placeOf } from '../discharge/discharge.ts';
import { changedBetween, misfitsOf, type Shown } from './fit.ts';
import { bottomOf, type Leaf, leavesOf, type Node, type Part, titleOf, usedAt } from './part.ts';
import { type Cited, cite, hypothesis } from './theorem.ts';

/** What is known of a layer. */
export interface Known {
  readonly verdict: Verdict;
  /** Whether a store in use can be initialised anew: see ../anew.ts. */
  readonly anew: boolean;
}

export interface Concluded {
  readonly verdict: Verdict;
  /** The theorems that it follows by, from the layers. */
  readonly theorems: readonly Cited[];
}

/** What follows for a stack from what is known of its layers. */
export function conclude(node: Node, known: (leaf: Leaf) => Known, shown: Shown): Concluded {
  const verdict = misfit(node, shown) ?? unproved(node, known) ?? brief(node, known);
  if (verdict) return { verdict, theorems: [] };
  return { verdict: { kind: 'proved' }, theorems: citedBy(node) };
}

/** Why no proofs of layers would do. */
export function misfit(node: Node, shown: Shown): Verdict | undefined {
  const [first, ...others] = misfitsOf(node, shown);
  if (!first) return undefined;
  const { at, because, remedy } = first;
  const more = others.length > 0 ? `; and ${others.length} more` : '';
  return { kind: 'unknown', reason: 'misfit', because: `${because}${more}`, at, remedy };
}

/** Why a stack cannot even be run: code would stand on another machine than it is written for. */
export function unlike(node: Node, shown: Shown): Verdict | undefined {
  const found = misfitsOf(node, shown).find(({ runs }) => !runs);
  if (!found) return undefined;
  const { at, because, remedy } = found;
  return { kind: 'unknown', reason: 'misfit', because, at, remedy };
}

/** The layers that are not proved. */
function unproved(node: Node, known: (leaf: Leaf) => Known): Verdict | undefined {
  const changed = changedBetween(node);
  if (changed !== undefined)
    return {
      kind: 'unknown',
      reason: 'layer',
      because: `${changed} was changed while the layers were being proved`,
      at: placeOf(node.tree.at),
      remedy: 'prove the stack again',
    };
  const open = leavesOf(node).filter((leaf) => known(leaf).verdict.kind !== 'proved');
  const [first] = open;
  if (!first) return undefined;
  const said = open.map((leaf) => `${titleOf(leaf)} is ${known(leaf).verdict.kind}`);
  return {
    kind: 'unknown',
    reason: 'layer',
    because: `not every layer is proved: ${[...new Set(said)].join(', ')}`,
    at: placeOf(usedAt(first)),
    remedy: `what is said about ${titleOf(first)} above`,
  };
}

/** Power may go while a layer is initialised on others, which then are initialised anew. */
function brief(node: Node, known: (leaf: Leaf) => Known): Verdict | undefined {
  const open = begunAnew(node).find((leaf) => !known(leaf).anew);
  if (!open) return undefined;
  return {
    kind: 'unknown',
    reason: 'misfit',
    because:
      `power may go while what stands on ${titleOf(open)} is being initialised, and ` +
      `init() of ${titleOf(open)} then begins anew on a machine in use. That what a crash leaves ` +
      'of it is again an initial state is not shown, which is hypothesis ' +
      `${hypothesis('crash_safe_initialisation', 'kept above')} of crash_safe_initialisation`,
    at: placeOf(usedAt(open)),
    remedy: `an init() of ${titleOf(open)} that works from any state of its machine`,
  };
}

/**
 * The layers that are initialised anew when they are in use already. What stands on them begins
 * on a machine that was made anew; what stands beside them has not been used.
 */
function begunAnew(part: Part): readonly Leaf[] {
  if (part.kind === 'layer') return [];
  return part.kind === 'compose' ? bottomOf(part.parts[0]) : part.parts.flatMap(begunAnew);
}

/** The theorems that a stack follows by, each once; they are replayed. */
export function citedBy(node: Node): readonly Cited[] {
  return kindsIn(node).flatMap(cite);
}

function kindsIn(part: Part): ('compose' | 'beside')[] {
  if (part.kind === 'layer') return [];
  return [...new Set([part.kind, ...part.parts.flatMap(kindsIn)])];
}
