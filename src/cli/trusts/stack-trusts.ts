/** What the verdict about a stack rests on, in short. */
import ts from '@typescript/typescript6';
import { lowerOf, type Node, promiseOf } from '../../refine/composition/part.ts';
import type { Assumption } from '../../refine/obligations/obligation.ts';
import { machineText } from './stack-lines.ts';
import { placed } from './trusted.ts';

interface Known {
  readonly assumptions: readonly Assumption[];
  readonly solvers: readonly string[];
}

/** What the proofs of all layers rest on, and the kernel. */
export function stackTrusts(
  node: Node,
  known: readonly Known[],
  folder: string,
): readonly string[] {
  const machines = [lowerOf(node), promiseOf(node)].map((one) => machineText(one, folder));
  const assumed = known.flatMap(({ assumptions }) => assumptions);
  return [
    ...new Set([
      ...machines,
      ...assumed.map(({ because, at }) => `assumed at ${placed(at, folder)}: ${because}`),
      ...known.flatMap(({ solvers }) => solvers),
      'the kernel of the algebra',
      `the reader of TypeScript ${ts.version}`,
      'one operation at a time',
    ]),
  ];
}
