/** Which layers a command is about. */
import type { LayerDeclaration, Program } from '../symbolic/ir.ts';
import { readProgram } from '../symbolic/reader/read.ts';
import { refusedAsEvents } from './refused.ts';
import type { Session } from './session.ts';

export interface Chosen {
  readonly program: Program;
  readonly layer: LayerDeclaration;
}

/** The layers of each file: one outside the subset is said to be so, and others go on. */
export async function chosenLayers(
  verb: 'prove' | 'explore',
  files: readonly string[],
  only: string | undefined,
  session: Session,
): Promise<Chosen[]> {
  const chosen: Chosen[] = [];
  for (const file of files)
    await refusedAsEvents(verb, file, session, async () => {
      const { program } = readProgram([file]);
      for (const layer of selected(program, only)) chosen.push({ program, layer });
    });
  return chosen;
}

/** The layers of a program that are asked for. */
export function selected(program: Program, only: string | undefined): LayerDeclaration[] {
  return program.layers.filter(({ name }) => only === undefined || name === only);
}
