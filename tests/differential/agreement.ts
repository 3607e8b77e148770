/** What is asked of a differential run, and how it is told. */
import { expect } from 'vitest';
import { constructs } from './constructs.ts';
import { differential, type Report } from './differential.ts';

/** `SEED=… PROGRAMS=… npx vitest run tests/differential` replays, or runs more or fewer. */
const seed = Number(process.env.SEED ?? 1);
const programs = Number(process.env.PROGRAMS ?? 10_000);

/** Each construct occurs this often in 10,000 programs. */
const often = 300;

export async function agreement(strict: boolean): Promise<void> {
  const report = await differential({ seed, programs: programs / 2, strict });
  tell(report, strict);
  expect(report.differences.slice(0, 10)).toEqual([]);
  expect(report.refused.length).toBeLessThanOrEqual(report.programs / 500);
  expect(report.programs).toBeGreaterThanOrEqual((programs / 2) * 0.98);
  expect(report.givenUp).toBeLessThanOrEqual(report.runs / 500);
  // In a short run chance decides what occurs.
  if (programs >= 5_000) expect(rare(report, strict)).toEqual([]);
  // Most runs stay in the model, and those touch the machine below.
  expect(report.outside).toBeLessThan(report.runs / 2);
  expect(report.effects).toBeGreaterThan(report.runs - report.outside);
}

/** Constructs that occur too seldom. Half of all programs are here. */
function rare({ counts, programs: found }: Report, strict: boolean): readonly string[] {
  return constructs.flatMap((construct) => {
    // `xs[i] += n` is an error of types where an element may be undefined.
    const share = construct !== 'addition to an element' ? 0.5 : strict ? 0 : 1;
    const least = Math.floor((often * share * Math.min(found, 5_000)) / 5_000);
    const count = counts.get(construct) ?? 0;
    return count < least ? [`${construct}: ${count}, at least ${least}`] : [];
  });
}

function tell(report: Report, strict: boolean): void {
  const { programs: found, runs, outside, effects, refused, givenUp } = report;
  console.log(
    `SEED=${seed} ${strict ? 'with' : 'without'} noUncheckedIndexedAccess: ${found} programs, ` +
      `${runs} runs, ${outside} of them outside the model, ${effects} effects, ${givenUp} given up`,
  );
  console.log(constructs.map((each) => `${each} ${report.counts.get(each) ?? 0}`).join(', '));
  if (refused.length > 0) console.log(`refused: ${refused.join('\n')}`);
}
