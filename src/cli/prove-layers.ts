/** Proving layers: reading, asking, refuting, and saying what came of it. */
import { placeOf } from '../refine/discharge.ts';
import { instanceOf } from '../refine/domain.ts';
import { type Proof, proveLayer } from '../refine/prove.ts';
import type { Refuter } from '../refine/refute.ts';
import type { Verdict } from '../report/event.ts';
import type { LayerDeclaration, Program } from '../symbolic/ir.ts';
import { type Chosen, chosenLayers } from './chosen-layers.ts';
import { complete, shown } from './counterexample-file.ts';
import { crossChecked } from './cross-check.ts';
import { loadLayer, prepare } from './load.ts';
import type { ProveOptions } from './prove.ts';
import type { Session } from './session.ts';
import { type PoolOf, withPools } from './solvers.ts';
import { proofTrusts } from './trusted.ts';

/** Proves the layers of each file: a file outside the subset does not keep others from it. */
export async function proveLayers(
  files: readonly string[],
  options: ProveOptions,
  session: Session,
): Promise<void> {
  const chosen = await chosenLayers('prove', files, options.only, session);
  if (chosen.length === 0) return;
  await withPools(options, session, async (poolOf) => {
    for (const each of chosen) await proveOne({ ...each, poolOf, options, session });
  });
}

interface Task extends Chosen {
  readonly poolOf: PoolOf;
  readonly options: Pick<ProveOptions, 'seeds' | 'crossCheck'>;
  readonly session: Session;
  /** Which version of the sources is to be run, where they change: see load.ts. */
  readonly version?: number;
}

export async function proveOne(task: Task): Promise<void> {
  const { program, layer, poolOf, options, session } = task;
  const { seeds, crossCheck } = options;
  const { file } = layer.at;
  const about = { layer: layer.name, file };
  session.event({ event: 'begin', verb: 'prove', ...about });
  const begun = performance.now();
  const refuter = refuterOf(program, layer, task.version);
  const proofs: Proof[] = [];
  const solvers = new Set<string>();
  for (let seed = 0; seed < seeds; seed++) {
    const pool = await poolOf(seed);
    solvers.add(pool.name);
    const proof = await proveLayer({ program, layer, pool, report: session, refuter });
    proofs.push(proof);
    if (seeds > 1) session.note(`${layer.name}: seed ${seed}: ${proof.verdict.kind}`);
  }
  const [first] = proofs;
  let verdict = agreed(proofs.map((proof) => proof.verdict));
  if (crossCheck && verdict.kind === 'proved') {
    const question = { program, layer, report: session };
    const checked = await crossChecked(question, [...solvers].join(), poolOf);
    verdict = checked.verdict;
    if (checked.solver) solvers.add(checked.solver);
  }
  session.event({
    event: 'verdict',
    verb: 'prove',
    ...about,
    at: placeOf(layer.at),
    verdict,
    milliseconds: performance.now() - begun,
    sources: Object.fromEntries(program.files),
    trusts: proofTrusts(program, layer, [...solvers], [...(first?.assumptions.values() ?? [])]),
  });
}

/** What a suspicion is tried on: the real code, which is loaded only if there is one. */
function refuterOf(program: Program, layer: LayerDeclaration, version = 0): Refuter {
  const about = { file: layer.at.file, layer: layer.name };
  return {
    instance: async (bounds) => {
      prepare({ bounded: true });
      const code = await loadLayer(about.file, about.layer, version);
      return instanceOf(program, layer, code, bounds);
    },
    sign: (run) => complete(run, about, program.files),
    show: shown,
  };
}

/** A verdict that depends on the luck of a seed is none. */
function agreed(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  const kinds = verdicts.map(({ kind }) => kind);
  if (first && kinds.every((kind) => kind === first.kind)) return first;
  const refutation = verdicts.find(({ kind }) => kind === 'refuted');
  if (refutation) return refutation;
  return {
    kind: 'unknown',
    reason: 'solver',
    because: `the seeds disagree: ${kinds.map((kind, seed) => `${seed} ${kind}`).join(', ')}`,
    remedy: 'split the invariant into simpler conjuncts, or try another --solver',
  };
}
