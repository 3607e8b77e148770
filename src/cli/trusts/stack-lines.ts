/** Stacks in words: the theorems they follow by, their layers and their machines. */
import {
  type Leaf,
  leavesOf,
  type Machine,
  type Node,
  nameOf,
  placesOf,
} from '../../refine/composition/part.ts';
import type { Cited } from '../../refine/composition/theorem.ts';
import type { Verdict } from '../../report/event.ts';
import { shownPath } from '../command/package.ts';

export const theoremLine = ({ title, name, steps }: Cited): string =>
  `${title}: the theorem ${name}, ${steps.toLocaleString('en')} steps of the kernel`;

/** Every layer, with what is known of it if anybody knows. */
export function layerLines(
  node: Node,
  folder: string,
  known?: (leaf: Leaf) => { readonly verdict: Verdict } | undefined,
): readonly string[] {
  const lines = leavesOf(node).map((leaf) => {
    const { called, name, file } = leaf.declared;
    const whole = called === name ? called : `${called}, which is ${name}`;
    const said = known ? `: ${known(leaf)?.verdict.kind ?? 'not looked at'}` : '';
    return `${whole} of ${shownPath(file, folder)}${said}`;
  });
  return [...new Set(lines)];
}

export function machineText(machine: Machine, folder: string): string {
  const files = placesOf(machine).map(({ file }) => shownPath(file, folder));
  return `${nameOf(machine)} as in ${[...new Set(files)].join(' and ')}`;
}
