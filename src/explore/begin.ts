/** Whether there is anything to explore: a store that can be initialised. */
import { TooMany } from './choices.ts';
import { Engine } from './engine.ts';
import { leniently } from './guided.ts';
import type { Instance } from './instance.ts';
import { holdsBlock } from './value.ts';

/** Whether init() answers true for some store, which holds a block if there are such stores. */
export async function canBegin(instance: Instance): Promise<boolean> {
  const engine = leniently(new Engine(instance));
  engine.deadline = Date.now() + (instance.limits?.milliseconds ?? 20_000);
  const starts = engine.starts();
  const blocks = starts.some(({ lower }) => holdsBlock(engine.lowers.value(lower)));
  try {
    // The stores that there are the most of, which are the largest, stand last.
    for (const start of starts.reverse())
      for (const call of engine.calls(start)) {
        await engine.attempt(start, call, false);
        if (engine.counts.initialised > 0 && (engine.filled || !blocks)) return true;
      }
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
  }
  return false;
}
