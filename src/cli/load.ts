/** Imports TypeScript at run time: the code that is explored and run is the file that was read. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Life, Refinement } from '../refine/layer.ts';

/** A layer of any machines. */
export type AnyLayer = Refinement<unknown, unknown, Life & object>;

// Built, we teach Node TypeScript; run from the sources, whoever runs us knows it already.
const built = import.meta.url.endsWith('.js');
let taught = false;

function teach(): void {
  if (taught || !built) return;
  register('./hooks.js', import.meta.url);
  process.setSourceMapsEnabled(true);
  taught = true;
}

/** The refinement that `file`, an absolute path, exports as `name`. */
export async function loadLayer(file: string, name: string): Promise<AnyLayer> {
  teach();
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const layer = module[name];
  if (!isLayer(layer))
    throw new Error(`${file} exports no refinement named ${name}; export it with that name`);
  return layer;
}

function isLayer(value: unknown): value is AnyLayer {
  return typeof value === 'object' && value !== null && 'promise' in value && 'code' in value;
}
