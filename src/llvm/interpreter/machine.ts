/** Runs the functions of a module on values, and tells undefined behaviour where it happens. */
import { sourceLine } from '../debug.ts';
import { Layout } from '../layout.ts';
import type {
  Block,
  Call,
  Constant,
  Instruction,
  Load,
  Module,
  Operand,
  Operation,
  Routine,
  Store,
} from '../module.ts';
import type { Position } from '../problem.ts';
import type { Type } from '../type.ts';
import { callIntrinsic } from './call-intrinsic.ts';
import { claimed } from './claims.ts';
import { constantValue } from './constants.ts';
import { access, Memory, type MemoryObject } from './memory.ts';
import type { MachineOptions, Model } from './model.ts';
import { compute } from './operations.ts';
import { type Rules, rules } from './rules.ts';
import { Fault, TooLong, UndefinedBehaviour, Unmodelled } from './undefined.ts';
import { addressIn, decided } from './use.ts';
import { isPoison, type Pointer, poison, poisonIn, type Value } from './value.ts';

interface Frame {
  readonly routine: Routine;
  readonly values: Map<string, Value>;
  readonly allocated: MemoryObject[];
}

/** Deeper calls than the stack of the engine allows are told before it ends. */
const deepest = 400;

export class Machine {
  readonly module: Module;
  readonly memory: Memory;
  readonly rules: Rules;
  readonly #options: MachineOptions;
  readonly #objects = new Map<string, MemoryObject>();
  readonly #routines = new Map<MemoryObject, string>();
  #left = 0;
  #depth = 0;

  constructor(module: Module, options: MachineOptions = {}) {
    this.module = module;
    this.memory = new Memory(new Layout(module.layout));
    this.rules = options.rules ?? rules;
    this.#options = options;
    this.#allocateNames();
    for (const { name, type, initial } of module.globals.values())
      if (initial !== undefined && initial.kind !== 'zero')
        this.memory.store(this.object(name), 0, type, this.constant(initial, type));
  }

  /** The object of a global or of a function. */
  object(name: string): MemoryObject {
    const found = this.#objects.get(name);
    if (found === undefined) throw new Error(`@${name} is not in ${this.module.file}`);
    return found;
  }

  pointerTo(name: string): Pointer {
    return { kind: 'pointer', object: this.object(name), offset: 0n };
  }

  /** Runs a function. Throws UndefinedBehaviour, Unmodelled or TooLong. */
  call(name: string, args: readonly Value[]): Value | undefined {
    const routine = this.module.functions.get(name);
    if (routine === undefined || routine.blocks.length === 0)
      throw new Error(`${name} is not defined in ${this.module.file}`);
    this.#left = this.#options.steps ?? 1_000_000;
    this.#depth = 0;
    return this.#run(routine, args);
  }

  constant(value: Constant, type: Type): Value {
    return constantValue(value, type, this);
  }

