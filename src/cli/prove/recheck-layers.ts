/** Checking layers again: all are read at once, and shared out among threads. */
import { statSync } from 'node:fs';
import { readTogether } from '../../symbolic/reader/read.ts';
import {
  type Chosen,
  type ChosenStack,
  chosenLayers,
  selected,
  selectedStacks,
} from '../command/chosen-layers.ts';
import type { Session } from '../command/session.ts';
import { certificateFile } from './certificates.ts';
import { InOrder } from './in-order.ts';
import type { RecheckOptions } from './recheck.ts';
import { Helper, helpers } from './recheck-helper.ts';
import { type Rechecked, recheckOne } from './recheck-one.ts';
import { keyOf, layersOf, readStacks, recheckStack } from './recheck-stacks.ts';
import { withPools } from './solvers.ts';

export async function recheckLayers(
  files: readonly string[],
  options: RecheckOptions,
  session: Session,
): Promise<void> {
  const threads = 1 + helpers(files.length, options.jobs);
  const jobs = Math.max(1, Math.floor(options.jobs / threads));
  // An answer that was kept is not a check.
  const solving = { ...options, jobs, seeds: 1, cache: false, scoped: true };
  const others = Array.from({ length: threads - 1 }, () => new Helper(solving, session));
  try {
    await withPools(solving, session, async (poolOf) => {
      // What is begun here gets ready while the sources are read.
      const starting = poolOf(0);
      const { layers, stacks: declared } =
        together(files, options.only) ?? (await apart(files, options.only, session));
      const stacks = await readStacks(declared, session);
      const chosen = [...layers, ...layersOf(stacks, layers)];
      const pool = await starting;
      const told = new InOrder(session, chosen.length);
      const waiting = heaviestFirst(chosen, options, session);
      const rechecked = new Map<string, Rechecked>();
      const { root, folder } = session;
      const work = async (check: (one: Chosen, at: number) => Promise<Rechecked>) => {
        for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
          const one = chosen[at]!;
          const found = await check(one, at).catch((error) => {
            // Nobody goes on where one cannot.
            waiting.length = 0;
            throw error;
          });
          rechecked.set(keyOf(one), found);
          told.finish(at);
        }
      };
      await Promise.all([
        work((one, at) =>
          recheckOne({ ...one, pool, options, session: { root, folder, event: told.of(at) } }),
        ),
        ...others.map((helper) => work((one, at) => helper.check(one, told.of(at)))),
      ]);
      for (const stack of stacks) await recheckStack(stack, rechecked, pool, session);
    });
  } finally {
    await Promise.all(others.map((helper) => helper.close()));
  }
}

interface Declared {
  readonly layers: readonly Chosen[];
  readonly stacks: readonly ChosenStack[];
}

/**
 * The layers of all files, read at once, which is much faster; undefined if one of them is refused
 * or does not compile: then each is read alone, and says so itself.
 */
function together(files: readonly string[], only: string | undefined): Declared | undefined {
  try {
    const programs = readTogether(files);
    return {
      layers: programs.flatMap((program) =>
        selected(program, only).map((layer) => ({ program, layer })),
      ),
      stacks: programs.flatMap((program) =>
        selectedStacks(program, only).map((stack) => ({ program, stack })),
      ),
    };
  } catch {
    return undefined;
  }
}

async function apart(
  files: readonly string[],
  only: string | undefined,
  session: Session,
): Promise<Declared> {
  const stacks: ChosenStack[] = [];
  const layers = await chosenLayers('recheck', files, only, session, [], stacks);
  return { layers, stacks };
}

/** Places of the layers; the size of a certificate tells how much there is to do. */
function heaviestFirst(
  chosen: readonly Chosen[],
  options: RecheckOptions,
  session: Session,
): number[] {
  const sizes = chosen.map(({ layer }) => {
    const file = certificateFile(options, layer, session);
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  });
  return [...chosen.keys()].sort((a, b) => sizes[b]! - sizes[a]!);
}
