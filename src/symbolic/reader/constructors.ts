/**
 * Constructors, in JavaScript's order: the fields as they are declared, then the parameters that
 * are fields, then the body. They only give the fields their values.
 */

import ts from '@typescript/typescript6';
import type { Class, Statement } from '../ir.ts';
import { admits, undefinedType } from '../type.ts';
import { isStatic } from './calls.ts';
import { constructorKey, constructorOf, parameterProperties } from './classes.ts';
import { coerce } from './coerce.ts';
import { type Context, emit, type Reader, refuse, type Scope } from './context.ts';
import { expression } from './expressions.ts';
import { assignedIn, checkCallable, checkParameters, emptyScope } from './functions.ts';
import { nothing } from './make.ts';
import { identifier } from './names.ts';
import { within } from './order.ts';
import { declareParameters } from './parameters.ts';
import { positionOf } from './position.ts';
import { statements } from './statements.ts';
import { classKey, handleOf, typeOf } from './types.ts';

export function constructorBody(
  reader: Reader,
  declaration: ts.ClassDeclaration,
  role: Class['role'],
): void {
  const key = constructorKey(declaration);
  const found = role === 'error' ? undefined : constructorOf(declaration);
  const scope: Scope = {
    ...emptyScope(key, undefinedType),
    self: declaration,
    constructs: true,
    assigned: found ? assignedIn(reader, found) : new Set(),
  };
  const context: Context = { reader, scope, out: [], ghost: false, closed: false };
  if (found) checkConstructor(reader, found, role);
  const parameters = found ? declareParameters(context, found) : [];
  if (role !== 'error') assignFields(context, declaration);
  if (found?.body) statements(context, bodyOf(reader, found.body));
  checkBody(found ?? declaration, context.out);
  reader.functions.set(key, {
    key,
    name: `new ${declaration.name?.text}`,
    at: positionOf(found ?? declaration.name ?? declaration),
    parameters,
    returns: undefinedType,
    self: classKey(declaration),
    body: context.out,
    pure: false,
    ghost: false,
    async: false,
  });
}

function checkConstructor(
  reader: Reader,
  found: ts.ConstructorDeclaration,
  role: Class['role'],
): void {
  if (found.parameters.length !== 1 && role === 'code')
    refuse(found, 'an implementation is constructed from its handle alone', 'one parameter');
  for (const modifier of found.modifiers ?? [])
    if (modifier.getText() !== 'public') refuse(modifier, 'a constructor is public', 'public');
  checkParameters(found);
  checkCallable(reader, found);
}

function assignFields(context: Context, declaration: ts.ClassDeclaration): void {
  for (const member of declaration.members)
    if (ts.isPropertyDeclaration(member) && !isStatic(member)) initialise(context, member);
  for (const parameter of parameterProperties(declaration)) {
    const { name } = parameter;
    if (!ts.isIdentifier(name) || isHandle(context.reader, parameter)) continue;
    const value = identifier(context, name);
    emit(context, parameter, {
      kind: 'assignField',
      at: positionOf(parameter),
      field: name.text,
      value,
    });
  }
}

function initialise(context: Context, member: ts.PropertyDeclaration): void {
  const { checker } = context.reader;
  const at = positionOf(member);
  const { initializer } = member;
  if (isHandle(context.reader, member)) {
    if (initializer) refuse(initializer, 'the handle comes from outside', 'this.handle = handle');
    return;
  }
  const type = typeOf(checker, checker.getTypeAtLocation(member.name), member.name);
  const given = initializer
    ? coerce(initializer, expression(context, initializer, type), type)
    : admits(type, 'undefined') && coerce(member, nothing(at), type);
  const name = member.name as ts.Identifier | ts.PrivateIdentifier;
  if (given) emit(context, member, { kind: 'assignField', at, field: name.text, value: given });
}

function isHandle(reader: Reader, node: ts.Node): boolean {
  return handleOf(reader.checker.getTypeAtLocation(node)) !== undefined;
}

/** The statements of the body without `this.handle = handle`. */
function bodyOf(reader: Reader, body: ts.Block): readonly ts.Statement[] {
  return body.statements.filter((node) => {
    if (!ts.isExpressionStatement(node) || !ts.isBinaryExpression(node.expression)) return true;
    const { left, operatorToken, right } = node.expression;
    return !(
      operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(left) &&
      left.expression.kind === ts.SyntaxKind.ThisKeyword &&
      isHandle(reader, left) &&
      ts.isIdentifier(right)
    );
  });
}

/** A constructor makes a state and does nothing else. */
function checkBody(node: ts.Node, body: readonly Statement[]): void {
  for (const statement of body) {
    if (!['assign', 'assignField', 'assignElement', 'if'].includes(statement.kind))
      refuse(node, 'a constructor gives the fields their values and does nothing else', 'init()');
    checkBody(node, within(statement));
  }
}