  #allocateNames(): void {
    const { layout } = this.memory;
    for (const { name, type, align, constant, initial } of this.module.globals.values()) {
      const own = align ?? layout.align(type);
      const object = this.memory.allocate(name, layout.size(type), own, constant);
      object.known = initial !== undefined;
      this.#objects.set(name, object);
    }
    for (const { name } of this.module.functions.values()) {
      const object = this.memory.allocate(name, 0, 16, true);
      this.#objects.set(name, object);
      this.#routines.set(object, name);
    }
  }

  #run(routine: Routine, args: readonly Value[]): Value | undefined {
    if (this.#depth >= deepest)
      throw new TooLong(`calls nested ${deepest} deep: recursion?`, routine.at, undefined);
    this.#depth++;
    const frame: Frame = { routine, values: new Map(), allocated: [] };
    try {
      this.#at(routine, () => {
        for (const [i, { name, type, claims }] of routine.parameters.entries())
          frame.values.set(name, claimed(args[i]!, type, claims, `argument ${i + 1} (%${name})`));
      });
      return this.#blocks(frame);
    } finally {
      this.#depth--;
      for (const object of frame.allocated) object.alive = false;
    }
  }

  #blocks(frame: Frame): Value | undefined {
    const byName = new Map(frame.routine.blocks.map((block) => [block.name, block]));
    let from = '';
    let block: Block | undefined = frame.routine.blocks[0];
    while (block !== undefined) {
      const next: string | { readonly value: Value | undefined } = this.#block(frame, block, from);
      if (typeof next !== 'string') return next.value;
      from = block.name;
      block = byName.get(next);
    }
    throw new Error('a block is missing');
  }

  /** Runs one block: the name of the next, or the result of the function. */
  #block(frame: Frame, { instructions }: Block, from: string) {
    const entering = new Map<string, Value>();
    for (const { operation, result } of instructions) {
      if (operation.op !== 'phi') break;
      const source = operation.incoming.find((one) => one.from === from)!;
      entering.set(result ?? '', this.#read(frame, source.value));
    }
    for (const [name, value] of entering) frame.values.set(name, value);
    for (const instruction of instructions) {
      if (instruction.operation.op === 'phi') continue;
      const next = this.#at(instruction, () => this.#instruction(frame, instruction));
      if (next !== undefined) return next;
    }
    throw new Error('a block without an end');
  }

  /** Adds the place to what goes wrong there. */
  #at<T>(where: { readonly at: Position; readonly debug?: string }, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const source = sourceLine(this.module, where.debug);
      throw new UndefinedBehaviour(error.message, where.at, source);
    }
  }

  #instruction(frame: Frame, instruction: Instruction) {
    const { operation, result } = instruction;
    if (this.#left-- <= 0) {
      const source = sourceLine(this.module, instruction.debug);
      throw new TooLong('more steps than allowed: a loop past its bound?', instruction.at, source);
    }
    const read = (operand: Operand) => this.#read(frame, operand);
    const { layout } = this.memory;
    const value =
      compute(operation, { rules: this.rules, layout, read }) ??
      this.#withMemory(frame, instruction);
    if (value !== undefined && result !== undefined) {
      if (isPoison(value) && this.#options.poison === 'made') throw new Fault(value.because);
      frame.values.set(result, value);
    }
    return this.#next(frame, operation);
  }

  #withMemory(frame: Frame, instruction: Instruction): Value | undefined {
    const { operation } = instruction;
    if (operation.op === 'alloca') return this.#allocate(frame, operation, instruction.result);
    if (operation.op === 'load') return this.#load(frame, operation);
    if (operation.op === 'store') this.#store(frame, operation);
    if (operation.op === 'call') return this.#call(frame, operation, instruction);
    return undefined;
  }

  /** Where to go, or what is returned; absent in the middle of a block. */
  #next(
    frame: Frame,
    operation: Operation,
  ): string | { readonly value: Value | undefined } | undefined {
    switch (operation.op) {
      case 'br':
        return operation.target;
      case 'condbr':
        return decided(this.#read(frame, operation.condition), 'branch') === 1n
          ? operation.then
          : operation.otherwise;
      case 'switch': {
        const value = decided(this.#read(frame, operation.value), 'switch');
        return operation.cases.find((one) => one.value === value)?.target ?? operation.otherwise;
      }
      case 'unreachable':
        throw new Fault('execution reached an unreachable program point');
      case 'ret': {
        if (operation.value === undefined) return { value: undefined };
        const { type } = operation.value;
        const value = this.#read(frame, operation.value);
        return { value: claimed(value, type, frame.routine.result, 'the result') };
      }
      default:
        return undefined;
    }
  }

  #read(frame: Frame, operand: Operand): Value {
    if (operand.kind === 'constant') return this.constant(operand.value, operand.type);
    const found = frame.values.get(operand.name);
    if (found === undefined) throw new Error(`%${operand.name} has not been computed`);
    return found;
  }

  #address(frame: Frame, operand: Operand, what: string): Pointer {
    return addressIn(this.#read(frame, operand), what);
  }

  #allocate(frame: Frame, { allocated, align }: Extract<Operation, { op: 'alloca' }>, name = '') {
    const { layout } = this.memory;
    const own = align || layout.align(allocated);
    const object = this.memory.allocate(`%${name}`, layout.size(allocated), own);
    object.forget(poison(`%${name} is uninitialised`));
    frame.allocated.push(object);
    return { kind: 'pointer', object, offset: 0n } as const;
  }

  #load(frame: Frame, { type, address, align, claims }: Load): Value {
    const { layout } = this.memory;
    const pointer = this.#address(frame, address, 'load');
    const found = access(pointer, layout.stored(type), align || layout.align(type), 'load');
    return claimed(this.memory.load(found.object, found.offset, type), type, claims, 'the load');
  }

  #store(frame: Frame, { value, address, align }: Store): void {
    const { layout } = this.memory;
    const { type } = value;
    const pointer = this.#address(frame, address, 'store');
    const found = access(pointer, layout.stored(type), align || layout.align(type), 'store');
    this.memory.store(found.object, found.offset, type, this.#read(frame, value));
  }

  #call(frame: Frame, call: Call, instruction: Instruction): Value | undefined {
    const args = call.arguments.map(({ value, claims }, i) =>
      claimed(this.#read(frame, value), value.type, claims, `argument ${i + 1}`),
    );
    const value = this.#callee(frame, call, args, instruction);
    if (call.attributes.has('noreturn')) throw new Fault('a call that never returns returned');
    return value === undefined
      ? undefined
      : claimed(value, call.type.result, call.result, 'the result of the call');
  }

  #callee(frame: Frame, call: Call, args: readonly Value[], instruction: Instruction) {
    const { callee } = call;
    if (callee.kind === 'assembly') {
      const model = this.#options.assembly?.[callee.text];
      if (model === undefined) throw this.#unmodelled(`assembly "${callee.text}"`, instruction);
      return this.#modelled(model, args);
    }
    const name = this.#nameOf(this.#address(frame, callee, 'call'));
    const routine = this.module.functions.get(name)!;
    if (name.startsWith('llvm.')) return callIntrinsic(name, call, args, this);
    if (routine.type.parameters.length > args.length)
      throw new Fault(`call of ${name} with too few arguments`);
    const model = this.#options.models?.[name];
    if (routine.blocks.length === 0 && model === undefined)
      throw this.#unmodelled(`call of ${name}`, instruction);
    const defined = routine.blocks.length > 0 || model === undefined;
    const value = defined ? this.#run(routine, args) : this.#modelled(model, args);
    if (routine.attributes.has('noreturn'))
      throw new Fault(`${name}, which never returns, returned`);
    return value;
  }

  #modelled(model: Model, args: readonly Value[]): Value | undefined {
    for (const arg of args) {
      const found = poisonIn(arg);
      if (found) throw new Fault(`an argument has no value: ${found.because}`);
    }
    return model(args, this);
  }

  #nameOf(pointer: Pointer): string {
    const name = pointer.object && this.#routines.get(pointer.object);
    if (name === undefined || pointer.offset !== 0n)
      throw new Fault('call through a pointer that leads to no function');
    return name;
  }

  #unmodelled(what: string, { at, debug }: Instruction): Unmodelled {
    return new Unmodelled(what, at, sourceLine(this.module, debug));
  }
}
