/** Parameters and variables as they are declared, also by destructuring. */
import ts from '@typescript/typescript6';
import type { Expression, Function as FunctionBody, Type } from '../ir.ts';
import { describeType, safe } from '../type.ts';
import { elementAt, isPlace } from './access.ts';
import { coerce, convert } from './coerce.ts';
import { type Context, emit, freshName, keep, refuse } from './context.ts';
import { checkDefault, isEvaluatedWithin, orDefault, withUndefined } from './defaults.ts';
import { type Callable, parameterType } from './functions.ts';
import { apply, assign, integer, variable } from './make.ts';
import { noteGhostly } from './names.ts';
import { positionOf } from './position.ts';
import { classKey, classOf, handleOf, typeOf } from './types.ts';

export function declareParameters(
  context: Context,
  callable: Callable,
): FunctionBody['parameters'] {
  return callable.parameters.map((parameter) => declareParameter(context, parameter));
}

export function declareParameter(
  context: Context,
  parameter: ts.ParameterDeclaration,
): FunctionBody['parameters'][number] {
  const at = positionOf(parameter.name);
  const type = handleType(context, parameter) ?? parameterType(context.reader, parameter);
  if (isEvaluatedWithin(parameter)) return declareWithDefault(context, parameter, type);
  if (ts.isIdentifier(parameter.name)) {
    const name = declareLocal(context, parameter.name, type, false);
    return { variable: name, type, at };
  }
  const name = freshName(context.scope, 'given', true);
  context.scope.stable.add(name);
  bind(context, parameter.name, variable(at, type, name));
  return { variable: name, type, at };
}

/** The default may name the parameters before it. */
function declareWithDefault(
  context: Context,
  parameter: ts.ParameterDeclaration,
  type: Type,
): FunctionBody['parameters'][number] {
  checkDefault(parameter);
  const at = positionOf(parameter.name);
  const given = variable(at, withUndefined(type), freshName(context.scope, 'given', true));
  if (given.kind !== 'variable') throw new Error('a parameter is a variable');
  context.scope.stable.add(given.variable);
  bind(context, parameter.name, orDefault(context, parameter, given));
  return { variable: given.variable, type: given.type, at };
}

/** The handle that a constructor takes: an object that has no value here. */
function handleType(context: Context, parameter: ts.ParameterDeclaration): Type | undefined {
  if (!ts.isConstructorDeclaration(parameter.parent)) return undefined;
  const handle = handleOf(context.reader.checker.getTypeAtLocation(parameter));
  const machine = handle && classOf(handle.machine);
  return machine && { kind: 'object', class: classKey(machine) };
}

/** A new variable for a name of the source. */
export function declareLocal(
  context: Context,
  name: ts.Identifier,
  type: Type,
  ghost: boolean,
): string {
  const symbols = symbolsOf(context, name);
  const { scope } = context;
  const found = freshName(scope, name.text, false);
  for (const symbol of symbols) scope.locals.set(symbol, { variable: found, type, ghost });
  const fixed = symbols.every((symbol) => !scope.assigned.has(symbol));
  if (fixed && !hasMutable(type)) scope.stable.add(found);
  return found;
}

/** A parameter that is a field is two things with one name. */
function symbolsOf(context: Context, name: ts.Identifier): readonly ts.Symbol[] {
  const { checker } = context.reader;
  const { parent } = name;
  if (ts.isParameter(parent) && ts.isParameterPropertyDeclaration(parent, parent.parent))
    return checker.getSymbolsOfParameterPropertyDeclaration(parent, name.text);
  const symbol = checker.getSymbolAtLocation(name);
  return symbol ? [symbol] : refuse(name, 'this name has no declaration', 'a declared variable');
}

function hasMutable(type: Type): boolean {
  if (type.kind === 'union') return type.of.some(hasMutable);
  return type.kind === 'bytes' || ((type.kind === 'array' || type.kind === 'map') && type.mutable);
}

/** The variables of a binding pattern or a name, from a value. */
export function bind(context: Context, name: ts.BindingName, value: Expression): void {
  if (ts.isIdentifier(name)) bindName(context, name, value);
  else if (ts.isArrayBindingPattern(name)) bindElements(context, name, value);
  else bindFields(context, name, keep(context, name, value, 'whole'));
}

function bindFields(context: Context, name: ts.ObjectBindingPattern, whole: Expression): void {
  if (whole.type.kind === 'object')
    noteGhostly(context, name, 'only ghosts take a state apart', 'its fields by their names');
  else if (whole.type.kind !== 'record')
    refuse(name, `${describeType(whole.type)} is not a record`, 'a record');
  for (const element of name.elements) bindField(context, element, whole);
}

/** As by `xs[0]`, `xs[1]`: nothing happens in between. */
function bindElements(context: Context, name: ts.ArrayBindingPattern, value: Expression): void {
  const { checker, unchecked } = context.reader;
  const outside = unchecked && !checker.isTupleType(checker.getTypeAtLocation(name));
  const array = isPlace(value) ? value : keep(context, name, value, 'whole');
  name.elements.forEach((element, i) => {
    if (ts.isOmittedExpression(element)) return;
    checkDefault(element);
    const index = integer(positionOf(element), safe, i);
    const looks = outside || element.initializer !== undefined;
    const value = element.dotDotDotToken
      ? restOf(element, array, index)
      : orDefault(context, element, elementAt(element, array, index, { outside: looks }));
    bind(context, element.name, value);
  });
}

/** `...rest`: a new array of what comes after, which may be nothing. */
function restOf(element: ts.BindingElement, array: Expression, index: Expression): Expression {
  const at = positionOf(element);
  if (array.type.kind !== 'array')
    return refuse(element, 'what is left of bytes is an array of numbers', 'slice');
  const type: Type = { ...array.type, mutable: true };
  const length = apply(at, safe, 'length', array);
  const from = apply(at, safe, 'minimum', index, length);
  return apply(at, type, 'slice', convert(array, type), from, length);
}

function bindName(context: Context, name: ts.Identifier, value: Expression): void {
  const { checker } = context.reader;
  const symbol = checker.getSymbolAtLocation(name)!;
  const type = typeOf(checker, checker.getTypeOfSymbol(symbol), name);
  const stored = coerce(name, value, type);
  const declared = declareLocal(context, name, type, false);
  emit(context, name, assign(positionOf(name), declared, stored));
}

/** The fields of a record, or of the state of an object. */
function fieldsOf(
  { reader }: Context,
  type: Type,
): readonly { readonly name: string; readonly type?: Type }[] {
  if (type.kind === 'object') return reader.classes.get(type.class)?.fields ?? [];
  return type.kind === 'record' ? type.fields : [];
}

function bindField(context: Context, element: ts.BindingElement, whole: Expression): void {
  if (element.dotDotDotToken)
    refuse(element, 'what is left may be more than the type says', 'the fields one by one');
  checkDefault(element);
  const key = element.propertyName ?? element.name;
  if (!ts.isIdentifier(key) && !ts.isStringLiteral(key))
    refuse(key, 'the name of a field must be written out', 'a plain name');
  const field = fieldsOf(context, whole.type).find((f) => f.name === key.text);
  if (!field?.type) refuse(key, `there is no field ${key.text}`, 'a field of the record');
  const at = positionOf(element);
  const { type, name } = { type: field.type, name: field.name };
  const value: Expression = { kind: 'field', at, type, of: whole, name };
  bind(context, element.name, orDefault(context, element, value));
}
