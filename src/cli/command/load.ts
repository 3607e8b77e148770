/** Imports TypeScript at run time: the code that is explored and run is the file that was read. */
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Disk, Operations } from '../../model/index.ts';
import type { RealCodec } from '../../refine/codecs/wrong-codec.ts';
import type { Life, Refinement } from '../../refine/layer.ts';
import { countTurns } from '../explore/turns.ts';
import { WrongUse } from './exit.ts';
import type { Wishes } from './hooks.ts';

/** A layer of any machines. */
export type AnyLayer = Refinement<unknown, unknown, Life & object>;

// Built, we teach Node TypeScript; run from the sources, whoever runs us knows it already.
const built = import.meta.url.endsWith('.js');
let taught = false;

/**
 * Teaches Node TypeScript; called early, it costs nothing: another thread does it. Code that is
 * to be explored is `bounded`: its loops cannot go on for ever.
 */
export function prepare(wishes: Wishes = { bounded: false }): void {
  if (taught || !built) return;
  if (wishes.bounded) countTurns();
  register('./hooks.js', import.meta.url, { data: wishes });
  process.setSourceMapsEnabled(true);
  taught = true;
}

/** Node keeps what it has loaded: what has another edition is loaded anew. */
export interface Edition {
  /** Of sources that have changed since. */
  readonly version?: number;
  /** A JSON file with texts that stand for sources, by their paths; not used for others again. */
  readonly overlay?: string;
}

/** Every refinement that `file`, an absolute path, exports, by name. */
export async function loadLayers(
  file: string,
  edition: Edition = {},
): Promise<ReadonlyMap<string, AnyLayer>> {
  const found = Object.entries(await load(file, edition)).filter(([, value]) => isLayer(value));
  return new Map(found as [string, AnyLayer][]);
}

/** The refinement that `file`, an absolute path, exports as `name`. */
export async function loadLayer(
  file: string,
  name: string,
  edition: Edition = {},
): Promise<AnyLayer> {
  const layer = (await loadLayers(file, edition)).get(name);
  if (!layer)
    throw new WrongUse(
      `${file} exports no refinement named ${name}; export it with that name`,
      'selection',
    );
  return layer;
}

/** Puts a machine of one's own on a disk. */
export type OnDisk = (disk: Operations<Disk>) => object;

/** What host.ts beside the proof file exports as `onDisk`; undefined without such a file. */
export async function loadHost(proof: string): Promise<OnDisk | undefined> {
  const file = join(dirname(proof), 'host.ts');
  if (!existsSync(file)) return undefined;
  const { onDisk } = await load(file, {});
  if (typeof onDisk === 'function') return onDisk as OnDisk;
  throw new WrongUse(`${file} exports no function onDisk; it takes a disk, and gives the machine`);
}

/** The codec that `file`, an absolute path, exports as `name`. */
export async function loadCodec(file: string, name: string, version = 0): Promise<RealCodec> {
  const found = (await load(file, { version }))[name];
  if (found) return found as RealCodec;
  throw new WrongUse(
    `${file} exports no codec named ${name}; export it with that name`,
    'selection',
  );
}

async function load(
  file: string,
  { version = 0, overlay }: Edition,
): Promise<Record<string, unknown>> {
  prepare();
  const url = pathToFileURL(file);
  if (version > 0) url.searchParams.set('version', String(version));
  if (overlay !== undefined) url.searchParams.set('overlay', overlay);
  try {
    return (await import(url.href)) as Record<string, unknown>;
  } catch (error) {
    throw new WrongUse(`${file} cannot be loaded: ${(error as Error).message}`, 'load');
  }
}

function isLayer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'promise' in value && 'code' in value;
}
