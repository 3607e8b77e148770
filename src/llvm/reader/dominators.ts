/** Which blocks lie on every way to a block: those whose values it may use. */
import { type Block, successors } from '../module.ts';

/** Blocks that cannot be reached are absent. */
export function dominators(blocks: readonly Block[]): ReadonlyMap<string, ReadonlySet<string>> {
  const order = reversePostorder(blocks);
  const before = predecessors(blocks, new Set(order));
  const found = new Map<string, ReadonlySet<string>>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const name of order) {
      const known = (before.get(name) ?? []).flatMap((one) => found.get(one) ?? []);
      const next = intersection(known).add(name);
      if (found.get(name)?.size === next.size) continue;
      found.set(name, next);
      changed = true;
    }
  }
  return found;
}

export function reversePostorder(blocks: readonly Block[]): string[] {
  const byName = new Map(blocks.map((block) => [block.name, block]));
  const seen = new Set<string>();
  const order: string[] = [];
  // An own stack: a function may have more blocks than the engine allows calls.
  const open: { readonly name: string; readonly next: string[] }[] = [];
  const enter = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    open.push({ name, next: [...successors(byName.get(name)!.instructions.at(-1)!.operation)] });
  };
  enter(blocks[0]!.name);
  while (open.length > 0) {
    const { name, next } = open.at(-1)!;
    const target = next.pop();
    if (target !== undefined) enter(target);
    else {
      order.unshift(name);
      open.pop();
    }
  }
  return order;
}

function predecessors(blocks: readonly Block[], reached: ReadonlySet<string>) {
  const found = new Map<string, string[]>();
  for (const { name, instructions } of blocks) {
    if (!reached.has(name)) continue;
    for (const target of successors(instructions.at(-1)!.operation))
      found.set(target, [...(found.get(target) ?? []), name]);
  }
  return found;
}

function intersection(sets: readonly ReadonlySet<string>[]): Set<string> {
  const [first, ...rest] = sets;
  return new Set([...(first ?? [])].filter((one) => rest.every((set) => set.has(one))));
}
