/** Making mistakes in layers, and asking prove and explore about each. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explore, NotExplorable } from '../explore/index.ts';
import type { Pool } from '../logic/index.ts';
import { type Mutant, mutantsOf } from '../mutate/mutants.ts';
import { instanceOf } from '../refine/domain.ts';
import { proveLayer } from '../refine/prove.ts';
import type { RunEvent } from '../report/event.ts';
import type { LayerDeclaration, Program } from '../symbolic/ir.ts';
import { readProgram } from '../symbolic/reader/read.ts';
import { BadSource, Refused } from '../symbolic/refusal.ts';
import { type Exit, WrongUse, worst } from './exit.ts';
import { loadLayer, prepare } from './load.ts';
import { MutantRecord, type Tried } from './mutant-record.ts';
import type { MutateOptions } from './mutate.ts';
import { refusedAsEvents } from './refused.ts';
import { nothing, type Session } from './session.ts';
import { withPools } from './solvers.ts';

type Outcome = Extract<RunEvent, { event: 'mutant' }>['outcome'];

/** How long one mutant is explored: a mistake mostly shows at once. */
const limits = { milliseconds: 10_000, states: 50_000, effects: 500 } as const;

const silent = { event() {} };

export async function mutateLayers(
  files: readonly string[],
  options: MutateOptions,
  session: Session,
): Promise<Exit> {
  prepare({ bounded: true });
  const exits: Exit[] = [];
  const record = new MutantRecord(session.root, options.resume, (text) => session.warn(text));
  const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-mutants-'));
  try {
    await withPools(options, session, async (poolOf) => {
      for (const file of files)
        await refusedAsEvents('prove', file, session, async () => {
          const { program } = readProgram([file]);
          for (const layer of program.layers)
            if (options.only === undefined || layer.name === options.only) {
              const pool = await poolOf(0);
              const mutation = new Mutation(program, layer, pool, session, record, scratch);
              exits.push(await mutation.run());
            }
        });
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (exits.length === 0 && session.exit === undefined) throw new WrongUse(nothing(options.only));
  const exit = worst([...exits, session.exit ?? 0]);
  session.event({ event: 'end', exit });
  return exit;
}

/** The modules of a process are never unloaded, so each mutant is another version. */
let version = 1_000_000;

class Mutation {
  private readonly program: Program;
  private readonly layer: LayerDeclaration;
  private readonly pool: Pool;
  private readonly session: Session;
  private readonly record: MutantRecord;
  private readonly scratch: string;

  constructor(
    program: Program,
    layer: LayerDeclaration,
    pool: Pool,
    session: Session,
    record: MutantRecord,
    scratch: string,
  ) {
    this.program = program;
    this.layer = layer;
    this.pool = pool;
    this.session = session;
    this.record = record;
    this.scratch = scratch;
  }

  async run(): Promise<Exit> {
    const { program, layer, session } = this;
    session.event({ event: 'begin', verb: 'prove', layer: layer.name, file: layer.at.file });
    const whole = await this.proved(program, layer);
    if (whole !== 'proved') {
      const remedy = 'prove it first: what is not proved notices everything';
      session.note(`${layer.name}: ${whole} as it is, so nothing is said of mutants; ${remedy}`);
      return 2;
    }
    const code = program.classes.get(layer.code)!;
    const { file } = code.at;
    const text = readSource(file);
    const mutants = mutantsOf(file, text, code.name);
    const counts = new Map<Outcome | 'unexplained' | 'by prove' | 'by explore', number>();
    const count = (what: Parameters<typeof counts.set>[0]) =>
      counts.set(what, (counts.get(what) ?? 0) + 1);
    for (const [i, mutant] of mutants.entries()) {
      const tried = await this.tried(mutant);
      const outcome = outcomeOf(tried);
      count(outcome);
      if (outcome === 'noticed' && isNoticedByProve(tried)) count('by prove');
      if (outcome === 'noticed' && isNoticedByExplore(tried)) count('by explore');
      if ((outcome === 'survived' && !mutant.explained) || outcome === 'contradiction')
        count('unexplained');
      const { line, column, kind, was, becomes, explained } = mutant;
      session.event({
        event: 'mutant',
        layer: layer.name,
        at: { file, line, column },
        kind,
        was,
        becomes,
        ...tried,
        outcome,
        ...(explained !== undefined && { explained }),
      });
      const progress = { done: i + 1, of: mutants.length, what: 'mutants' };
      session.event({ event: 'progress', layer: layer.name, ...progress });
    }
    const of = (what: Parameters<typeof counts.get>[0]) => counts.get(what) ?? 0;
    session.note(
      `${layer.name}: ${mutants.length - of('no program')} mutants: ${of('noticed')} noticed ` +
        `(${of('by prove')} by prove, ${of('by explore')} by explore), ` +
        `${of('equivalent')} equivalent, ${of('survived')} survived, ` +
        `${of('unexplained')} of them unexplained; ${of('no program')} were no programs`,
    );
    return of('unexplained') > 0 ? 1 : 0;
  }

  private async tried(mutant: Mutant): Promise<Tried> {
    const key = MutantRecord.keyOf(this.layer.name, this.program.files, mutant.text);
    const known = this.record.find(key);
    if (known) return known;
    const overlay = new Map([[mutant.file, mutant.text]]);
    let read: Program;
    try {
      read = readProgram([this.layer.at.file], { overlay }).program;
    } catch (error) {
      if (error instanceof BadSource) return { prove: 'no program', explore: 'no program' };
      if (!(error instanceof Refused)) throw error;
      return { prove: 'refused', explore: 'not tried' };
    }
    const layer = read.layers.find(({ name }) => name === this.layer.name)!;
    const tried = {
      prove: await this.proved(read, layer),
      explore: await this.explored(read, layer, mutant),
    };
    if (tried.prove !== 'undecided' && tried.explore !== 'undecided') this.record.keep(key, tried);
    return tried;
  }

  private async proved(program: Program, layer: LayerDeclaration): Promise<string> {
    const { verdict } = await proveLayer({
      program,
      layer,
      pool: this.pool,
      report: silent,
      hasty: true,
    });
    if (verdict.kind !== 'unknown') return verdict.kind;
    const undecided = ['timeout', 'memory', 'incomplete', 'solver'].includes(verdict.reason);
    return undecided ? 'undecided' : 'not proved';
  }

  private async explored(
    program: Program,
    layer: LayerDeclaration,
    { file, text }: Mutant,
  ): Promise<string> {
    const overlay = join(this.scratch, `${++version}.json`);
    writeFileSync(overlay, JSON.stringify({ [file]: text }));
    try {
      const code = await loadLayer(layer.at.file, layer.name, version, overlay);
      const outcome = await explore({ ...instanceOf(program, layer, code), limits });
      if (outcome.kind === 'explored') return outcome.exhausted ? 'explored' : 'undecided';
      return outcome.kind === 'vacuous' ? 'vacuous' : 'refuted';
    } catch (error) {
      if (error instanceof NotExplorable) return 'not tried';
      throw error;
    }
  }
}

function readSource(file: string): string {
  return readFileSync(file, 'utf8');
}

function isNoticedByProve({ prove }: Tried): boolean {
  return !['proved', 'undecided', 'no program'].includes(prove);
}

function isNoticedByExplore({ explore: said }: Tried): boolean {
  return said === 'refuted' || said === 'vacuous';
}

/** What explore refutes cannot have been proved: one of the two is wrong. */
function outcomeOf(tried: Tried): Outcome {
  if (tried.prove === 'no program') return 'no program';
  if (tried.prove === 'proved') return isNoticedByExplore(tried) ? 'contradiction' : 'equivalent';
  return isNoticedByProve(tried) || isNoticedByExplore(tried) ? 'noticed' : 'survived';
}
