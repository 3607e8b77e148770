/** Calls of intrinsics: on numbers by their table, on memory here. */
import { intrinsicOf } from '../intrinsics.ts';
import type { Call } from '../module.ts';
import type { Intrinsic } from './intrinsics.ts';
import type { Machine } from './machine.ts';
import { access } from './memory.ts';
import { Fault } from './undefined.ts';
import { isPointer, isPoison, type Pointer, poison, type Value } from './value.ts';

export function callIntrinsic(
  name: string,
  call: Call,
  args: readonly Value[],
  machine: Machine,
): Value | undefined {
  const base = intrinsicOf(name);
  if (base === undefined) throw new Error(`${name} is not known`);
  if (Object.hasOwn(machine.rules.intrinsics, base))
    return onNumbers(base, call, args, machine.rules.intrinsics[base]!);
  return onMemory(base, args, machine);
}

function onNumbers(base: string, call: Call, args: readonly Value[], rule: Intrinsic): Value {
  const numbers: bigint[] = [];
  for (const arg of args) {
    if (isPoison(arg)) return arg;
    if (typeof arg !== 'bigint') throw new Error('no number');
    numbers.push(arg);
  }
  const first = call.type.parameters[0];
  if (first?.kind !== 'integer') throw new Error('no number');
  const result = rule(numbers, first.width);
  if ('poison' in result) return poison(result.poison);
  if ('pair' in result) return [result.pair[0], result.pair[1] ? 1n : 0n];
  const width = call.type.result.kind === 'integer' ? call.type.result.width : first.width;
  // ucmp and scmp have a width of their own for the result.
  return width < first.width
    ? BigInt.asUintN(width, result.value)
    : widened(base, result.value, first.width, width);
}

function widened(base: string, value: bigint, from: number, to: number): bigint {
  return base.endsWith('cmp') ? BigInt.asUintN(to, BigInt.asIntN(from, value)) : value;
}

function onMemory(base: string, args: readonly Value[], machine: Machine): undefined {
  switch (base) {
    case 'memcpy':
    case 'memcpy.inline':
    case 'memmove':
      copy(base, args);
      return undefined;
    case 'memset':
    case 'memset.inline':
      fill(args);
      return undefined;
    case 'assume':
      if (args[0] !== 1n) throw new Fault('assumption is violated');
      return undefined;
    case 'lifetime.start':
    case 'lifetime.end':
      live(base, args);
      return undefined;
    case 'donothing':
    case 'debugtrap':
      return undefined;
    case 'trap':
    case 'ubsantrap':
      throw new Fault('a trap is executed');
    default:
      throw new Error(`${base} has no rule in ${machine.module.file}`);
  }
}

function copy(base: string, args: readonly Value[]): void {
  const [to, from, length] = [pointerIn(args[0]), pointerIn(args[1]), lengthIn(args[2])];
  if (length === 0) return;
  const target = access(to, length, 1, 'store');
  const source = access(from, length, 1, 'load');
  const apart = Math.abs(target.offset - source.offset);
  const overlap = target.object === source.object && apart < length && apart !== 0;
  if (overlap && base !== 'memmove') throw new Fault('memcpy of ranges that overlap');
  target.object.copyFrom(source.object, source.offset, target.offset, length);
}

function fill(args: readonly Value[]): void {
  const [to, length] = [pointerIn(args[0]), lengthIn(args[2])];
  const byte = args[1]!;
  if (length === 0) return;
  const { object, offset } = access(to, length, 1, 'store');
  if (isPoison(byte)) object.writePoison(offset, length, byte);
  else object.write(offset, new Uint8Array(length).fill(Number(byte)));
}

/** A local that begins or ends has no value. */
function live(base: string, args: readonly Value[]): void {
  const pointer = pointerIn(args.at(-1));
  if (pointer.object === undefined) throw new Fault('the lifetime of what is no object');
  const ended = base === 'lifetime.end';
  pointer.object.alive = !ended;
  pointer.object.forget(poison(`${pointer.object.name} is ${ended ? 'gone' : 'uninitialised'}`));
}

function pointerIn(value: Value | undefined): Pointer {
  if (value !== undefined && isPointer(value)) return value;
  if (value !== undefined && isPoison(value))
    throw new Fault(`a copy through a pointer that is none: ${value.because}`);
  throw new Error('no pointer');
}

function lengthIn(value: Value | undefined): number {
  if (value !== undefined && isPoison(value))
    throw new Fault(`a copy of a length that is none: ${value.because}`);
  const length = Number(value);
  if (!Number.isSafeInteger(length)) throw new Fault(`a copy past its object: ${value} bytes`);
  return length;
}
