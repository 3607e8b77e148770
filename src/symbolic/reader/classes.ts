/** Classes: machines, implementations and errors. */
import ts from '@typescript/typescript6';
import type { Class, ClassField, ClassKey, FunctionKey, Type } from '../ir.ts';
import { isSymmetric } from '../subset/classes.ts';
import { undefinedType } from '../type.ts';
import { isStatic } from './calls.ts';
import { constructorBody } from './constructors.ts';
import { attempt, type Reader, refuse } from './context.ts';
import { demand, functionKey, parameterTypes, type Signature } from './functions.ts';
import { isAsync } from './ghosts.ts';
import { libraryName, resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { classKey, classOf, handleOf, typeOf } from './types.ts';

export function machineClass(
  reader: Reader,
  declaration: ts.ClassDeclaration,
  node: ts.Node,
): ClassKey {
  const key = readClass(reader, declaration, 'machine');
  const found = reader.classes.get(key);
  if (!found?.methods.some((method) => method.name === 'initial' && method.static))
    return refuse(node, 'a machine says in which states it may be found first', 'static initial()');
  return key;
}

/** An implementation, and with it the machine that it is written for. */
export function codeClass(reader: Reader, declaration: ts.ClassDeclaration): ClassKey {
  for (const handle of handlesOf(reader, declaration)) {
    const machine = classOf(handle.machine);
    if (machine) machineClass(reader, machine, declaration.name ?? declaration);
  }
  return readClass(reader, declaration, 'code');
}

/** What the types of the fields, also of those among the parameters, say of machines below. */
export function handlesOf(
  reader: Reader,
  declaration: ts.ClassDeclaration,
): readonly { readonly machine: ts.Type }[] {
  return [...declaration.members, ...parameterProperties(declaration)].flatMap((member) => {
    if (ts.isConstructorDeclaration(member)) return [];
    return handleOf(reader.checker.getTypeAtLocation(member)) ?? [];
  });
}

export function errorClass(reader: Reader, declaration: ts.ClassDeclaration): ClassKey {
  return readClass(reader, declaration, 'error');
}

export function readClass(
  reader: Reader,
  declaration: ts.ClassDeclaration,
  role: Class['role'],
): ClassKey {
  const key = classKey(declaration);
  const known = reader.classes.get(key);
  if (known && known.role !== role)
    return refuse(declaration, `this class is also a ${known.role}`, 'two classes');
  if (known) return key;
  checkHead(reader, declaration, role);
  const fields = role === 'error' ? errorFields(declaration) : fieldsOf(reader, declaration);
  checkHandles(declaration, role, fields);
  reader.classes.set(key, {
    key,
    name: declaration.name?.text ?? 'default',
    at: positionOf(declaration.name ?? declaration),
    role,
    fields,
    construct: constructorKey(declaration),
    methods: methodsOf(declaration),
  });
  attempt(reader, () => constructorBody(reader, declaration, role));
  for (const member of declaration.members)
    if (ts.isMethodDeclaration(member)) attempt(reader, () => lowerMethod(reader, member, role));
  return key;
}

function lowerMethod(reader: Reader, member: ts.MethodDeclaration, role: Class['role']): void {
  if (role === 'machine' && isAsync(member))
    refuse(
      member.name,
      'an operation of a machine is one atomic step',
      'a method that is not async',
    );
  demand(reader, member, member.name);
}

function checkHead(reader: Reader, node: ts.ClassDeclaration, role: Class['role']): void {
  if (!node.name || !ts.isSourceFile(node.parent))
    refuse(node, 'a class has a name and stands at the top of its module', 'such a class');
  if (node.typeParameters)
    refuse(node.name!, 'type parameters come with a later version', 'a class for one type');
  for (const modifier of node.modifiers ?? [])
    if (!['export', 'default'].includes(modifier.getText()))
      refuse(modifier, 'this modifier is not in the subset', 'no such modifier');
  const base = node.heritageClauses?.find((h) => h.token === ts.SyntaxKind.ExtendsKeyword);
  const isError =
    base && libraryName(resolve(reader.checker, base.types[0]!.expression)) === 'Error';
  if (role === 'error' ? !isError : base)
    refuse(base ?? node.name!, 'classes do not inherit, but declared errors from Error', 'a field');
}

function errorFields(node: ts.ClassDeclaration): readonly ClassField[] {
  for (const member of node.members) {
    const isName =
      ts.isPropertyDeclaration(member) &&
      member.name.getText() === 'name' &&
      member.initializer &&
      ts.isStringLiteral(member.initializer);
    if (!isName && !ts.isSemicolonClassElement(member))
      refuse(member, 'a declared error is a name and nothing else', 'class E extends Error {}');
  }
  return [];
}

function fieldsOf(reader: Reader, node: ts.ClassDeclaration): readonly ClassField[] {
  const own = node.members.flatMap((member) => fieldOf(reader, member) ?? []);
  const given = parameterProperties(node).map((parameter) =>
    field(reader, parameter, parameter.name),
  );
  return [...own, ...given];
}

/** Constructor parameters that are fields at the same time. */
export function parameterProperties(node: ts.ClassDeclaration): readonly ts.ParameterDeclaration[] {
  const found = constructorOf(node)?.parameters ?? [];
  return found.filter((parameter) =>
    ts.isParameterPropertyDeclaration(parameter, parameter.parent),
  );
}

export function constructorOf(node: ts.ClassDeclaration): ts.ConstructorDeclaration | undefined {
  return node.members.find((member) => ts.isConstructorDeclaration(member));
}

function fieldOf(reader: Reader, member: ts.ClassElement): ClassField | undefined {
  if (
    ts.isMethodDeclaration(member) ||
    ts.isConstructorDeclaration(member) ||
    ts.isSemicolonClassElement(member) ||
    isSymmetric(member)
  )
    return undefined;
  if (!ts.isPropertyDeclaration(member))
    return refuse(member, 'a class has fields, methods and a constructor', 'a field or a method');
  return field(reader, member, member.name);
}

function field(
  reader: Reader,
  member: ts.PropertyDeclaration | ts.ParameterDeclaration,
  name: ts.Node,
): ClassField {
  const allowed = ['public', 'private', 'readonly'];
  for (const modifier of member.modifiers ?? [])
    if (!allowed.includes(modifier.getText()))
      refuse(modifier, 'a field is public, private or readonly', 'no such modifier');
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name))
    return refuse(name, 'the name of a field must be written out', 'a plain name');
  const type = reader.checker.getTypeAtLocation(name);
  const readonly = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly;
  const base = { name: name.text, at: positionOf(name), mutable: !readonly };
  const handle = handleOf(type);
  if (!handle) return { ...base, type: valueType(reader, type, name) };
  const machine = classOf(handle.machine);
  return machine
    ? { ...base, lower: classKey(machine) }
    : refuse(name, 'a handle is of a machine, which is a class', 'Operations<Machine>');
}

