/** Evaluates expressions of the intermediate representation to terms. */
import { and, boolean, implies, integer, not, or, type Term, yes } from '../../logic/index.ts';
import type { Expression, Type } from '../ir.ts';
import { coded } from './codec.ts';
import { convert } from './convert.ts';
import { each } from './each.ts';
import { applyIntrinsic } from './intrinsic.ts';
import { everyKey, mustBeListed } from './map.ts';
import { invoke } from './pure.ts';
import { range } from './range.ts';
import { oblige, type Scope, selfOf, Undecidable } from './run.ts';
import { sequenceItems } from './sequence.ts';
import { sortName } from './sorts.ts';
import { textTerm } from './text.ts';
import {
  chooseValue,
  isAlternative,
  isObject,
  makeRecord,
  recordField,
  sequence,
  sequenceSort,
  termOf,
  unit,
  type Value,
} from './value.ts';

export function evaluate(e: Expression, scope: Scope): Value {
  const value = unmarked(e, scope);
  const mark = scope.run.marks?.get(e);
  return mark && value !== yes ? or(termOf(value), mark.term) : value;
}

function unmarked(e: Expression, scope: Scope): Value {
  switch (e.kind) {
    case 'constant':
      return constantTerm(e.value, e.type);
    case 'variable':
      return variable(e.variable, e, scope);
    case 'self':
      return selfOf(scope, e.at);
    case 'field':
      return fieldOf(e.of, e.name, scope);
    case 'apply':
      return apply(e, scope);
    case 'conditional':
      return conditional(e, scope);
    case 'record':
      return record(e, scope);
    case 'array':
      return array(e, scope);
    case 'is':
      return isOneOf(term(e.value, scope), e.value.type, e.is);
    case 'convert':
      return converted(e, scope);
    case 'invoke':
      return invoke(e, scope);
    case 'codec':
      return coded(e, scope);
    case 'each':
      return each(e, scope);
    case 'quantified':
      return quantified(e, scope);
    case 'everyKey':
      return keys(e, scope);
  }
}

export function term(e: Expression, scope: Scope): Term {
  return termOf(evaluate(e, scope));
}

/** The same scope, knowing more. */
export function under(scope: Scope, condition: Term): Scope {
  return { ...scope, guard: [...scope.guard, condition] };
}

function constantTerm(value: boolean | bigint | string | null | undefined, type: Type): Term {
  if (typeof value === 'boolean' && type.kind === 'boolean') return boolean(value);
  if (typeof value === 'bigint') return integer(value);
  if (typeof value === 'string' && type.kind === 'string') return textTerm(value);
  return unit(type);
}

function variable(name: string, e: Expression, scope: Scope): Value {
  const value = scope.state.variables.get(name);
  if (!value)
    throw new Undecidable(
      'subset',
      e.at,
      `${name.split('#')[0]} may be read before it has a value`,
      'give it a value where it is declared',
    );
  return value;
}

function fieldOf(of: Expression, name: string, scope: Scope): Value {
  const object = evaluate(of, scope);
  if (!isObject(object)) return recordField(of.type, name, object);
  const value = object.fields.get(name);
  if (!value) throw new Undecidable('subset', of.at, `${name} has no value here`, 'assign it');
  return value;
}

function apply(e: Expression & { kind: 'apply' }, scope: Scope): Value {
  const [first, second] = e.arguments;
  if (e.function === 'and' && first && second) {
    const a = term(first, scope);
    return and(a, term(second, under(scope, a)));
  }
  if (e.function === 'or' && first && second) {
    const a = term(first, scope);
    return or(a, term(second, under(scope, not(a))));
  }
  if (e.function === 'implies' && first && second) {
    const a = term(first, scope);
    return implies(a, term(second, under(scope, a)));
  }
  if (e.function === 'stateOf') {
    const lower = scope.state.objects.get('lower');
    if (!lower) throw new Undecidable('subset', e.at, 'there is no machine below here', '');
    return lower;
  }
  const given = e.arguments.map((a) => ({ term: term(a, scope), type: a.type }));
  return applyIntrinsic(e.function, given, e, scope);
}

function conditional(e: Expression & { kind: 'conditional' }, scope: Scope): Value {
  const condition = term(e.condition, scope);
  const a = evaluate(e.then, under(scope, condition));
  const b = evaluate(e.else, under(scope, not(condition)));
  return chooseValue(condition, a, b);
}

function record(e: Expression & { kind: 'record' }, scope: Scope): Term {
  if (e.type.kind !== 'record') throw new Error('a record literal has a record type');
  const values = new Map(e.fields.map((f) => [f.name, term(f.value, scope)]));
  return makeRecord(
    e.type,
    e.type.fields.map((f) => {
      const value = values.get(f.name);
      if (!value) throw new Error(`the record literal lacks ${f.name}`);
      return value;
    }),
  );
}

function array(e: Expression & { kind: 'array' }, scope: Scope): Term {
  const elements = e.elements.map((element) => term(element, scope));
  return sequence(sequenceSort(e.type), integer(elements.length), sequenceItems(e.type, elements));
}

/** Whether a value of type `from` is one of the alternatives of `is`. */
function isOneOf(value: Term, from: Type, is: Type): Term {
  const wanted = is.kind === 'union' ? is.of : [is];
  if (from.kind !== 'union') return boolean(wanted.some((t) => sortName(t) === sortName(from)));
  return or(...wanted.map((t) => isAlternative(from, t, value)));
}

function converted(e: Expression & { kind: 'convert' }, scope: Scope): Value {
  const value = evaluate(e.value, scope);
  if (isObject(value)) return value;
  const result = convert(value, e.value.type, e.type);
  oblige(scope, 'narrowing', e.at, result.when);
  return result.value;
}

function quantified(e: Expression & { kind: 'quantified' }, scope: Scope): Term {
  const low = term(e.low, scope);
  const high = term(e.high, scope);
  return range(e.quantifier, low, high, e.variable.split('#')[0]!, scope, (index, inner) => {
    const { state } = scope;
    state.variables.set(e.variable, index);
    state.types.set(e.variable, { kind: 'integer', range: 'big' });
    const body = term(e.body, { ...inner, ghost: true });
    state.variables.delete(e.variable);
    return body;
  });
}

function keys(e: Expression & { kind: 'everyKey' }, scope: Scope): Term {
  const { type } = e.of;
  if (type.kind !== 'map') throw new Error(`a ${type.kind} has no keys`);
  const map = term(e.of, scope);
  if (scope.run.bound !== undefined) mustBeListed(map, e);
  return everyKey(map, type, e.variable.split('#')[0]!, scope, (key, inner) => {
    const { state } = scope;
    state.variables.set(e.variable, key);
    state.types.set(e.variable, type.key);
    const body = term(e.body, { ...inner, ghost: true });
    state.variables.delete(e.variable);
    return body;
  });
}
