/** Reads operands: names of values, constants, and the expressions that constants may be. */
import {
  type BinaryOpcode,
  binaryOpcodes,
  type CastOpcode,
  type Constant,
  type ConstantOperand,
  castOpcodes,
  type Flag,
  type Flags,
  type Operand,
  type Operation,
  type Predicate,
  predicates,
} from '../module.ts';
import { integer, pointer, showType, type Type } from '../type.ts';
import type { Cursor } from './cursor.ts';
import { bytesOf } from './lexer.ts';
import type { Types } from './types.ts';

export class Operands {
  readonly cursor: Cursor;
  readonly types: Types;

  constructor(cursor: Cursor, types: Types) {
    this.cursor = cursor;
    this.types = types;
  }

  typed(): Operand {
    return this.value(this.types.readValue());
  }

  typedConstant(): ConstantOperand {
    const operand = this.typed();
    if (operand.kind === 'constant') return operand;
    throw this.cursor.bad('a constant is needed', 'use no local value', `%${operand.name}`);
  }

  value(type: Type): Operand {
    const { cursor } = this;
    const { at, token } = cursor;
    if (token.kind !== 'local') return { kind: 'constant', type, value: this.constant(type) };
    cursor.advance();
    return { kind: 'local', type, name: token.text, at };
  }

  constant(type: Type): Constant {
    return this.cursor.nested(() => this.#constant(type));
  }

  #constant(type: Type): Constant {
    const { cursor } = this;
    const { at, token } = cursor;
    if (token.kind === 'integer') return this.#integer(type);
    if (token.kind === 'global') {
      this.#need(type, 'pointer');
      cursor.advance();
      return { kind: 'global', name: token.text, at };
    }
    if (token.kind === 'characters') return this.#characters(type);
    if (token.kind === 'number')
      throw cursor.refused('floating point is not implemented', 'write it with integers');
    if (token.kind === 'mark') return this.#aggregate(type);
    if (token.kind === 'word') return this.#word(type);
    throw cursor.unexpected('a value');
  }

