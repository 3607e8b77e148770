/** Operations that compute a value from values, without memory. */
import type { Layout } from '../layout.ts';
import type { ElementPointer, Flags, Operand, Operation, Predicate } from '../module.ts';
import { showType, type Type } from '../type.ts';
import type { Rules } from './rules.ts';
import { Fault } from './undefined.ts';
import {
  addressOf,
  filled,
  isAggregate,
  isPointer,
  isPoison,
  type Pointer,
  poison,
  type Value,
} from './value.ts';

export interface Context {
  readonly rules: Rules;
  readonly layout: Layout;
  readonly read: (operand: Operand) => Value;
}

/** The value of an operation; absent if it is not one of these. */
export function compute(operation: Operation, context: Context): Value | undefined {
  const { read } = context;
  switch (operation.op) {
    case 'binary':
      return binary(operation, context);
    case 'cast':
      return cast(operation, context);
    case 'icmp':
      return compare(operation, context);
    case 'getelementptr':
      return elementPointer(operation, context);
    case 'select':
      return select(operation, context);
    case 'freeze':
      return frozen(read(operation.value), operation.value.type);
    case 'extractvalue':
      return extract(read(operation.aggregate), operation.path);
    case 'insertvalue': {
      const { aggregate, value, path } = operation;
      return insert(read(aggregate), aggregate.type, path, read(value));
    }
    default:
      return undefined;
  }
}

type Of<Op extends Operation['op']> = Extract<Operation, { readonly op: Op }>;

function binary({ opcode, flags, left, right }: Of<'binary'>, { rules, read }: Context): Value {
  const width = widthOf(left.type);
  const [a, b] = [read(left), read(right)];
  if (opcode in rules.faults && isPoison(b)) throw new Fault(`division by ${b.because}`);
  if (isPoison(a)) return a;
  if (isPoison(b)) return b;
  if (typeof a !== 'bigint' || typeof b !== 'bigint') throw new Error('no number');
  const fault = rules.faults[opcode]?.(a, b, width);
  if (fault !== undefined) throw new Fault(fault);
  const limit = rules.limits[opcode]?.(a, b, width);
  if (limit !== undefined) return poison(limit);
  const broken = objection(rules, opcode, flags, a, b, width);
  if (broken !== undefined) return poison(broken);
  return BigInt.asUintN(width, rules.values[opcode](a, b, width));
}

function objection(
  rules: Rules,
  opcode: string,
  flags: Flags,
  a: bigint,
  b: bigint,
  width: number,
): string | undefined {
  for (const flag of flags) {
    const rule = rules.flags[`${opcode} ${flag}`];
    if (rule === undefined) throw new Error(`no rule for ${opcode} ${flag}`);
    const found = rule(a, b, width);
    if (found !== undefined) return found;
  }
  return undefined;
}

function cast({ opcode, flags, value, to }: Of<'cast'>, { rules, read }: Context): Value {
  const own = read(value);
  if (isPoison(own) || opcode === 'bitcast') return own;
  const width = widthOf(to);
  if (opcode === 'ptrtoint') {
    if (!isPointer(own)) throw new Error('no pointer');
    return BigInt.asUintN(width, addressOf(own));
  }
  if (typeof own !== 'bigint') throw new Error('no number');
  const from = widthOf(value.type);
  for (const flag of flags) {
    const rule = rules.flags[`${opcode} ${flag}`];
    if (rule === undefined) throw new Error(`no rule for ${opcode} ${flag}`);
    const broken = rule(own, BigInt(width), from);
    if (broken !== undefined) return poison(broken);
  }
  return rules.casts[opcode](own, from, width);
}

function compare(operation: Of<'icmp'>, { rules, read }: Context): Value {
  const { predicate, flags, left, right } = operation;
  const [a, b] = [read(left), read(right)];
  if (isPoison(a)) return a;
  if (isPoison(b)) return b;
  if (isPointer(a) && isPointer(b)) return comparePointers(rules, predicate, a, b);
  if (typeof a !== 'bigint' || typeof b !== 'bigint') throw new Error('no numbers');
  const width = widthOf(left.type);
  const broken = objection(rules, 'icmp', flags, a, b, width);
  if (broken !== undefined) return poison(broken);
  return rules.predicates[predicate](a, b, width) ? 1n : 0n;
}

