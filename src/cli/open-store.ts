/** Opens disk images behind a layer. */
import { type LayerClass, type Life, openDiskStore, openStore } from '../host/index.ts';
import { Disk, TwoDisks } from '../model/index.ts';
import type { Opened } from './actions.ts';
import { WrongUse } from './exit.ts';
import type { AnyLayer } from './load.ts';
import type { ReportOptions } from './options.ts';
import type { Session } from './session.ts';

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
  { layer, name }: Chosen,
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
  if ((layer.on as unknown) === TwoDisks) {
    if (first === undefined || second === undefined || third !== undefined)
      throw new WrongUse(`${name} runs on two disks; give --disk twice`, 'store');
    const without = options.without as 0 | 1 | undefined;
    const code = layer.code as LayerClass<TwoDisks, Life>;
    const store = await openStore({ layer: code, paths: [first, second], create, without, note });
    return { ...store, works: (disk) => store.host.works(disk) };
  }
  if ((layer.on as unknown) !== Disk)
    throw new WrongUse(`${name} runs on ${layer.on.name}, for which there is no host yet`, 'store');
  if (first === undefined || second !== undefined)
    throw new WrongUse(`${name} runs on one disk; give --disk once`, 'store');
  return openDiskStore({ layer: layer.code as LayerClass<Disk, Life>, path: first, create });
}
