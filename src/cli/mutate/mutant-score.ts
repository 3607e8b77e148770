/** What became of each mutant of a layer, and of all of them. */
import type { Explanation } from '../../mutate/explanations.ts';
import { isAbout, type Mutant } from '../../mutate/mutants.ts';
import type { RunEvent } from '../../report/event.ts';
import type { Exit } from '../command/exit.ts';
import { shownPath } from '../command/package.ts';
import type { Tried } from './mutant-record.ts';

export type Outcome = Extract<RunEvent, { event: 'mutant' }>['outcome'];

export interface Result {
  readonly mutant: Mutant;
  readonly tried: Tried;
  readonly outcome: Outcome;
}

export interface Score {
  readonly layer: string;
  readonly file: string;
  /** Without those that are no programs. */
  readonly mutants: number;
  readonly both: number;
  readonly proveOnly: number;
  readonly exploreOnly: number;
  readonly equivalent: number;
  readonly survived: number;
  /** Survivors that no comment speaks of, and whatever prove and explore disagree about. */
  readonly unexplained: number;
  /** Comments that explain nothing. */
  readonly stale: readonly Explanation[];
}

/**
 * What explore refutes cannot have been proved: one of the two is wrong. What it finds vacuous
 * may be so within its bounds only.
 */
export function outcomeOf(tried: Tried): Outcome {
  if (tried.prove === 'no program') return 'no program';
  if (tried.prove === 'proved') return tried.explore === 'refuted' ? 'contradiction' : 'equivalent';
  return isNoticedByProve(tried) || isNoticedByExplore(tried) ? 'noticed' : 'survived';
}

function isNoticedByProve({ prove }: Tried): boolean {
  return !['proved', 'undecided', 'no program'].includes(prove);
}

function isNoticedByExplore({ explore }: Tried): boolean {
  return explore === 'refuted' || explore === 'vacuous';
}

export function scoreOf(
  { layer, file }: Pick<Score, 'layer' | 'file'>,
  results: readonly Result[],
  explanations: readonly Explanation[],
): Score {
  const count = (holds: (result: Result) => boolean) => results.filter(holds).length;
  const noticed = (byProve: boolean, byExplore: boolean) =>
    count(
      ({ tried, outcome }) =>
        outcome === 'noticed' &&
        isNoticedByProve(tried) === byProve &&
        isNoticedByExplore(tried) === byExplore,
    );
  const unnoticed = results.filter(({ outcome }) => ['survived', 'equivalent'].includes(outcome));
  return {
    layer,
    file,
    mutants: count(({ outcome }) => outcome !== 'no program'),
    both: noticed(true, true),
    proveOnly: noticed(true, false),
    exploreOnly: noticed(false, true),
    equivalent: count(({ outcome }) => outcome === 'equivalent'),
    survived: count(({ outcome }) => outcome === 'survived'),
    unexplained: count(
      ({ outcome, mutant }) =>
        outcome === 'contradiction' || (outcome === 'survived' && mutant.explained === undefined),
    ),
    stale: explanations.filter((one) => !unnoticed.some(({ mutant }) => isAbout(one, mutant))),
  };
}

export function exitOfMutants({ unexplained, stale }: Score): Exit {
  return unexplained > 0 || stale.length > 0 ? 1 : 0;
}

const columns: readonly (readonly [string, (score: Score) => string | number])[] = [
  ['layer', ({ layer }) => layer],
  ['mutants', ({ mutants }) => mutants],
  ['by both', ({ both }) => both],
  ['prove only', ({ proveOnly }) => proveOnly],
  ['explore only', ({ exploreOnly }) => exploreOnly],
  ['equivalent', ({ equivalent }) => equivalent],
  ['survived', ({ survived }) => survived],
  ['unexplained', ({ unexplained }) => unexplained],
  ['proof', ({ file }) => shownPath(file, process.cwd())],
];

/** A line for each layer: numbers on the right, names on the left. */
export function scoreTable(scores: readonly Score[]): string {
  const rows = scores.map((score) => columns.map(([, of]) => of(score)));
  const lines = columns.map(([name], i) => {
    const cells = [name, ...rows.map((row) => row[i]!)];
    const width = Math.max(...cells.map((cell) => String(cell).length));
    const right = typeof rows[0]?.[i] === 'number';
    return cells.map((cell) => String(cell)[right ? 'padStart' : 'padEnd'](width));
  });
  return [undefined, ...rows]
    .map((_, at) =>
      lines
        .map((line) => line[at])
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
