/** Array and object literals. */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import {
  type ArrayType,
  alternativesOf,
  arrayType,
  describeType,
  literal,
  type RecordType,
  recordType,
} from '../type.ts';
import { isTotal } from './alternatives.ts';
import { coerce, convert } from './coerce.ts';
import { type Context, keep, refuse } from './context.ts';
import { isExact } from './exact.ts';
import { expression } from './expressions.ts';
import { apply } from './make.ts';
import { identifierValue } from './names.ts';
import { inOrder, type Operand } from './order.ts';
import { positionOf } from './position.ts';
import { typeOf } from './types.ts';

export function arrayLiteral(
  context: Context,
  node: ts.ArrayLiteralExpression,
  wanted: Type | undefined,
): Expression {
  const type = arrayTypeOf(context, node, wanted);
  const at = positionOf(node);
  const values = inOrder(
    context,
    node.elements.map((element) => operand(element, type)),
  );
  let run: Expression[] = [];
  let whole: Expression | undefined;
  const close = () => {
    if (run.length === 0) return;
    if (whole) whole = run.reduce((all, value) => apply(at, type, 'append', all, value), whole);
    else whole = { kind: 'array', at, type, elements: run };
    run = [];
  };
  values.forEach((value, i) => {
    if (!ts.isSpreadElement(node.elements[i]!)) {
      run.push(value);
      return;
    }
    close();
    whole = whole ? apply(at, type, 'concat', whole, value) : convert(value, type);
  });
  close();
  return whole ?? { kind: 'array', at, type, elements: [] };
}

function operand(element: ts.Expression, type: ArrayType): Operand {
  if (ts.isOmittedExpression(element))
    return refuse(element, 'an array with holes is not in the subset', 'a value for every element');
  if (!ts.isSpreadElement(element))
    return {
      node: element,
      lower: (inner) => coerce(element, expression(inner, element, type.element), type.element),
    };
  return { node: element, lower: (inner) => spread(inner, element, type) };
}

function spread(context: Context, element: ts.SpreadElement, type: ArrayType): Expression {
  const value = expression(context, element.expression, arrayType(type.element, false));
  if (value.type.kind === 'array')
    return coerce(element, value, { ...type, mutable: value.type.mutable });
  return refuse(
    element,
    `only an array can be spread here, and this is ${describeType(value.type)}`,
    'the elements one by one, or an array',
  );
}

function arrayTypeOf(
  context: Context,
  node: ts.ArrayLiteralExpression,
  wanted: Type | undefined,
): ArrayType {
  const expected = wanted && alternativesOf(wanted).find((t) => t.kind === 'array');
  if (expected) return expected;
  const { checker } = context.reader;
  const own = checker.getTypeAtLocation(node);
  if (node.elements.length === 0 && own.flags & ts.TypeFlags.Object)
    return refuse(node, 'the type of this array is not known', 'a declared type for it');
  const type = typeOf(checker, own, node);
  return type.kind === 'array' ? type : refuse(node, 'an array was expected', 'a declared type');
}

interface Member {
  /** Absent for a spread. */
  readonly name?: string;
  readonly value: Expression;
}

export function objectLiteral(
  context: Context,
  node: ts.ObjectLiteralExpression,
  wanted: Type | undefined,
): Expression {
  const expected = expectedRecord(node, wanted);
  const names: (string | undefined)[] = node.properties.map(nameOf);
  const operands = node.properties.map((property, i) =>
    propertyOperand(property, expected?.fields.find((f) => f.name === names[i])?.type),
  );
  const members = inOrder(context, operands).map((value, i): Member => {
    const name = names[i];
    return name === undefined ? { value } : { name, value };
  });
  const fields = new Map<string, Expression>();
  members.forEach(({ name, value }, i) => {
    if (name !== undefined) fields.set(name, fixed(value));
    else spreadInto(context, fields, node.properties[i] as ts.SpreadAssignment, value);
  });
  const listed = [...fields].map(([name, value]) => ({ name, value }));
  const type = recordType(listed.map(({ name, value }) => ({ name, type: value.type })));
  return { kind: 'record', at: positionOf(node), type, fields: listed };
}

