/** Expressions of the subset on bit-vectors. */
import { and, no, not, or, type Term, yes } from '../../logic/index.ts';
import { limitsOf, sortName } from '../execute/sorts.ts';
import type { Expression, Position, Type, Variable } from '../ir.ts';
import { alternativesOf } from '../type.ts';
import * as integers from './integer.ts';
import { constant, type Integer } from './integer.ts';
import { listOf } from './list.ts';
import { rules } from './rules.ts';
import { callFunction, type Frame, owe } from './run.ts';
import { choose, Inexpressible, optionsOf, truth, type Value } from './value.ts';

export function evaluate(e: Expression, frame: Frame): Value {
  switch (e.kind) {
    case 'constant':
      if (typeof e.value === 'bigint') return constant(e.value);
      if (typeof e.value === 'boolean' && e.type.kind === 'boolean')
        return truth(e.value ? yes : no);
      return { kind: 'unit', type: e.type };
    case 'variable':
      return variable(e.variable, e.at, frame);
    case 'field':
      return fieldOf(evaluate(e.of, frame), e.name, e.at);
    case 'apply':
      return apply(e, frame);
    case 'conditional': {
      const condition = booleanOf(e.condition, frame);
      const under = (holds: Term) => ({ ...frame, given: and(frame.given, holds) });
      if (condition === yes) return evaluate(e.then, frame);
      if (condition === no) return evaluate(e.else, frame);
      const a = evaluate(e.then, under(condition));
      return choose(condition, a, evaluate(e.else, under(not(condition))));
    }
    case 'record':
      return {
        kind: 'record',
        fields: new Map(e.fields.map((f) => [f.name, evaluate(f.value, frame)])),
      };
    case 'array':
      return listOf(e.elements.map((one) => evaluate(one, frame)));
    case 'is':
      return truth(isOne(evaluate(e.value, frame), e.value.type, e.is));
    case 'convert':
      return convert(evaluate(e.value, frame), e.value.type, e.type, e.at, frame);
    case 'invoke': {
      const called = frame.program.functions.get(e.function);
      if (!called || e.self) return inexpressible(e.at, 'a method');
      return callFunction(
        called,
        e.arguments.map((a) => evaluate(a, frame)),
        frame,
      );
    }
    default:
      return inexpressible(e.at, `an expression of this kind (${e.kind})`);
  }
}

export function inexpressible(at: Position, what: string): never {
  throw new Inexpressible(at, `a codec cannot have ${what}`, 'integers, bytes and records');
}

function variable(name: Variable, at: Position, frame: Frame): Value {
  return frame.variables.get(name) ?? inexpressible(at, 'a variable without a value');
}

export function booleanOf(e: Expression, frame: Frame): Term {
  const value = evaluate(e, frame);
  return value.kind === 'boolean' ? value.term : inexpressible(e.at, 'such a condition');
}

export function integerOf(e: Expression, frame: Frame): Integer {
  const value = evaluate(e, frame);
  return value.kind === 'integer' ? value : inexpressible(e.at, 'such a number');
}

function fieldOf(of: Value, name: string, at: Position): Value {
  const found = of.kind === 'record' ? of.fields.get(name) : undefined;
  return found ?? inexpressible(at, `a field ${name} here`);
}

function isOne(value: Value, from: Type, is: Type): Term {
  const options = optionsOf(value, from);
  return or(...alternativesOf(is).map((type) => options.get(sortName(type))?.when ?? no));
}

