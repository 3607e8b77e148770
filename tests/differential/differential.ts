/** The differential run: many programs, each in every way, and what was found. */
import { makeBatch, total } from './batch.ts';
import {
  acrossCrash,
  againstExecutor,
  againstInterpreter,
  type Case,
  isGivenUp,
  isOutside,
  makeCase,
} from './compare.ts';
import type { Counts } from './constructs.ts';
import { ghostDifference } from './ghosts.ts';

export interface Plan {
  readonly seed: number;
  readonly programs: number;
  readonly strict: boolean;
}

export interface Report {
  readonly programs: number;
  readonly runs: number;
  /** Runs that left the model, which every way must say. */
  readonly outside: number;
  readonly effects: number;
  /** Runs with more paths than the executor follows; it says so. */
  readonly givenUp: number;
  readonly refused: readonly string[];
  readonly differences: readonly string[];
  readonly counts: Counts;
}

/** Programs of one class, classes of one file: small enough to be read at once. */
export const size = { entries: 20, classes: 25 } as const;
const inputs = 2;

export async function differential({ seed, programs, strict }: Plan): Promise<Report> {
  const classes = Math.min(size.classes, Math.ceil(programs / size.entries));
  const files = Math.ceil(programs / (classes * size.entries));
  const report = { programs: 0, runs: 0, outside: 0, effects: 0, givenUp: 0 };
  const refused: string[] = [];
  const differences: string[] = [];
  const counts: Counts[] = [];
  for (let file = 0; file < files; file++) {
    const batch = makeBatch(seed, [file], { entries: size.entries, classes, strict });
    refused.push(...batch.refused);
    counts.push(batch.counts);
    report.programs += batch.programs.length;
    for (const program of batch.programs) {
      // Memory is given back between turns of the event loop only.
      await new Promise((resolve) => setImmediate(resolve));
      for (let input = 0; input < inputs; input++) {
        const { made, differs } = await makeCase(program, [seed, file, input]);
        report.runs++;
        report.effects += made.right.effects.length;
        if (isOutside(made.right)) report.outside++;
        const executed = byExecutor(made);
        if (executed === 'given up') report.givenUp++;
        const found = [
          ['JavaScript with checks', differs],
          ['the interpreter', againstInterpreter(made)],
          ['the executor', executed === 'given up' ? undefined : executed],
          ['a ghost', input === 0 ? ghostDifference(made) : undefined],
          ['a loss of power', input === 0 ? await acrossCrash(made) : undefined],
        ] as const;
        for (const [what, difference] of found)
          if (difference) differences.push(`${program.name} ${input}, ${what}: ${difference}`);
      }
    }
  }
  return { ...report, refused, differences, counts: total(counts) };
}

function byExecutor(made: Case): string | undefined {
  try {
    return againstExecutor(made);
  } catch (error) {
    if (isGivenUp(error)) return 'given up';
    throw error;
  }
}
