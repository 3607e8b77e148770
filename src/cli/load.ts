/** Imports TypeScript at run time: the code that is explored and run is the file that was read. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Life, Refinement } from '../refine/layer.ts';
import type { Place } from '../report/event.ts';
import type { LayerDeclaration } from '../symbolic/ir.ts';
import { WrongUse } from './exit.ts';
import type { Wishes } from './hooks.ts';
import { countTurns } from './turns.ts';

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

/**
 * Every refinement that `file`, an absolute path, exports, by name. Node keeps what it has loaded:
 * sources that have changed since are loaded as another `version`.
 */
export async function loadLayers(
  file: string,
  version = 0,
): Promise<ReadonlyMap<string, AnyLayer>> {
  const found = Object.entries(await load(file, version)).filter(([, value]) => isLayer(value));
  return new Map(found as [string, AnyLayer][]);
}

/** The refinement that `file`, an absolute path, exports as `name`. */
export async function loadLayer(file: string, name: string, version = 0): Promise<AnyLayer> {
  const layer = (await loadLayers(file, version)).get(name);
  if (!layer)
    throw new WrongUse(
      `${file} exports no refinement named ${name}; export it with that name`,
      'selection',
    );
  return layer;
}

/** Where a layer is declared. */
export function placeOf({ at: { file, line, column } }: LayerDeclaration): Place {
  return { file, line, column };
}

async function load(file: string, version: number): Promise<Record<string, unknown>> {
  prepare();
  const url = pathToFileURL(file);
  if (version > 0) url.search = `version=${version}`;
  try {
    return (await import(url.href)) as Record<string, unknown>;
  } catch (error) {
    throw new WrongUse(`${file} cannot be loaded: ${(error as Error).message}`, 'load');
  }
}

function isLayer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'promise' in value && 'code' in value;
}
