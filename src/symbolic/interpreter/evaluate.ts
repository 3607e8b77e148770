/** Runs expressions and blocks of statements by the rules, and checks what they yield. */
import type { Expression, Position, Statement, Type } from '../ir.ts';
import { type Completion, type Frame, oblige, step } from './frame.ts';
import { stuck } from './outcome.ts';
import {
  BlockValue,
  conforms,
  inRange,
  isArray,
  isBytes,
  isRecord,
  MapValue,
  ObjectValue,
  show,
  type Value,
} from './value.ts';

type AnyRule = (node: unknown, frame: Frame) => Value;

export function evaluate(node: Expression, frame: Frame): Value {
  const value = (frame.run.rules.expressions[node.kind] as AnyRule)(node, frame);
  if (!looksLike(value, node.type)) stuck(`${show(value)} is no ${node.type.kind}`, node.at);
  if (typeof value === 'bigint') checkRange(value, node, frame);
  return value;
}

/** Every integer on the way is in the range of its node. */
function checkRange(value: bigint, { type, at }: Expression, frame: Frame): void {
  if (frame.ghost || type.kind !== 'integer') return;
  oblige(frame.run, 'range', inRange(value, type.range), at);
  oblige(frame.run, 'narrowing', type.among?.includes(value) ?? true, at);
}

/** Whether a value is of the kind of a type, elements and fields aside. */
function looksLike(value: Value, type: Type): boolean {
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'bigint';
    case 'block':
      return value instanceof BlockValue;
    case 'string':
      return typeof value === 'string';
    case 'map':
      return value instanceof MapValue;
    case 'bytes':
      return isBytes(value);
    case 'array':
      return isArray(value);
    case 'record':
      return isRecord(value);
    case 'literal':
      return value === type.value;
    case 'null':
      return value === null;
    case 'undefined':
      return value === undefined;
    case 'union':
      return type.of.some((alternative) => looksLike(value, alternative));
    case 'object':
      return value instanceof ObjectValue && value.class === type.class;
  }
}

export function integerOf(node: Expression, frame: Frame): bigint {
  const value = evaluate(node, frame);
  return typeof value === 'bigint' ? value : stuck(`${show(value)} is no integer`, node.at);
}

export function booleanOf(node: Expression, frame: Frame): boolean {
  const value = evaluate(node, frame);
  return typeof value === 'boolean' ? value : stuck(`${show(value)} is no boolean`, node.at);
}

/** At the borders of functions and machines a value is checked to its depths. */
export function checkDeep(value: Value, type: Type, frame: Frame, at: Position): void {
  if (!frame.ghost && !conforms(value, type)) stuck(`${show(value)} is no ${type.kind}`, at);
}

type AnyStatement = (node: unknown, frame: Frame) => Completion;

export function execute(body: readonly Statement[], frame: Frame): Completion {
  for (const statement of body) {
    step(frame.run, statement.at);
    const rule = frame.run.rules.statements[statement.kind] as AnyStatement;
    const completion = rule(statement, frame);
    if (completion) return completion;
  }
  return undefined;
}
