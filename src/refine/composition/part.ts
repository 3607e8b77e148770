/** The layers of a stack as they were read, each where it is declared, and the machines between. */
import type {
  Class,
  ClassKey,
  LayerDeclaration,
  Position,
  Program,
  StackedLayer,
  StackPart,
  StackTree,
} from '../../symbolic/ir.ts';

/** A layer with the program of the file that declares it. */
export interface Leaf {
  readonly kind: 'layer';
  readonly declared: StackedLayer;
  readonly program: Program;
  readonly layer: LayerDeclaration;
}

export interface Node {
  readonly kind: 'compose' | 'beside';
  readonly tree: StackTree;
  readonly parts: readonly [Part, Part];
}

export type Part = Leaf | Node;

/** A machine is the class that a declaration makes, or two such side by side. */
export type Machine =
  | { readonly kind: 'class'; readonly key: ClassKey; readonly found: Class }
  | { readonly kind: 'pair'; readonly machines: readonly [Machine, Machine] };

/** Puts the layers that were read in the places of those that are named. */
export function partOf(
  declared: StackPart,
  read: (layer: StackedLayer) => Omit<Leaf, 'kind' | 'declared'>,
): Part {
  if (declared.kind === 'layer') return { kind: 'layer', declared, ...read(declared) };
  const [first, second] = declared.parts;
  return {
    kind: declared.kind,
    tree: declared,
    parts: [partOf(first, read), partOf(second, read)],
  };
}

/** Every layer, from the bottom up and from left to right. */
export function leavesOf(part: Part): readonly Leaf[] {
  return part.kind === 'layer' ? [part] : part.parts.flatMap(leavesOf);
}

export function promiseOf(part: Part): Machine {
  return machineOf(part, 'promise');
}

export function lowerOf(part: Part): Machine {
  return machineOf(part, 'on');
}

function machineOf(part: Part, which: 'promise' | 'on'): Machine {
  if (part.kind === 'layer') {
    const key = part.layer[which];
    return { kind: 'class', key, found: part.program.classes.get(key)! };
  }
  const [first, second] = part.parts;
  if (part.kind === 'compose') return machineOf(which === 'promise' ? second : first, which);
  return { kind: 'pair', machines: [machineOf(first, which), machineOf(second, which)] };
}

/** Two machines are one if they are declared in one place. That they look alike is not enough. */
export function same(a: Machine, b: Machine): boolean {
  if (a.kind === 'class' || b.kind === 'class')
    return a.kind === 'class' && b.kind === 'class' && a.key === b.key;
  return same(a.machines[0], b.machines[0]) && same(a.machines[1], b.machines[1]);
}

export function nameOf(machine: Machine): string {
  return machine.kind === 'class'
    ? machine.found.name
    : machine.machines.map(nameOf).join(' beside ');
}

/** The places where its classes are declared. */
export function placesOf(machine: Machine): readonly Position[] {
  return machine.kind === 'class' ? [machine.found.at] : machine.machines.flatMap(placesOf);
}

/** What a part is called in messages. */
export function titleOf(part: Part): string {
  if (part.kind === 'layer') return part.declared.called;
  const [first, second] = part.parts.map(titleOf) as [string, string];
  return part.tree.name ?? `${part.kind}(${first}, ${second})`;
}

/** Where a part is named. */
export function usedAt(part: Part): Position {
  return part.kind === 'layer' ? part.declared.used : part.tree.used;
}

/** The layers whose code runs on the machine of a part. */
export function bottomOf(part: Part): readonly Leaf[] {
  if (part.kind === 'layer') return [part];
  return part.kind === 'compose' ? bottomOf(part.parts[0]) : part.parts.flatMap(bottomOf);
}

/** Whether callers of its code have to await it. */
export function awaits(part: Part): boolean {
  return leavesOf(part).some(isAsync);
}

export function isAsync({ program, layer }: Leaf): boolean {
  const methods = program.classes.get(layer.code)?.methods ?? [];
  return methods.some((method) => program.functions.get(method.function)?.async);
}
