/** Parameters and variables as they are declared, also by destructuring. */
import ts from '@typescript/typescript6';
import type { Expression, Function as FunctionBody, Type } from '../ir.ts';
import { describeType, safe } from '../type.ts';
import { elementAt, isPlace } from './access.ts';
import { coerce } from './coerce.ts';
import { type Context, emit, freshName, keep, refuse } from './context.ts';
import { type Callable, parameterType } from './functions.ts';
import { assign, integer, variable } from './make.ts';
import { positionOf } from './position.ts';
import { classKey, classOf, handleOf, typeOf } from './types.ts';

export function declareParameters(
  context: Context,
  callable: Callable,
): FunctionBody['parameters'] {
  return callable.parameters.map((parameter) => {
    const at = positionOf(parameter.name);
    const type = handleType(context, parameter) ?? parameterType(context.reader, parameter);
    if (ts.isIdentifier(parameter.name)) {
      const name = declareLocal(context, parameter.name, type, false);
      return { variable: name, type, at };
    }
    const name = freshName(context.scope, 'given', true);
    context.scope.stable.add(name);
    bind(context, parameter.name, variable(at, type, name));
    return { variable: name, type, at };
  });
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
  if (whole.type.kind !== 'record')
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
    if (element.dotDotDotToken || element.initializer)
      refuse(element, 'rest and defaults are not read in a pattern', 'the elements one by one');
    const index = integer(positionOf(element), safe, i);
    bind(context, element.name, elementAt(element, array, index, { outside }));
  });
}

function bindName(context: Context, name: ts.Identifier, value: Expression): void {
  const { checker } = context.reader;
  const symbol = checker.getSymbolAtLocation(name)!;
  const type = typeOf(checker, checker.getTypeOfSymbol(symbol), name);
  const stored = coerce(name, value, type);
  const declared = declareLocal(context, name, type, false);
  emit(context, name, assign(positionOf(name), declared, stored));
}

function bindField(context: Context, element: ts.BindingElement, whole: Expression): void {
  if (element.dotDotDotToken || element.initializer)
    refuse(element, 'rest and defaults are not read in a pattern', 'the fields one by one');
  const key = element.propertyName ?? element.name;
  if (!ts.isIdentifier(key) && !ts.isStringLiteral(key))
    refuse(key, 'the name of a field must be written out', 'a plain name');
  const fields = whole.type.kind === 'record' ? whole.type.fields : [];
  const field = fields.find((f) => f.name === key.text);
  if (!field) refuse(key, `there is no field ${key.text}`, 'a field of the record');
  const at = positionOf(element);
  bind(context, element.name, { kind: 'field', at, type: field.type, of: whole, name: field.name });
}