function valueType(reader: Reader, type: ts.Type, name: ts.Node): Type {
  const found = typeOf(reader.checker, type, name);
  if (found.kind !== 'object') return found;
  return refuse(name, 'the state of an object has no other objects in it', 'its fields');
}

function checkHandles(
  node: ts.ClassDeclaration,
  role: Class['role'],
  fields: readonly ClassField[],
): void {
  const handles = fields.filter((f) => f.lower !== undefined).length;
  if (role === 'code' && handles !== 1)
    refuse(
      node.name!,
      `an implementation has one handle, and this has ${handles}`,
      'one Operations<Machine>',
    );
  if (role === 'machine' && handles > 0)
    refuse(node.name!, 'a machine has no machine below', 'an implementation');
}

function methodsOf(node: ts.ClassDeclaration): Class['methods'] {
  const names = new Set<string>();
  return node.members.filter(ts.isMethodDeclaration).map((member) => {
    const { name } = member;
    if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name))
      return refuse(name, 'the name of a method must be written out', 'a plain name');
    if (names.has(name.text)) return refuse(name, 'two methods have this name', 'two names');
    names.add(name.text);
    const hidden =
      ts.isPrivateIdentifier(name) ||
      (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
    return {
      name: name.text,
      function: functionKey(member),
      visibility: hidden ? 'private' : 'public',
      static: isStatic(member),
    };
  });
}

export function constructorKey(declaration: ts.ClassDeclaration): FunctionKey {
  return `${classKey(declaration)}.constructor`;
}

export function constructorSignature(reader: Reader, declaration: ts.ClassDeclaration): Signature {
  const found = constructorOf(declaration);
  return { parameters: found ? parameterTypes(reader, found) : [], returns: undefinedType };
}