function comparePointers(rules: Rules, predicate: Predicate, a: Pointer, b: Pointer): Value {
  return rules.predicates[predicate](addressOf(a), addressOf(b), 64) ? 1n : 0n;
}

function select({ condition, then, otherwise }: Of<'select'>, { read }: Context): Value {
  const chosen = read(condition);
  if (isPoison(chosen)) return chosen;
  return read(chosen === 1n ? then : otherwise);
}

/** Poison becomes some value; any would do. */
function frozen(value: Value, type: Type): Value {
  if (isAggregate(value)) return value.map((item, i) => frozen(item, elementType(type, i)));
  return isPoison(value) ? filled(type, () => 0n) : value;
}

function elementType(type: Type, i: number): Type {
  if (type.kind === 'array') return type.element;
  if (type.kind === 'struct') return type.fields[i]!;
  throw new Error(`${type.kind} has no elements`);
}

function extract(value: Value, path: readonly number[]): Value {
  let own = value;
  for (const index of path) {
    if (isPoison(own)) return own;
    own = isAggregate(own) ? own[index]! : own;
  }
  return own;
}

function insert(whole: Value, type: Type, path: readonly number[], value: Value): Value {
  const [index, ...rest] = path;
  if (index === undefined) return value;
  const items = isPoison(whole) ? filled(type, () => whole) : whole;
  if (!isAggregate(items)) throw new Error('no aggregate');
  const inner = insert(items[index]!, elementType(type, index), rest, value);
  return items.with(index, inner);
}

function elementPointer(operation: ElementPointer, context: Context): Value {
  const { flags, base, indices } = operation;
  const start = context.read(base);
  if (isPoison(start)) return start;
  if (!isPointer(start)) throw new Error('no pointer');
  const steps: { readonly index: bigint; readonly size: bigint; readonly width: number }[] = [];
  let type: Type = operation.source;
  for (const [i, operand] of indices.entries()) {
    const index = context.read(operand);
    if (isPoison(index)) return index;
    if (typeof index !== 'bigint') throw new Error('no number');
    const width = widthOf(operand.type);
    if (i > 0 && type.kind === 'struct') {
      const offset = context.layout.offsets(type)[Number(index)]!;
      steps.push({ index: 1n, size: BigInt(offset), width: 64 });
      type = type.fields[Number(index)]!;
      continue;
    }
    if (i > 0) type = elementType(type, 0);
    steps.push({ index, size: BigInt(context.layout.size(type)), width });
  }
  return moved(start, steps, flags);
}

interface Step {
  readonly index: bigint;
  readonly size: bigint;
  readonly width: number;
}

function moved(start: Pointer, steps: readonly Step[], flags: Flags): Value {
  const strict = flags.has('inbounds');
  if (strict && outside(start, start.offset)) return beyond(start, start.offset);
  // With signs, and without a limit to the number of bits.
  let offset = start.offset;
  let address = addressOf(start);
  for (const { index, size, width } of steps) {
    const step = BigInt.asIntN(width, index) * size;
    const unsigned = BigInt.asUintN(64, BigInt.asIntN(width, index)) * size;
    if ((strict || flags.has('nusw')) && BigInt.asIntN(64, step) !== step)
      return poison('pointer index expression overflowed');
    if (flags.has('nuw') && (unsigned >> 64n !== 0n || (address + unsigned) >> 64n !== 0n))
      return poison('pointer index expression overflowed');
    const exact = address + step;
    if ((strict || flags.has('nusw')) && (exact < 0n || exact >> 64n !== 0n))
      return poison('pointer index expression overflowed');
    offset = BigInt.asIntN(64, offset + step);
    address = BigInt.asUintN(64, exact);
    if (strict && outside(start, offset)) return beyond(start, offset);
  }
  return { ...start, offset: start.object === undefined ? address : offset };
}

function outside({ object }: Pointer, offset: bigint): boolean {
  if (object === undefined) return offset !== 0n;
  return offset < 0n || offset > BigInt(object.bytes.length);
}

function beyond({ object }: Pointer, offset: bigint): Value {
  if (object === undefined) return poison('applying an offset to a null pointer');
  const { name, bytes } = object;
  return poison(
    `index out of bounds: offset ${offset} of ${name}, which has ${bytes.length} bytes`,
  );
}

export function widthOf(type: Type): number {
  if (type.kind !== 'integer') throw new Error(`no integer: ${showType(type)}`);
  return type.width;
}
