/** Loops, with their invariants and measures checked where the prover relies on them. */
import { booleanOf, execute, integerOf } from './evaluate.ts';
import { type Completion, type Frame, oblige, type StatementOf, step } from './frame.ts';

type Loop = StatementOf<'loop'>;

export function runLoop(node: Loop, frame: Frame): Completion {
  let last: bigint | undefined;
  for (;;) {
    step(frame.run, node.at);
    checkInvariants(node, frame);
    const early = execute(node.before, frame);
    if (early) return early;
    if (!booleanOf(node.condition, frame)) return undefined;
    last = checkMeasure(node, last, frame);
    const completion = execute(node.body, frame);
    if (completion?.kind === 'break') return undefined;
    if (completion && completion.kind !== 'continue') return completion;
    const after = execute(node.after, frame);
    if (after) return after;
  }
}

function checkInvariants(node: Loop, frame: Frame): void {
  if (!frame.run.checkLoops) return;
  for (const { holds, at } of node.invariants)
    oblige(frame.run, 'invariant', booleanOf(holds, { ...frame, ghost: true }), at);
}

/** The measure of this turn, which must be natural and less than that of the last turn. */
function checkMeasure(node: Loop, last: bigint | undefined, frame: Frame): bigint | undefined {
  if (!frame.run.checkLoops || !node.measure) return undefined;
  const { value, at } = node.measure;
  const measure = integerOf(value, { ...frame, ghost: true });
  const less = measure >= 0n && (last === undefined || measure < last);
  oblige(frame.run, 'measure', less, at);
  return measure;
}