  #word(type: Type): Constant {
    const { cursor } = this;
    const { text } = cursor.token;
    const simple = { zeroinitializer: 'zero', undef: 'undef', poison: 'poison' } as const;
    if (Object.hasOwn(simple, text)) {
      cursor.advance();
      return { kind: simple[text as keyof typeof simple] };
    }
    if (text === 'null') {
      this.#need(type, 'pointer');
      cursor.advance();
      return { kind: 'null' };
    }
    if (text === 'true' || text === 'false') {
      if (type.kind !== 'integer' || type.width !== 1) throw this.#misfit(type);
      cursor.advance();
      return { kind: 'integer', value: text === 'true' ? 1n : 0n };
    }
    return this.#expression(type);
  }

  #integer(type: Type): Constant {
    const { cursor } = this;
    if (type.kind !== 'integer') throw this.#misfit(type);
    const value = BigInt(cursor.token.text);
    const high = 1n << BigInt(type.width);
    if (value >= high || value < -(high >> 1n))
      throw cursor.bad(`no number of ${type.width} bits`, 'write one that fits');
    cursor.advance();
    return { kind: 'integer', value: BigInt.asUintN(type.width, value) };
  }

  #characters(type: Type): Constant {
    const { cursor } = this;
    const bytes = bytesOf(cursor.token.text);
    if (type.kind !== 'array' || type.element.kind !== 'integer' || type.element.width !== 8)
      throw this.#misfit(type);
    if (type.count !== bytes.length)
      throw cursor.bad(`${bytes.length} bytes for ${type.count}`, 'write as many as the type has');
    cursor.advance();
    return { kind: 'bytes', bytes };
  }

  #aggregate(type: Type): Constant {
    const { cursor } = this;
    const packed = cursor.is('<') && cursor.after(1).text === '{';
    if (packed) cursor.advance();
    const end = cursor.is('{') ? '}' : ']';
    if (!cursor.is('{') && !cursor.is('[')) throw cursor.unexpected('a value');
    const { at, token } = cursor;
    cursor.advance();
    const items = cursor.list(end, () => this.typedConstant());
    if (packed) cursor.expect('>');
    const wanted =
      type.kind === 'struct' ? type.fields.length : type.kind === 'array' ? type.count : -1;
    if (wanted !== items.length)
      throw cursor.bad(`${items.length} items for ${showType(type)}`, 'fit them', token.text, at);
    return { kind: 'aggregate', items };
  }

  #expression(type: Type): Constant {
    const { cursor } = this;
    const { at, token } = cursor;
    const operation = this.#expressionOperation(token.text);
    if (operation === undefined)
      throw cursor.refused('a constant that is not implemented', 'compute it in code');
    const own = typeOf(operation);
    if (own === undefined || showType(own) !== showType(type))
      throw cursor.bad(`not of type ${showType(type)}`, 'give the right type', token.text, at);
    return { kind: 'expression', operation, at };
  }

  #expressionOperation(opcode: string): Operation | undefined {
    const { cursor } = this;
    if (opcode === 'getelementptr') {
      cursor.advance();
      const flags = this.flags(['inbounds', 'nusw', 'nuw']);
      cursor.expect('(');
      const operation = this.elementPointer(flags);
      cursor.expect(')');
      return operation;
    }
    if (opcode === 'icmp') {
      cursor.advance();
      const predicate = this.predicate();
      const [left, right] = this.#pair();
      return { op: 'icmp', predicate, flags: new Set(), left, right };
    }
    if (isBinary(opcode)) {
      cursor.advance();
      const flags = this.flags(['nuw', 'nsw', 'exact', 'disjoint']);
      const [left, right] = this.#pair();
      return { op: 'binary', opcode, flags, left, right };
    }
    if (!isCast(opcode)) return undefined;
    cursor.advance();
    cursor.expect('(');
    const operation = this.cast(opcode, new Set());
    cursor.expect(')');
    return operation;
  }

  #pair(): [Operand, Operand] {
    const { cursor } = this;
    cursor.expect('(');
    const left = this.typedConstant();
    cursor.expect(',');
    const right = this.typedConstant();
    cursor.expect(')');
    this.#integers(left.type, right.type);
    return [left, right];
  }

  #integers(left: Type, right: Type): void {
    if (left.kind === 'integer' && right.kind === 'integer' && left.width === right.width) return;
    throw this.cursor.bad('two integers of one width are needed', 'give the right types');
  }

  /** `ptr %p to i64`, checked for sense. */
  cast(opcode: CastOpcode, flags: Flags): Operation {
    const { cursor } = this;
    const { at } = cursor;
    const value = this.typed();
    cursor.expect('to');
    const to = this.types.readValue();
    if (!castFits(opcode, value.type, to)) {
      const why = `not from ${showType(value.type)} to ${showType(to)}`;
      throw cursor.bad(why, 'give the right types', opcode, at);
    }
    return { op: 'cast', opcode, flags, value, to };
  }

  /** `i8, ptr %p, i64 4`. */
  elementPointer(flags: Flags): Operation {
    const { cursor } = this;
    const source = this.types.readValue();
    cursor.expect(',');
    const base = this.typed();
    if (base.type.kind !== 'pointer') throw this.#misfit(pointer);
    const indices: Operand[] = [];
    while (cursor.is(',') && cursor.after(1).kind !== 'metadata') {
      cursor.advance();
      if (cursor.is('inrange'))
        throw cursor.refused('a flag that is not implemented', 'compile C, not C++');
      const index = this.typed();
      if (index.type.kind !== 'integer')
        throw cursor.bad('an index is an integer', 'give one', showType(index.type));
      indices.push(index);
    }
    this.#walk(source, indices);
    return { op: 'getelementptr', flags, source, base, indices };
  }

  /** The path of indices exists in the type. */
  #walk(source: Type, indices: readonly Operand[]): void {
    let type = source;
    for (const index of indices.slice(1)) {
      const next = stepInto(type, index);
      if (next === undefined)
        throw this.cursor.bad(`no such element of ${showType(type)}`, 'give an index that is');
      type = next;
    }
  }

  predicate(): Predicate {
    const { text } = this.cursor.token;
    const found = predicates.find((one) => one === text);
    if (found === undefined) throw this.cursor.unexpected('a predicate of icmp');
    this.cursor.advance();
    return found;
  }

  flags(allowed: readonly Flag[]): Flags {
    const found = new Set<Flag>();
    for (;;) {
      const { kind, text } = this.cursor.token;
      const flag = kind === 'word' ? allowed.find((one) => one === text) : undefined;
      if (flag === undefined) return found;
      found.add(flag);
      this.cursor.advance();
    }
  }

  #need(type: Type, kind: Type['kind']): void {
    if (type.kind !== kind) throw this.#misfit(type);
  }

  #misfit(type: Type) {
    return this.cursor.bad(`not of type ${showType(type)}`, 'give a value of that type');
  }
}

/** The type of an element, if the index leads to one. */
export function stepInto(type: Type, index: Operand): Type | undefined {
  if (type.kind === 'array') return type.element;
  if (type.kind !== 'struct' || index.kind !== 'constant') return undefined;
  if (index.value.kind === 'zero') return type.fields[0];
  return index.value.kind === 'integer' ? type.fields[Number(index.value.value)] : undefined;
}

export function isBinary(opcode: string): opcode is BinaryOpcode {
  return (binaryOpcodes as readonly string[]).includes(opcode);
}

export function isCast(opcode: string): opcode is CastOpcode {
  return (castOpcodes as readonly string[]).includes(opcode);
}

function castFits(opcode: CastOpcode, from: Type, to: Type): boolean {
  if (opcode === 'ptrtoint') return from.kind === 'pointer' && to.kind === 'integer';
  if (opcode === 'bitcast') return showType(from) === showType(to);
  if (from.kind !== 'integer' || to.kind !== 'integer') return false;
  return opcode === 'trunc' ? from.width > to.width : from.width < to.width;
}

/** The type of an expression's result. */
function typeOf(operation: Operation): Type | undefined {
  if (operation.op === 'binary') return operation.left.type;
  if (operation.op === 'cast') return operation.to;
  if (operation.op === 'icmp') return integer(1);
  return operation.op === 'getelementptr' ? pointer : undefined;
}
