/** Nodes of the representation, made in one line each. */
import type { Expression, Intrinsic, Position, Statement, Type } from '../ir.ts';
import { booleanType, sameType, undefinedType } from '../type.ts';

export function apply(
  at: Position,
  type: Type,
  name: Intrinsic,
  ...given: readonly Expression[]
): Expression {
  return { kind: 'apply', at, type, function: name, arguments: given };
}

export function not(value: Expression): Expression {
  if (value.kind === 'constant') return { ...value, value: !value.value };
  if (value.kind === 'apply' && value.function === 'not') return value.arguments[0]!;
  return apply(value.at, booleanType, 'not', value);
}

export function conditional(
  at: Position,
  type: Type,
  condition: Expression,
  whenTrue: Expression,
  whenFalse: Expression,
): Expression {
  // biome-ignore lint/suspicious/noThenProperty: the name in the representation
  return { kind: 'conditional', at, type, condition, then: whenTrue, else: whenFalse };
}

export function branch(
  at: Position,
  condition: Expression,
  whenTrue: readonly Statement[],
  whenFalse: readonly Statement[] = [],
): Statement {
  // biome-ignore lint/suspicious/noThenProperty: the name in the representation
  return { kind: 'if', at, condition, then: whenTrue, else: whenFalse };
}

export function assign(
  at: Position,
  variable: string,
  value: Expression,
  ghost = false,
): Statement {
  return { kind: 'assign', at, variable, value, ghost };
}

export function variable(at: Position, type: Type, name: string): Expression {
  return { kind: 'variable', at, type, variable: name };
}

export function constant(
  at: Position,
  type: Type,
  value: boolean | bigint | string | null | undefined,
): Expression {
  return { kind: 'constant', at, type, value };
}

export function truth(at: Position, value: boolean): Expression {
  return constant(at, booleanType, value);
}

export function nothing(at: Position): Expression {
  return constant(at, undefinedType, undefined);
}

export function integer(at: Position, type: Type, value: bigint | number): Expression {
  return constant(at, type, BigInt(value));
}

/** Whether a value of a union is one of some of its alternatives. */
export function isOne(value: Expression, types: readonly Type[]): Expression {
  const tests = types.map((type) => isA(value, type));
  return tests.length === 0
    ? truth(value.at, false)
    : tests.reduce((a, b) => apply(value.at, booleanType, 'or', a, b));
}

/** What the form of the value decides is decided here: this is what makes tags readable. */
function isA(value: Expression, type: Type): Expression {
  if (value.kind === 'conditional')
    return eitherTest(value.condition, isA(value.then, type), isA(value.else, type));
  const inner = value.kind === 'convert' ? value.value.type : undefined;
  if (inner && inner.kind !== 'union' && isUnit(type))
    return truth(value.at, sameType(inner, type));
  return { kind: 'is', at: value.at, type: booleanType, value, is: type };
}

/** `condition ? yes : no`, of booleans. */
function eitherTest(condition: Expression, yes: Expression, no: Expression): Expression {
  const { at } = condition;
  const and = (a: Expression, b: Expression) => apply(at, booleanType, 'and', a, b);
  const or = (a: Expression, b: Expression) => apply(at, booleanType, 'or', a, b);
  if (yes.kind === 'constant' && no.kind === 'constant' && yes.value === no.value) return yes;
  if (isTruth(yes, true)) return isTruth(no, false) ? condition : or(condition, no);
  if (isTruth(yes, false)) return isTruth(no, true) ? not(condition) : and(not(condition), no);
  if (isTruth(no, false)) return and(condition, yes);
  if (isTruth(no, true)) return or(not(condition), yes);
  return conditional(at, booleanType, condition, yes, no);
}

function isTruth(value: Expression, truthValue: boolean): boolean {
  return value.kind === 'constant' && value.value === truthValue;
}

function isUnit(type: Type): boolean {
  return type.kind === 'null' || type.kind === 'undefined' || type.kind === 'literal';
}
