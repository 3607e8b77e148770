/** Opens disk images behind a layer. */
import {
  cachedOn,
  type LayerClass,
  type Life,
  openCachedDiskStore,
  openCachedStore,
  openDiskStore,
  openStore,
  sectorsOn,
} from '../../host/index.ts';
import {
  CachedDisk,
  Disk,
  SectorDisk,
  TearingDisk,
  TwoCachedDisks,
  TwoDisks,
} from '../../model/index.ts';
import { WrongUse } from '../command/exit.ts';
import { type AnyLayer, loadHost, type OnDisk } from '../command/load.ts';
import type { ReportOptions } from '../command/options.ts';
import type { Session } from '../command/session.ts';
import type { Opened } from './actions.ts';

export interface RunOptions extends ReportOptions {
  readonly disk?: readonly string[];
  readonly create?: number;
  readonly blockSize: number;
  readonly overwrite?: boolean;
  readonly without?: number;
  readonly only?: string;
}

type Store = Omit<Opened, 'session'> & { close(): void };

/** A layer, and where it comes from. */
export interface Chosen {
  readonly file: string;
  readonly name: string;
  readonly layer: AnyLayer;
}

/** The store, behind whichever machine the layer is written on. */
export async function open(
  { layer, name, file }: Chosen,
  options: RunOptions,
  session: Session,
): Promise<Store> {
  const create =
    options.create === undefined
      ? undefined
      : {
          blocks: options.create,
          blockSize: options.blockSize,
          overwrite: options.overwrite ?? false,
        };
  const [first, second, third] = options.disk ?? [];
  const note = (text: string) => session.warn(text);
  const machine: unknown = layer.on;
  if (machine === TwoDisks || machine === TwoCachedDisks) {
    if (first === undefined || second === undefined || third !== undefined)
      throw new WrongUse(`${name} runs on two disks; give --disk twice`, 'store');
    const without = options.without as 0 | 1 | undefined;
    const given = { paths: [first, second] as const, create, without, note };
    const store =
      machine === TwoDisks
        ? await openStore({ layer: layer.code as LayerClass<TwoDisks, Life>, ...given })
        : await openCachedStore({
            layer: layer.code as LayerClass<TwoCachedDisks, Life>,
            ...given,
          });
    return { ...store, works: (disk) => store.host.works(disk) };
  }
  if (first === undefined || second !== undefined)
    throw new WrongUse(`${name} runs on one disk; give --disk once`, 'store');
  if (machine === TearingDisk)
    return openCachedDiskStore({
      layer: layer.code as LayerClass<TearingDisk, Life>,
      path: first,
      create,
    });
  const code = await onDisk({ layer, name, file });
  return openDiskStore({ layer: code, path: first, create });
}

/** The file beside which the machine at the bottom has its host. */
async function hostedBy(file: string, name: string, layer: AnyLayer): Promise<string> {
  if (!('parts' in layer)) return file;
  const { bottomFile } = await import('../command/stacks.ts');
  return bottomFile(file, name) ?? file;
}

/** What we can make of a disk. */
const shipped: ReadonlyMap<unknown, OnDisk> = new Map<unknown, OnDisk>([
  [CachedDisk, cachedOn],
  [SectorDisk, sectorsOn],
]);

/** The code on a disk; where it runs on another machine, host.ts makes that of the disk. */
async function onDisk({ layer, name, file }: Chosen): Promise<LayerClass<Disk, Life>> {
  const code = layer.code as LayerClass<Disk, Life>;
  if ((layer.on as unknown) === Disk) return code;
  const put = shipped.get(layer.on) ?? (await loadHost(await hostedBy(file, name, layer)));
  if (put)
    return new Proxy(code, { construct: (target, [disk]) => new target(put(disk) as never) });
  const remedy = 'write one: host.ts beside the proof file, that exports onDisk(disk)';
  throw new WrongUse(
    `${name} runs on ${layer.on.name}, for which there is no host; ${remedy}`,
    'store',
  );
}
