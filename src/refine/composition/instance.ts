/**
 * The small world in which a stack is explored: all of its code on the machine at the bottom,
 * against the promise at the top. What the machines between would do is not looked at: that some
 * state of theirs explains each step is what the layers were proved for.
 */
import { type Instance, isAsync, type Layer } from '../../explore/instance.ts';
import type { Bounds } from '../layer.ts';
import { instanceOf } from '../refutation/domain.ts';
import { type Leaf, leavesOf, type Node, type Part } from './part.ts';

/** A layer or a stack as it was imported. */
interface RealPart extends Pick<Layer, 'promise' | 'on'> {
  readonly parts?: readonly RealPart[];
}

/** A stack as it was imported. */
export type RealStack = Layer & RealPart & { readonly bounds?: Bounds };

type Operations = Instance['operations'];

export function stackInstance(node: Node, stack: RealStack, given: Bounds = {}): Instance {
  const instances = new Map(
    leavesOf(node).map((leaf) => [leaf, instanceOf(leaf.program, leaf.layer, stack, given)]),
  );
  const [any] = instances.values();
  const blind = [...instances.values()].every(({ symmetry }) => symmetry !== false);
  return {
    ...any!,
    layer: stack,
    operations: operationsOf(node, (leaf) => instances.get(leaf)!.operations),
    async: isAsync(stack.code as { readonly prototype: unknown }),
    symmetry: blind && passesBlocksOn(stack),
  };
}

/** Those of the promise at the top; of two promises side by side, each by its side. */
function operationsOf(part: Part, of: (leaf: Leaf) => Operations): Operations {
  if (part.kind === 'layer') return of(part);
  const [first, second] = part.parts;
  if (part.kind === 'compose') return operationsOf(second, of);
  const named = (side: string, operations: Operations) =>
    operations.map((one) => ({ ...one, name: `${side}.${one.name}` }));
  return [...named('left', operationsOf(first, of)), ...named('right', operationsOf(second, of))];
}

/** Machines between two layers are not there when a stack is explored: they must say so as well. */
function passesBlocksOn({ promise, on, parts }: RealPart): boolean {
  const machines = [promise, on].every(({ symmetric }) => symmetric === 'blocks');
  return machines && (parts ?? []).every(passesBlocksOn);
}
