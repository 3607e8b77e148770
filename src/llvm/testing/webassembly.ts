/** The engine's WebAssembly, of which the compiler's library for Node has no types. */

interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Engine {
  instantiate(bytes: Uint8Array, imports?: object): Promise<{ readonly instance: Instance }>;
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Engine };

export async function load(bytes: Uint8Array): Promise<Instance['exports']> {
  const { instance } = await WebAssembly.instantiate(bytes);
  return instance.exports;
}
