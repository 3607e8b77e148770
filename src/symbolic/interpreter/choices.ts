/**
 * Choices, and how they are answered by numbers: as model/choice.ts does it, so that the same
 * numbers answer the interpreter and the JavaScript.
 */
import type { Position } from '../ir.ts';
import { evaluate, integerOf } from './evaluate.ts';
import { type ChoiceOf, type Frame, oblige, type Rules, type Run } from './frame.ts';
import { type BlockValue, isArray, type Value } from './value.ts';

export type ChoiceRequest =
  | { readonly kind: 'boolean' | 'block' | 'blocks' }
  | { readonly kind: 'integer'; readonly low: bigint; readonly high: bigint }
  | { readonly kind: 'element'; readonly of: readonly Value[] };

export const choices: Rules['choices'] = {
  boolean: () => ({ kind: 'boolean' }),
  block: () => ({ kind: 'block' }),
  blocks: () => ({ kind: 'blocks' }),
  integer: (choice, frame) => ({
    kind: 'integer',
    low: integerOf(choice.low, frame),
    high: integerOf(choice.high, frame),
  }),
  element: (choice: ChoiceOf<'element'>, frame: Frame) => {
    const of = evaluate(choice.of, frame);
    return { kind: 'element', of: isArray(of) ? of : [] };
  },
};

/** There must be something to choose. */
export function checkChoice(request: ChoiceRequest, run: Run, at: Position): void {
  const possible =
    request.kind === 'integer'
      ? request.low <= request.high
      : request.kind !== 'element' || request.of.length > 0;
  oblige(run, 'choice', possible, at);
}

/** Who answers with the number of a possibility, from 0 to `options` - 1. */
export interface Picks {
  pick(options: number): number;
  readonly blocks: readonly BlockValue[];
  /** The longest sequence of blocks. */
  readonly length: number;
}

export function answer(request: ChoiceRequest, picks: Picks): Value {
  const anyBlock = () => picks.blocks[picks.pick(picks.blocks.length)]!;
  switch (request.kind) {
    case 'boolean':
      return picks.pick(2) === 1;
    case 'integer':
      return request.low + BigInt(picks.pick(Number(request.high - request.low) + 1));
    case 'element':
      return request.of[picks.pick(request.of.length)];
    case 'block':
      return anyBlock();
    case 'blocks':
      return Array.from({ length: picks.pick(picks.length + 1) }, anyBlock);
  }
}