/** A boolean that is written out may be a tag. */
function fixed(value: Expression): Expression {
  if (value.kind !== 'constant' || typeof value.value !== 'boolean') return value;
  return { ...value, type: literal(value.value) };
}

function nameOf(property: ts.ObjectLiteralElementLike): string | undefined {
  if (ts.isSpreadAssignment(property)) return undefined;
  const { name } = property;
  if (!name || !(ts.isIdentifier(name) || ts.isStringLiteral(name)))
    return refuse(name ?? property, 'the name of a field must be written out', 'a plain name');
  if (name.text === '__proto__')
    return refuse(
      name,
      '__proto__ is not a field: it changes what the object inherits',
      'a plain name',
    );
  return name.text;
}

function propertyOperand(property: ts.ObjectLiteralElementLike, type: Type | undefined): Operand {
  if (ts.isPropertyAssignment(property))
    return { node: property, lower: (inner) => expression(inner, property.initializer, type) };
  if (ts.isShorthandPropertyAssignment(property))
    return {
      node: property,
      lower: (inner) => {
        const symbol = inner.reader.checker.getShorthandAssignmentValueSymbol(property);
        return identifierValue(inner, property.name, symbol);
      },
    };
  if (ts.isSpreadAssignment(property))
    return { node: property, lower: (inner) => spreadValue(inner, property) };
  return refuse(property, 'a record has plain fields only', 'a field with a value');
}

/** What is spread is evaluated even if all of its fields are replaced. */
function spreadValue(context: Context, property: ts.SpreadAssignment): Expression {
  const value = expression(context, property.expression);
  return isTotal(value) || context.closed ? value : keep(context, property, value, 'spread');
}

/** A spread value may have more fields than its type says; they must not replace any. */
function spreadInto(
  context: Context,
  fields: Map<string, Expression>,
  property: ts.SpreadAssignment,
  value: Expression,
): void {
  if (value.type.kind !== 'record')
    refuse(
      property,
      `only a record can be spread here, and this is ${describeType(value.type)}`,
      'the fields one by one',
    );
  const parts = new Map(value.type.fields.map((field) => [field.name, field.type]));
  if (!isExact(context.reader.checker, property.expression)) unsure(fields, property, parts);
  for (const [name, type] of parts)
    fields.set(name, { kind: 'field', at: value.at, type, of: value, name });
}

/** What a value with only some of its fields in its type, or without some of them, may do. */
function unsure(
  fields: ReadonlyMap<string, Expression>,
  property: ts.Node,
  parts: ReadonlyMap<string, Type>,
): void {
  const before = [...fields.keys()].find((name) => !parts.has(name));
  if (before !== undefined)
    refuse(
      property,
      `the value may also have a field ${before}, which would replace the one before`,
      'the spread first, then the fields that differ',
    );
  for (const [name, type] of parts)
    if (type.kind === 'union' && hasUndefined(type))
      refuse(
        property,
        `whether the field ${name} is spread depends on whether it is there at all`,
        'the fields one by one',
      );
}

function hasUndefined(type: Type): boolean {
  return alternativesOf(type).some((t) => t.kind === 'undefined');
}

/** The record that a literal is meant to be, if its tags leave only one. */
function expectedRecord(
  node: ts.ObjectLiteralExpression,
  wanted: Type | undefined,
): RecordType | undefined {
  const records = (wanted ? alternativesOf(wanted) : []).filter((t) => t.kind === 'record');
  const possible = records.filter((record) =>
    node.properties.every((property) => {
      const tag = ts.isPropertyAssignment(property) ? tagOf(property.initializer) : undefined;
      if (tag === undefined) return true;
      const field = record.fields.find((f) => f.name === nameOf(property));
      return field?.type.kind !== 'literal' || field.type.value === tag;
    }),
  );
  return possible.length === 1 ? possible[0] : undefined;
}

function tagOf(node: ts.Expression): string | boolean | undefined {
  if (ts.isStringLiteral(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  return node.kind === ts.SyntaxKind.FalseKeyword ? false : undefined;
}
