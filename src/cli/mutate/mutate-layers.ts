/** Making mistakes in layers, and asking prove and explore about each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChosenStack, chosenLayers } from '../command/chosen-layers.ts';
import { type Exit, WrongUse, worst } from '../command/exit.ts';
import { prepare } from '../command/load.ts';
import { nothing, type Session } from '../command/session.ts';
import { readStack } from '../command/stacks.ts';
import { withPools } from '../prove/solvers.ts';
import { layerLines } from '../trusts/stack-lines.ts';
import { MutantRecord } from './mutant-record.ts';
import { exitOfMutants, type Score, scoreTable } from './mutant-score.ts';
import type { MutateOptions } from './mutate.ts';
import { mutateLayer } from './mutate-layer.ts';

/** A stack is made of code that is tried where its layers are declared. */
function refuse({ program, stack }: ChosenStack, folder: string): never {
  const layers = layerLines(readStack(program, stack), folder).join(', ');
  throw new WrongUse(
    `${stack.name} is a stack, which has no code of its own to make mistakes in; name the file ` +
      `of one of its layers: ${layers}`,
    'selection',
  );
}

/** Makes mistakes in the layers of each file: one that is refused does not keep others from it. */
export async function mutateLayers(
  files: readonly string[],
  options: MutateOptions,
  session: Session,
): Promise<Exit> {
  prepare({ bounded: true });
  const record = new MutantRecord(session.root, options.resume, (text) => session.warn(text));
  const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-mutants-'));
  const exits: Exit[] = [];
  const scores: Score[] = [];
  try {
    const stacks: ChosenStack[] = [];
    const chosen = await chosenLayers('prove', files, options.only, session, [], stacks);
    // Of many files the layers are tried where they are declared.
    const [stack] = stacks;
    if (stack && chosen.length === 0) refuse(stack, session.folder);
    await withPools(options, session, async (poolOf) => {
      for (const { program, layer } of chosen) {
        const subject = { program, layer, pool: await poolOf(0), scratch };
        const score = await mutateLayer(subject, record, session, options);
        exits.push(score ? exitOfMutants(score) : 2);
        if (score) scores.push(score);
      }
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (exits.length === 0 && session.exit === undefined)
    throw new WrongUse(nothing(options.only), 'selection');
  if (scores.length > 0) session.note(scoreTable(scores));
  return session.end(worst(exits));
}
