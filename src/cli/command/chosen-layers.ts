/** Which layers a command is about. */
import type { LayerDeclaration, Program, StackDeclaration } from '../../symbolic/ir.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { BadSource } from '../../symbolic/refusal.ts';
import { type ChosenCodec, selectedCodecs } from '../prove/prove-codecs.ts';
import { refusedAsEvents } from '../prove/refused.ts';
import { WrongUse } from './exit.ts';
import { explain } from './failure.ts';
import type { Session } from './session.ts';

export interface Chosen {
  readonly program: Program;
  readonly layer: LayerDeclaration;
}

export interface ChosenStack {
  readonly program: Program;
  readonly stack: StackDeclaration;
}

/** The layers of each file: one that cannot be read is said to be so, and others go on. */
export async function chosenLayers(
  verb: 'prove' | 'recheck' | 'explore',
  files: readonly string[],
  only: string | undefined,
  session: Session,
  /** Where the codecs go of files that declare no layer. */
  codecs: ChosenCodec[] = [],
  /** Where the stacks go. */
  stacks: ChosenStack[] = [],
): Promise<Chosen[]> {
  const chosen: Chosen[] = [];
  for (const file of files)
    await apart(session, () =>
      refusedAsEvents(verb, file, session, async () => {
        const { program } = readProgram([file]);
        for (const layer of selected(program, only)) chosen.push({ program, layer });
        codecs.push(...selectedCodecs(program, only));
        for (const stack of selectedStacks(program, only)) stacks.push({ program, stack });
      }),
    );
  return chosen;
}

/** What is wrong with one source is said, and does not keep others from what they are due. */
export async function apart(session: Session, body: () => Promise<unknown>): Promise<void> {
  try {
    await body();
  } catch (error) {
    const ofSource = error instanceof WrongUse && error.about === 'load';
    if (!ofSource && !(error instanceof BadSource)) throw error;
    session.fail(explain(error, session.folder));
  }
}

/** The layers of a program that are asked for. */
export function selected(program: Program, only: string | undefined): LayerDeclaration[] {
  return program.layers.filter(({ name }) => only === undefined || name === only);
}

/** The same of stacks. */
export function selectedStacks(program: Program, only: string | undefined): StackDeclaration[] {
  return program.stacks.filter(({ name }) => only === undefined || name === only);
}
