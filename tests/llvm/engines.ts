/** Runs one program in two engines: the interpreter on IR, and WebAssembly by the same clang. */
import { type Level, toIr, toWasm } from '../../src/llvm/compile.ts';
import { Machine } from '../../src/llvm/interpreter/machine.ts';
import type { MachineOptions } from '../../src/llvm/interpreter/model.ts';
import { UndefinedBehaviour } from '../../src/llvm/interpreter/undefined.ts';
import type { Module } from '../../src/llvm/module.ts';
import { readModule } from '../../src/llvm/reader/read.ts';
import { load } from '../../src/llvm/testing/webassembly.ts';
import { type Batch, globals, type Program } from './generate.ts';

export interface Outcome {
  /** Absent if the behaviour is undefined. */
  readonly result?: bigint;
  /** The contents of all globals. */
  readonly memory?: string;
  readonly why?: string;
}

export const levels = [0, 1, 2] as const;

export interface Compiled {
  readonly batch: Batch;
  readonly modules: ReadonlyMap<Level, Module>;
  readonly wasm: WasmEngine;
}

/** What the sanitizer finds in C beyond what the IR of it says: a shift into the sign. */
const sanitizing = [
  ...['-fsanitize=undefined', '-fsanitize-trap=undefined', '-fno-sanitize=shift-base'],
  '-fno-strict-aliasing',
];

export async function compile(batch: Batch, cache?: string): Promise<Compiled> {
  const source = { main: 'p.c', files: { 'p.c': batch.text } };
  const options = cache === undefined ? {} : { cache };
  const modules = new Map<Level, Module>();
  for (const level of levels)
    modules.set(level, readModule(await toIr(source, level, options), `p.${level}.ll`));
  const flags = [...sanitizing, '-Wl,-z,stack-size=65536'];
  const wasm = await toWasm({ ...source, flags }, 1, options);
  return { batch, modules, wasm: new WasmEngine(await load(wasm)) };
}

/** One instance for all runs; its memory is put back before each. */
export class WasmEngine {
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly #memory: Uint8Array;
  readonly #initial: Uint8Array;

  constructor(exports: Readonly<Record<string, unknown>>) {
    this.#exports = exports;
    this.#memory = new Uint8Array((exports.memory as { readonly buffer: ArrayBuffer }).buffer);
    this.#initial = this.#memory.slice();
  }

  run({ name, parameters }: Program, args: readonly bigint[], sizes: Sizes): Outcome {
    this.#memory.set(this.#initial);
    const call = this.#exports[name] as (...args: unknown[]) => bigint;
    // A trap leaves the stack of the program where it was.
    const stack = this.#exports.__stack_pointer as { value: number } | undefined;
    const before = stack?.value;
    const own = parameters.map(({ type }, i) => {
      const value = signedOf(type, args[i]!);
      return type.endsWith('64') ? value : Number(value);
    });
    try {
      return { result: BigInt.asUintN(64, call(...own)), memory: this.#contents(sizes) };
    } catch (error) {
      if (stack !== undefined && before !== undefined) stack.value = before;
      return { why: String(error) };
    }
  }

  #contents(sizes: Sizes): string {
    return globals
      .map((name) => {
        const at = (this.#exports[name] as { readonly value: number }).value;
        return Buffer.from(this.#memory.slice(at, at + sizes(name))).toString('hex');
      })
      .join(' ');
  }
}

type Sizes = (name: string) => number;

export function sizesIn(module: Module): Sizes {
  const machine = new Machine(module);
  return (name) => machine.object(name).bytes.length;
}

export function interpret(
  module: Module,
  { name }: Program,
  args: readonly bigint[],
  options: MachineOptions,
): Outcome {
  const machine = new Machine(module, options);
  try {
    const result = machine.call(name, args);
    if (typeof result !== 'bigint') return { why: 'the result is poison' };
    const memory = globals.map((one) => Buffer.from(machine.object(one).bytes).toString('hex'));
    return { result, memory: memory.join(' ') };
  } catch (error) {
    if (error instanceof UndefinedBehaviour) return { why: error.message };
    throw error;
  }
}

/** As the calling convention passes it: small integers are extended. */
function signedOf(type: string, value: bigint): bigint {
  const width = Number(type.slice(1));
  return type.startsWith('i') || width >= 32 ? BigInt.asIntN(width, value) : value;
}

export function same(a: Outcome, b: Outcome): boolean {
  return a.result === b.result && a.memory === b.memory;
}
