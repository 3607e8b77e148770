/** Checking layers again: all are read at once, and shared out among threads. */
import { statSync } from 'node:fs';
import { readTogether } from '../../symbolic/reader/read.ts';
import { type Chosen, chosenLayers, selected } from '../command/chosen-layers.ts';
import type { Session } from '../command/session.ts';
import { certificateFile } from './certificates.ts';
import { InOrder } from './in-order.ts';
import type { RecheckOptions } from './recheck.ts';
import { Helper, helpers } from './recheck-helper.ts';
import { recheckOne } from './recheck-one.ts';
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
      const chosen =
        together(files, options.only) ??
        (await chosenLayers('recheck', files, options.only, session));
      const pool = await starting;
      const told = new InOrder(session, chosen.length);
      const waiting = heaviestFirst(chosen, options, session);
      const { root, folder } = session;
      const work = async (check: (one: Chosen, at: number) => Promise<void>) => {
        for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
          await check(chosen[at]!, at).catch((error) => {
            // Nobody goes on where one cannot.
            waiting.length = 0;
            throw error;
          });
          told.finish(at);
        }
      };
      await Promise.all([
        work((one, at) =>
          recheckOne({ ...one, pool, options, session: { root, folder, event: told.of(at) } }),
        ),
        ...others.map((helper) => work((one, at) => helper.check(one, told.of(at)))),
      ]);
    });
  } finally {
    await Promise.all(others.map((helper) => helper.close()));
  }
}

/**
 * The layers of all files, read at once, which is much faster; undefined if one of them is refused
 * or does not compile: then each is read alone, and says so itself.
 */
function together(files: readonly string[], only: string | undefined): Chosen[] | undefined {
  try {
    return readTogether(files).flatMap((program) =>
      selected(program, only).map((layer) => ({ program, layer })),
    );
  } catch {
    return undefined;
  }
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
