/**
 * What functions call. The executors follow calls into bodies, so a function that calls itself,
 * also by way of others, has no end to follow.
 */
import { isIntrinsic } from './intrinsics.ts';
import type { Constant, Instruction, Module, Operation, Routine } from './module.ts';
import { operandsOf } from './operands.ts';
import { type Position, RefusedModule } from './problem.ts';

export interface Reach {
  /** Callees come before their callers. */
  readonly defined: readonly Routine[];
  /** Called, and defined elsewhere: each needs a model. */
  readonly outside: ReadonlyMap<string, Position>;
  /** Assembly by its text. */
  readonly assembly: ReadonlyMap<string, Position>;
  /** Calls of pointers; they may lead to any function whose address is taken. */
  readonly indirect: readonly Position[];
}

/** Refuses recursion. A function whose address is in what is reached counts as called. */
export function reach(module: Module, entries: readonly string[]): Reach {
  const walk = new Walk(module);
  for (const entry of entries) walk.enter(entry, undefined);
  return walk;
}

class Walk implements Reach {
  readonly defined: Routine[] = [];
  readonly outside = new Map<string, Position>();
  readonly assembly = new Map<string, Position>();
  readonly indirect: Position[] = [];
  readonly #module: Module;
  readonly #done = new Set<string>();
  readonly #open: string[] = [];
  readonly #read = new Set<string>();

  constructor(module: Module) {
    this.#module = module;
  }

  enter(name: string, at: Position | undefined): void {
    if (this.#done.has(name) || isIntrinsic(name)) return;
    const routine = this.#module.functions.get(name);
    if (routine === undefined) throw new Error(`@${name} is not in ${this.#module.file}`);
    if (this.#open.includes(name)) throw recursion(name, at ?? routine.at, this.#open);
    if (routine.blocks.length === 0) {
      this.outside.set(name, at ?? routine.at);
      return;
    }
    this.#open.push(name);
    for (const { instructions } of routine.blocks)
      for (const instruction of instructions) this.#instruction(instruction);
    this.#open.pop();
    this.#done.add(name);
    this.defined.push(routine);
  }

  #instruction({ operation, at }: Instruction): void {
    if (operation.op === 'call') {
      const { callee } = operation;
      if (callee.kind === 'assembly') this.assembly.set(callee.text, at);
      else if (callee.kind === 'local' || callee.value.kind !== 'global') this.indirect.push(at);
    }
    this.#mentioned(operation, at);
  }

  #mentioned(operation: Operation, at: Position): void {
    for (const operand of operandsOf(operation))
      if (operand.kind === 'constant') this.#constant(operand.value, at);
  }

  /** A global that is mentioned may be read, and what it holds be called. */
  #constant(value: Constant, at: Position): void {
    if (value.kind === 'expression') this.#mentioned(value.operation, at);
    if (value.kind === 'aggregate') for (const item of value.items) this.#constant(item.value, at);
    if (value.kind !== 'global') return;
    if (this.#module.functions.has(value.name)) this.enter(value.name, at);
    const global = this.#module.globals.get(value.name);
    if (global?.initial === undefined || this.#read.has(value.name)) return;
    this.#read.add(value.name);
    this.#constant(global.initial, at);
  }
}

function recursion(name: string, at: Position, open: readonly string[]): RefusedModule {
  const around = [...open.slice(open.indexOf(name)), name].map((one) => `@${one}`).join(' -> ');
  return new RefusedModule({
    at,
    construct: `@${name}`,
    why: `it may call itself: ${around}`,
    instead: 'write it as a loop with a bound',
  });
}
