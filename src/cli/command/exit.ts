/** How a run ends: what a script that called us can tell from the number. */
import type { CodeName } from '../../report/codes.ts';
import type { Verdict } from '../../report/event.ts';

/** 0 all is well · 1 refuted or vacuous · 2 undecided · 3 wrong use or unreadable input. */
export type Exit = 0 | 1 | 2 | 3;

/** A watch that is ended before its first verdict is interrupted, as any other command. */
export type Ended = Exit | 130;

/** The user's mistake, said with what to do instead. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
  readonly about: CodeName;

  constructor(message: string, about: CodeName = 'commandLine') {
    super(message);
    this.about = about;
  }
}

const exits = { proved: 0, explored: 0, refuted: 1, vacuous: 1, unknown: 2 } as const;

export function exitOf(verdict: Verdict): Exit {
  return exits[verdict.kind];
}

/** The exit of several parts: input that nobody could read outranks all, a refutation the rest. */
export function worst(exits: readonly Exit[]): Exit {
  return ([3, 1, 2] as const).find((exit) => exits.includes(exit)) ?? 0;
}