/** The same value at another type; narrowing is a duty. */
function convert(value: Value, from: Type, to: Type, at: Position, frame: Frame): Value {
  if (to.kind === 'union') {
    const options = new Map(
      [...optionsOf(value, from)].flatMap(([, option]) => {
        const target = alternativesOf(to).find((t) => fits(option.type, t));
        if (!target) return [];
        const inner = { ...frame, given: and(frame.given, option.when) };
        const converted = convert(option.value, option.type, target, at, inner);
        return [[sortName(target), { when: option.when, type: target, value: converted }] as const];
      }),
    );
    const whens = [...options.values()].map((option) => option.when);
    owe(frame, at, 'the value is of the type it is used at', or(...whens));
    return { kind: 'union', options };
  }
  if (value.kind === 'union') return out(value.options, to, at, frame);
  if (value.kind === 'integer' && to.kind === 'integer') return narrowed(value, to, at, frame);
  if (value.kind === 'record' && to.kind === 'record' && from.kind === 'record') {
    const fields = to.fields.map((f) => {
      const source = from.fields.find((g) => g.name === f.name);
      if (!source) return inexpressible(at, `a record without ${f.name}`);
      return [f.name, convert(value.fields.get(f.name)!, source.type, f.type, at, frame)] as const;
    });
    return { kind: 'record', fields: new Map(fields) };
  }
  if (value.kind === 'list' && to.kind === 'array' && from.kind === 'array') {
    const items = value.items.map((item, i) => {
      const counts = integers.less(constant(BigInt(i)), value.length);
      const inner = { ...frame, given: and(frame.given, counts) };
      return convert(item, from.element, to.element, at, inner);
    });
    return { ...value, items };
  }
  if (value.kind === 'unit' && to.kind === 'boolean' && value.type.kind === 'literal')
    return truth(value.type.value === true ? yes : no);
  return value;
}

function fits(from: Type, to: Type): boolean {
  if (sortName(from) === sortName(to)) return true;
  return from.kind === 'record' && to.kind === 'record' && sameTags(from, to);
}

type RecordType = Type & { kind: 'record' };

function sameTags(from: RecordType, to: RecordType): boolean {
  return to.fields.every((f) => {
    const other = from.fields.find((g) => g.name === f.name);
    return other !== undefined && (f.type.kind !== 'literal' || fits(other.type, f.type));
  });
}

type Options = ReturnType<typeof optionsOf>;

function out(options: Options, to: Type, at: Position, frame: Frame): Value {
  let result: Value | undefined;
  const fitting = [...options.values()].filter((option) => fits(option.type, to));
  const when = or(...fitting.map((option) => option.when));
  owe(frame, at, 'the value is of the type it is used at', when);
  for (const option of fitting) {
    const inner = { ...frame, given: and(frame.given, option.when) };
    const value = convert(option.value, option.type, to, at, inner);
    result = result ? choose(option.when, value, result) : value;
  }
  return result ?? inexpressible(at, 'a value of no type');
}

function narrowed(
  value: Integer,
  type: Type & { kind: 'integer' },
  at: Position,
  frame: Frame,
): Integer {
  if (type.among) {
    const one = or(...type.among.map((each) => integers.same(value, constant(each))));
    owe(frame, at, 'the value is of the type it is used at', one);
  }
  return ranged(value, type, at, frame);
}

/** An integer that must lie in the range of its type; from there on it does. */
export function ranged(value: Integer, type: Type, at: Position, frame: Frame): Integer {
  if (type.kind !== 'integer' || type.range === 'big') return value;
  const [low, high] = limitsOf(type.range);
  const fit = and(integers.atMost(constant(low), value), integers.atMost(value, constant(high)));
  owe(frame, at, `the integer lies in the range of ${type.range}`, fit);
  return fit === yes ? value : integers.within(value, low, high);
}

function apply(e: Expression & { kind: 'apply' }, frame: Frame): Value {
  const [first, second] = e.arguments;
  if ((e.function === 'and' || e.function === 'or') && first && second) {
    const a = booleanOf(first, frame);
    const reached = e.function === 'and' ? a : not(a);
    const b = booleanOf(second, { ...frame, given: and(frame.given, reached) });
    return truth(e.function === 'and' ? and(a, b) : or(a, b));
  }
  const given = e.arguments.map((a) => evaluate(a, frame));
  const rule = rules[e.function] ?? inexpressible(e.at, e.function);
  return rule(given, e, frame);
}
