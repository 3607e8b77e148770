/** From a way through states that stand for others to a way that code can really go. */
import type { Engine, Move, Node } from './engine.ts';
import { advance } from './guided.ts';
import type { Problem } from './instance.ts';
import type { Found } from './search.ts';
import { stepsFrom } from './steps.ts';
import { NotSymmetric, type Symmetry } from './symmetry.ts';

type Way = Found<Node, Move, Problem>;

/**
 * The same way with the contents that it really has. Each step is looked for from where the last
 * one led, so that what comes of it has been executed as it stands.
 */
export async function lift(
  engine: Engine,
  symmetry: Symmetry,
  { start, path, problem }: Way,
): Promise<Pick<Way, 'path' | 'problem'>> {
  const moves: Move[] = [];
  let standing = start;
  let real = start;
  for (const [i, move] of path.entries()) {
    const name = move.call.name;
    const edges = (await stepsFrom(engine, real, engine.calls(real))).filter(
      (edge) => edge.label.call.name === name,
    );
    if (i === path.length - 1) {
      const last = edges.find((edge) => edge.problem?.kind === problem.kind);
      return last?.problem ? { path: [...moves, last.label], problem: last.problem } : astray(name);
    }
    const next = symmetry.canonical((await advance(engine, standing, move)).to ?? astray(name));
    const edge = edges.find(({ to }) => to && same(symmetry.canonical(to), next)) ?? astray(name);
    moves.push(edge.label);
    standing = next;
    real = edge.to!;
  }
  return { path: moves, problem };
}

function astray(name: string): never {
  throw new NotSymmetric(
    `the machines declare the contents of blocks to be interchangeable, and ${name}() ` +
      'does not go the same way with others',
  );
}

function same(a: Node, b: Node): boolean {
  return a.phase === b.phase && a.lower === b.lower && a.memory === b.memory && a.set === b.set;
}
