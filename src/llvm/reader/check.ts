/**
 * What must hold of a module beside its grammar: names are defined, once, before they are used on
 * every path, and with the type they are used with; blocks end as they should.
 */
import {
  type Block,
  type Constant,
  type Instruction,
  type LocalOperand,
  type Module,
  type Operand,
  type Routine,
  successors,
} from '../module.ts';
import { operandsOf } from '../operands.ts';
import { BadModule, type Position } from '../problem.ts';
import { showType, type Type } from '../type.ts';
import { dominators } from './dominators.ts';

export function check(module: Module): void {
  for (const global of module.globals.values())
    if (global.initial !== undefined) checkConstant(module, global.initial, global.at);
  for (const one of module.functions.values())
    if (one.blocks.length > 0) new FunctionCheck(module, one).run();
}

interface Definition {
  readonly type: Type;
  readonly block: string;
  /** -1 for parameters. */
  readonly index: number;
}

class FunctionCheck {
  readonly #module: Module;
  readonly #function: Routine;
  readonly #blocks: ReadonlyMap<string, Block>;
  readonly #values = new Map<string, Definition>();
  readonly #before: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(module: Module, one: Routine) {
    this.#module = module;
    this.#function = one;
    this.#blocks = blocksOf(one);
    this.#checkTargets();
    this.#before = dominators(one.blocks);
  }

  run(): void {
    this.#define();
    for (const block of this.#function.blocks)
      for (const [index, instruction] of block.instructions.entries())
        this.#check(instruction, block, index);
  }

  #checkTargets(): void {
    for (const block of this.#function.blocks)
      for (const { operation, at } of block.instructions)
        for (const target of successors(operation)) {
          if (!this.#blocks.has(target)) throw bad(at, `%${target}`, 'a block that is nowhere');
          if (target === this.#function.blocks[0]!.name)
            throw bad(at, `%${target}`, 'a branch to where the function is entered');
        }
  }

  #define(): void {
    const entry = this.#function.blocks[0]!.name;
    const add = (name: string, one: Definition, at: Position) => {
      if (this.#values.has(name) || (this.#blocks.has(name) && one.index >= 0))
        throw bad(at, `%${name}`, 'defined twice');
      this.#values.set(name, one);
    };
    for (const { name, type } of this.#function.parameters)
      add(name, { type, block: entry, index: -1 }, this.#function.at);
    for (const block of this.#function.blocks)
      for (const [index, { result, type, at }] of block.instructions.entries())
        if (result !== undefined) add(result, { type, block: block.name, index }, at);
  }

  #check(instruction: Instruction, block: Block, index: number): void {
    const { operation, at } = instruction;
    if (operation.op === 'phi') this.#checkPhi(instruction, block, index);
    else for (const operand of operandsOf(operation)) this.#use(operand, block.name, index, at);
    if (operation.op === 'ret') {
      const own = operation.value === undefined ? 'void' : showType(operation.value.type);
      if (own !== showType(this.#function.type.result)) throw bad(at, 'ret', `not of type ${own}`);
    }
    if (operation.op === 'call') this.#checkCall(instruction);
  }

  #checkCall({ operation, at }: Instruction): void {
    if (operation.op !== 'call') return;
    const { callee, type } = operation;
    const given = operation.arguments.length;
    const wanted = type.parameters.length;
    if (given < wanted || (given > wanted && !type.variadic))
      throw bad(at, 'call', `${given} arguments for ${wanted} parameters`);
    for (const [i, parameter] of type.parameters.entries())
      if (showType(operation.arguments[i]!.value.type) !== showType(parameter))
        throw bad(at, 'call', `argument ${i + 1} is not of type ${showType(parameter)}`);
    if (callee.kind !== 'constant' || callee.value.kind !== 'global') return;
    const { name } = callee.value;
    const found = this.#module.functions.get(name);
    if (found !== undefined && showType(found.type) !== showType(type))
      throw bad(at, `@${name}`, `called as ${showType(type)}, but is ${showType(found.type)}`);
  }

  #checkPhi({ operation, at }: Instruction, block: Block, index: number): void {
    if (operation.op !== 'phi') return;
    const before = this.#function.blocks.filter((one) =>
      successors(one.instructions.at(-1)!.operation).includes(block.name),
    );
    const from = new Set(operation.incoming.map((one) => one.from));
    if (index > 0 && block.instructions[index - 1]!.operation.op !== 'phi')
      throw bad(at, 'phi', 'it stands after another instruction');
    if (before.length !== from.size || before.some(({ name }) => !from.has(name)))
      throw bad(at, 'phi', 'its blocks are not those from which this block is reached');
    for (const { value, from: source } of operation.incoming)
      this.#use(value, source, this.#blocks.get(source)!.instructions.length, at);
  }

  #use(operand: Operand, block: string, index: number, at: Position): void {
    if (operand.kind === 'constant') checkConstant(this.#module, operand.value, at);
    else this.#useLocal(operand, block, index);
  }

  #useLocal(operand: LocalOperand, block: string, index: number): void {
    const found = this.#values.get(operand.name);
    if (found === undefined) throw bad(operand.at, `%${operand.name}`, 'a value that is nowhere');
    if (showType(found.type) !== showType(operand.type)) throw wrongType(operand, found.type);
    const dominating = this.#before.get(block);
    // A block that cannot be reached is never executed: there is no order to keep.
    if (dominating === undefined) return;
    const earlier = found.block === block ? found.index < index : dominating.has(found.block);
    if (!earlier) throw bad(operand.at, `%${operand.name}`, 'used before it is computed');
  }
}

function wrongType({ name, type, at }: LocalOperand, own: Type): BadModule {
  return bad(at, `%${name}`, `of type ${showType(own)}, used with ${showType(type)}`);
}

function blocksOf(one: Routine): Map<string, Block> {
  const blocks = new Map<string, Block>();
  for (const block of one.blocks) {
    if (blocks.has(block.name)) throw bad(block.at, `%${block.name}`, 'two blocks of one name');
    blocks.set(block.name, block);
  }
  return blocks;
}

function checkConstant(module: Module, value: Constant, at: Position): void {
  if (value.kind === 'global') {
    if (!module.globals.has(value.name) && !module.functions.has(value.name))
      throw bad(value.at, `@${value.name}`, 'a name that is nowhere');
  } else if (value.kind === 'aggregate')
    for (const item of value.items) checkConstant(module, item.value, at);
  else if (value.kind === 'expression')
    for (const operand of operandsOf(value.operation)) {
      if (operand.kind === 'local')
        throw bad(operand.at, `%${operand.name}`, 'a local value in a constant');
      checkConstant(module, operand.value, at);
    }
}

function bad(at: Position, construct: string, why: string): BadModule {
  return new BadModule({ at, construct, why, instead: 'is this the text that clang wrote?' });
}
