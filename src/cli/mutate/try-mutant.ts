/** One mistake in the code of a layer: what prove and explore say of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explore, NotExplorable } from '../../explore/index.ts';
import type { Pool } from '../../logic/index.ts';
import type { Mutant } from '../../mutate/mutants.ts';
import { proveLayer } from '../../refine/prove.ts';
import { instanceOf } from '../../refine/refutation/domain.ts';
import type { LayerDeclaration, Program } from '../../symbolic/ir.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { BadSource, Refused } from '../../symbolic/refusal.ts';
import { loadLayer } from '../command/load.ts';
import { MutantRecord, type Tried } from './mutant-record.ts';

/** The layer that mistakes are made in. */
export interface Subject {
  readonly program: Program;
  readonly layer: LayerDeclaration;
  readonly pool: Pool;
  /** A folder for mutated sources. */
  readonly scratch: string;
}

/** How long one mutant is explored: a mistake mostly shows at once. */
const limits = { milliseconds: 200_000, steps: 500_000, states: 50_000, effects: 500 } as const;

const silent = { event() {} };

/** What was decided in an earlier run is not tried again. */
export async function tried(
  subject: Subject,
  mutant: Mutant,
  record: MutantRecord,
): Promise<Tried> {
  const { program, layer } = subject;
  const key = MutantRecord.keyOf(layer.name, program.files, mutant.text);
  const known = record.find(key);
  if (known) return known;
  const found = await tryMutant(subject, mutant, key);
  if (found.prove !== 'undecided' && found.explore !== 'undecided') record.keep(key, found);
  return found;
}

async function tryMutant(subject: Subject, mutant: Mutant, key: string): Promise<Tried> {
  const { layer, pool, scratch } = subject;
  const { file, text } = mutant;
  let read: Program;
  try {
    read = readProgram([layer.at.file], { overlay: new Map([[file, text]]) }).program;
  } catch (error) {
    if (error instanceof BadSource) return { prove: 'no program', explore: 'no program' };
    if (!(error instanceof Refused)) throw error;
    return { prove: 'refused', explore: 'not tried' };
  }
  const mutated = read.layers.find(({ name }) => name === layer.name)!;
  const overlay = join(scratch, `${key}.json`);
  writeFileSync(overlay, JSON.stringify({ [file]: text }));
  return {
    prove: await saidByProve(read, mutated, pool),
    explore: await saidByExplore(read, mutated, overlay),
  };
}

export async function saidByProve(
  program: Program,
  layer: LayerDeclaration,
  pool: Pool,
): Promise<string> {
  const { verdict } = await proveLayer({ program, layer, pool, report: silent, hasty: true });
  if (verdict.kind !== 'unknown') return verdict.kind;
  const undecided = ['timeout', 'resources', 'memory', 'incomplete', 'solver'].includes(
    verdict.reason,
  );
  return undecided ? 'undecided' : 'not proved';
}

async function saidByExplore(
  program: Program,
  layer: LayerDeclaration,
  overlay: string,
): Promise<string> {
  try {
    const code = await loadLayer(layer.at.file, layer.name, { overlay });
    const outcome = await explore({ ...instanceOf(program, layer, code), limits });
    if (outcome.kind === 'explored') return outcome.exhausted ? 'explored' : 'undecided';
    return outcome.kind === 'vacuous' ? 'vacuous' : 'refuted';
  } catch (error) {
    if (error instanceof NotExplorable) return 'not tried';
    throw error;
  }
}
