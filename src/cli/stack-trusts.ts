/** What the verdict about a stack follows from, and what it rests on. */
import ts from '@typescript/typescript6';
import {
  type Leaf,
  leavesOf,
  lowerOf,
  type Machine,
  type Node,
  nameOf,
  placesOf,
  promiseOf,
  titleOf,
} from '../refine/composition/part.ts';
import type { Cited } from '../refine/composition/theorem.ts';
import type { Assumption } from '../refine/obligation.ts';
import type { Verdict } from '../report/event.ts';
import { shownPath } from './package.ts';
import { placed } from './trusted.ts';

interface Known {
  readonly verdict: Verdict;
  readonly assumptions: readonly Assumption[];
  readonly solvers: readonly string[];
}

export function theoremLines(theorems: readonly Cited[]): readonly string[] {
  return theorems.map(
    ({ title, name }) => `${title}, replayed in the kernel: plimsoll kleene theorems ${name}`,
  );
}

/** Every layer with what is known of it. */
export function layerLines(
  node: Node,
  known: (leaf: Leaf) => Known | undefined,
  folder: string,
): readonly string[] {
  const lines = leavesOf(node).map((leaf) => {
    const said = known(leaf)?.verdict.kind ?? 'not looked at';
    return `${titleOf(leaf)}, ${shownPath(leaf.declared.file, folder)}: ${said}`;
  });
  return [...new Set(lines)];
}

/** In short, for a verdict: what the proofs of all layers rest on, and the kernel. */
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

export function machineText(machine: Machine, folder: string): string {
  const files = placesOf(machine).map(({ file }) => shownPath(file, folder));
  return `${nameOf(machine)} as in ${[...new Set(files)].join(' and ')}`;
}
