/** Stacks with the layers that they name: these are read where they are declared. */
import { type Leaf, leavesOf, type Node, partOf } from '../../refine/composition/part.ts';
import { placeOf } from '../../refine/discharge/discharge.ts';
import type {
  Position,
  Program,
  StackDeclaration,
  StackedLayer,
  StackPart,
} from '../../symbolic/ir.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { Refused } from '../../symbolic/refusal.ts';
import { refusedAsEvents } from '../prove/refused.ts';
import { shownPath } from './package.ts';
import type { Session } from './session.ts';

/** Reads each layer as `prove` would read it alone; throws `Refused` or `BadSource`. */
export function readStack(program: Program, stack: StackDeclaration): Node {
  const read = new Map([[stack.at.file, program]]);
  return partOf(stack, (layer) => declaredIn(read, layer)) as Node;
}

/** The same; where a layer is outside the subset, that is said, and the stack is undecided. */
export async function readStackAloud(
  verb: 'prove' | 'recheck' | 'explore',
  program: Program,
  stack: StackDeclaration,
  session: Session,
): Promise<Node | undefined> {
  try {
    return readStack(program, stack);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const file = error.refusals[0]?.at.file ?? stack.at.file;
    await refusedAsEvents(verb, file, session, () => Promise.reject(error));
    session.event({
      event: 'verdict',
      verb,
      layer: stack.name,
      file: stack.at.file,
      at: placeOf(stack.at),
      verdict: {
        kind: 'unknown',
        reason: 'layer',
        because: `a layer of it cannot be read: ${shownPath(file, session.folder)}`,
        at: placeOf(stack.at),
        remedy: 'what is said about that file above',
      },
      milliseconds: 0,
      trusts: [],
    });
    return undefined;
  }
}

function declaredIn(
  read: Map<string, Program>,
  { file, name }: StackedLayer,
): Pick<Leaf, 'program' | 'layer'> {
  const program = read.get(file) ?? readProgram([file]).program;
  read.set(file, program);
  const layer = program.layers.find((one) => one.name === name);
  if (!layer) throw new Error(`${file} declares no layer ${name}`);
  return { program, layer };
}

/** Every source that a stack and its layers were read from. */
export function sourcesOf(node: Node, own: Program): Readonly<Record<string, string>> {
  const all = [own, ...leavesOf(node).map(({ program }) => program)];
  return Object.fromEntries(all.flatMap(({ files }) => [...files]));
}

/** How places are shown in messages about machines. */
export function placesFrom(folder: string): (at: Position) => string {
  return ({ file, line }) => `${shownPath(file, folder)}:${line}`;
}

/** Where the layer at the bottom of a stack is declared; undefined if there are two. */
export function bottomFile(file: string, name: string): string | undefined {
  const { program } = readProgram([file]);
  let part: StackPart | undefined = program.stacks.find((one) => one.name === name);
  while (part?.kind === 'compose') [part] = part.parts;
  return part?.kind === 'layer' ? part.file : undefined;
}
