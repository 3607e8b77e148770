/** Every mistake in the code of one layer, tried, and what is said of all of them. */
import { readFileSync } from 'node:fs';
import { type Mutant, mutantsOf } from '../../mutate/mutants.ts';
import { shownPath } from '../command/package.ts';
import type { Session } from '../command/session.ts';
import type { MutantRecord } from './mutant-record.ts';
import { outcomeOf, type Result, type Score, scoreOf } from './mutant-score.ts';
import type { MutateOptions } from './mutate.ts';
import { type Subject, saidByProve, tried } from './try-mutant.ts';

/** The score of a layer; undefined of one that is not proved as it is. */
export async function mutateLayer(
  subject: Subject,
  record: MutantRecord,
  session: Session,
  { jobs, kind }: Pick<MutateOptions, 'jobs' | 'kind'>,
): Promise<Score | undefined> {
  const { program, layer, pool } = subject;
  session.event({ event: 'begin', verb: 'prove', layer: layer.name, file: layer.at.file });
  const whole = await saidByProve(program, layer, pool);
  if (whole !== 'proved') {
    const remedy = 'prove it first: what is not proved notices everything';
    session.note(`${layer.name}: ${whole} as it is, so nothing is said of mutants; ${remedy}`);
    return undefined;
  }
  const code = program.classes.get(layer.code)!;
  const { file } = code.at;
  const all = mutantsOf(file, readFileSync(file, 'utf8'), code.name);
  const mutants = all.mutants.filter((mutant) => kind === undefined || mutant.kind === kind);
  const results: Result[] = [];
  const trying = inParallel(mutants, jobs, (mutant) => tried(subject, mutant, record));
  for (const [i, mutant] of mutants.entries()) {
    const said = await trying[i]!;
    const result = { mutant, tried: said, outcome: outcomeOf(said) };
    results.push(result);
    tell(result, layer.name, session);
    const progress = { done: i + 1, of: mutants.length, what: 'mutants' };
    session.event({ event: 'progress', layer: layer.name, ...progress });
  }
  // Of a part nobody can say which comments explain nothing.
  const about = kind === undefined ? all.explanations : [];
  const score = scoreOf({ layer: layer.name, file: layer.at.file }, results, about);
  for (const { line, text } of score.stale)
    session.note(
      `${layer.name}: ${shownPath(file, session.folder)}:${line} explains what no mutant does: ` +
        `"${text}"; ` +
        'write it as // mutant: <kind>: <why>, for a mutant that goes unnoticed, or remove it',
    );
  return score;
}

function tell({ mutant, tried, outcome }: Result, layer: string, session: Session): void {
  const { file, line, column, kind, was, becomes, explained } = mutant;
  session.event({
    event: 'mutant',
    layer,
    at: { file, line, column },
    kind,
    was,
    becomes,
    ...tried,
    outcome,
    ...(explained !== undefined && { explained }),
  });
}

/**
 * As many at a time as there are cores: while solvers think about some, others are read and
 * explored. Each answer can be waited for in turn.
 */
function inParallel<T>(
  mutants: readonly Mutant[],
  jobs: number,
  one: (mutant: Mutant) => Promise<T>,
): readonly Promise<T>[] {
  const begun: Promise<unknown>[] = [];
  return mutants.map((mutant, i) => {
    const before = begun[i - jobs] ?? Promise.resolve();
    const result = before.then(() => one(mutant));
    // The one that fails is waited for; those behind it are not to fail unheard.
    result.catch(() => {});
    begun.push(result);
    return result;
  });
}
