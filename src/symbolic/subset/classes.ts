/** Classes: fields, a constructor that sets them, methods; nothing shared, nothing inherited. */
import ts from '@typescript/typescript6';
import { extendsError } from './errors.ts';
import {
  bare,
  everyNode,
  hasModifier,
  type Inspection,
  isAssignment,
  type Reason,
  type Role,
  refuse,
  symbolOf,
} from './inspection.ts';
import { isLibrarySymbol } from './library.ts';
import { calledMarker, choices, handledMachine } from './own.ts';
import { inherited } from './types.ts';

const { SyntaxKind } = ts;

/** What a class is for, when no layer says so. */
export function roleOf(inspection: Inspection, node: ts.ClassDeclaration): Role {
  if (extendsError(inspection, node)) return 'error';
  return handlesOf(inspection, node).length > 0 ? 'code' : 'machine';
}

export function checkClassShape(
  inspection: Inspection,
  node: ts.ClassDeclaration,
  role: Role,
): undefined {
  heritage(inspection, node, role);
  if (node.typeParameters?.[0]) refuse(inspection, node.typeParameters[0], reasons.generic);
  const symbol = node.name && inspection.checker.getSymbolAtLocation(node.name);
  if (!symbol || (symbol.declarations?.length ?? 0) > 1)
    refuse(inspection, node.name ?? node, reasons.merged);
  if (role === 'error' && node.members.length > 0)
    return refuse(inspection, node.members[0]!, reasons.error);
  const [first, second] = handlesOf(inspection, node);
  if (second) refuse(inspection, second, reasons.handles);
  if (first && role === 'machine') refuse(inspection, first, reasons.machineHandle);
  for (const member of node.members) checkMember(inspection, member, role);
}

function heritage(inspection: Inspection, node: ts.ClassDeclaration, role: Role): undefined {
  for (const clause of node.heritageClauses ?? [])
    if (clause.token === SyntaxKind.ExtendsKeyword && role !== 'error')
      refuse(inspection, clause, reasons.inheritance);
}

/** The fields and parameters that hold a lower machine. */
export function handlesOf(inspection: Inspection, node: ts.ClassDeclaration): readonly ts.Node[] {
  const fields = node.members.filter(ts.isPropertyDeclaration);
  const parameters = node.members
    .filter(ts.isConstructorDeclaration)
    .flatMap((each) => [...each.parameters])
    .filter((each) => ts.isParameterPropertyDeclaration(each, each.parent));
  return [...parameters, ...fields].filter((each) =>
    handledMachine(inspection.checker.getTypeAtLocation(each)),
  );
}

function checkMember(inspection: Inspection, member: ts.ClassElement, role: Role): undefined {
  if (ts.isPropertyDeclaration(member)) return field(inspection, member, role);
  if (ts.isConstructorDeclaration(member)) return construction(inspection, member);
  if (ts.isMethodDeclaration(member)) method(inspection, member, role);
}

function field(inspection: Inspection, member: ts.PropertyDeclaration, role: Role): undefined {
  if (role === 'machine' && isSymmetric(member)) return undefined;
  if (hasModifier(member, SyntaxKind.StaticKeyword))
    return refuse(inspection, member, reasons.static);
  if (member.exclamationToken) refuse(inspection, member, reasons.definite);
  if (ts.isIdentifier(member.name) && inherited.has(member.name.text))
    refuse(inspection, member.name, reasons.inherited);
  if (member.initializer) settled(inspection, member.initializer);
}

/** `static readonly symmetric = 'blocks'`, which only the explorer asks for. */
export function isSymmetric(member: ts.ClassElement): boolean {
  return (
    ts.isPropertyDeclaration(member) &&
    hasModifier(member, SyntaxKind.StaticKeyword) &&
    hasModifier(member, SyntaxKind.ReadonlyKeyword) &&
    ts.isIdentifier(member.name) &&
    member.name.text === 'symmetric' &&
    member.initializer !== undefined &&
    ts.isStringLiteral(member.initializer) &&
    member.initializer.text === 'blocks'
  );
}

/** Only `this.field = value`, so that a start after a crash is nothing but these values. */
function construction(inspection: Inspection, node: ts.ConstructorDeclaration): undefined {
  for (const statement of node.body?.statements ?? []) {
    const value = ts.isExpressionStatement(statement) && settingOf(statement.expression);
    if (!value) refuse(inspection, statement, reasons.constructor);
    else settled(inspection, value);
  }
}

function settingOf(node: ts.Expression): ts.Expression | undefined {
  if (!isAssignment(node) || node.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const target = bare(node.left);
  const own =
    ts.isPropertyAccessExpression(target) && target.expression.kind === SyntaxKind.ThisKeyword;
  return own ? node.right : undefined;
}

/** A value that depends on the parameters alone, and is made without effect. */
function settled(inspection: Inspection, value: ts.Expression): undefined {
  everyNode(value, (node) => {
    if (node.kind === SyntaxKind.ThisKeyword) refuse(inspection, node, reasons.early);
    if (ts.isCallExpression(node) && !isPureCall(inspection, node))
      refuse(inspection, node, reasons.call);
  });
}

function isPureCall(inspection: Inspection, call: ts.CallExpression): boolean {
  const marker = calledMarker(inspection, call);
  if (marker) return !choices.has(marker);
  const name = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.name
    : call.expression;
  const symbol = symbolOf(inspection, name);
  return symbol !== undefined && isLibrarySymbol(symbol, inspection.program);
}

function method(inspection: Inspection, member: ts.MethodDeclaration, role: Role): undefined {
  const name = ts.isIdentifier(member.name) ? member.name.text : '';
  if (inherited.has(name)) refuse(inspection, member.name, reasons.inherited);
  if (member.questionToken) refuse(inspection, member, reasons.maybe);
  const initial = role === 'machine' && name === 'initial';
  if (hasModifier(member, SyntaxKind.StaticKeyword) && !initial)
    refuse(inspection, member, reasons.static);
}

const reasons = {
  generic: {
    why: 'generics come with a later version',
    instead: 'the type that it is used with',
  },
  merged: {
    construct: 'merged declaration',
    why: 'another declaration of this name adds members that are not written here',
    instead: 'one declaration with all members',
  },
  error: {
    construct: 'error class',
    why: 'an error is known by its class alone',
    instead: 'class Full extends Error {}',
  },
  handles: {
    construct: 'handle',
    why: 'the lower machine has one user, and one name in it',
    instead: 'one field that holds it',
  },
  machineHandle: {
    construct: 'handle',
    why: 'a machine is its own state, and stands on nothing',
    instead: 'fields with the state',
  },
  inheritance: {
    construct: 'inheritance',
    why: 'what a method does would depend on the class of the object',
    instead: 'one class that does the whole work; only class Full extends Error {} is read',
  },
  static: {
    construct: 'static member',
    why: 'a class has no state of its own; of a machine, static initial() and symmetric are read',
    instead: 'a field, or a function or constant of the module',
  },
  definite: { why: 'nobody knows that it has a value', instead: 'a value at once' },
  inherited: {
    why: 'every object inherits a member of this name, or the language calls it',
    instead: 'another name',
  },
  constructor: {
    construct: 'constructor',
    why: 'it runs at every start: it sets fields, and does nothing else',
    instead: 'this.field = value; anything else in init() or recover()',
  },
  early: {
    construct: 'ThisKeyword',
    why: 'the object is not complete here: fields may have no value yet',
    instead: 'the value itself',
  },
  call: {
    construct: 'constructor',
    why: 'it runs at every start: it sets fields, and does nothing else',
    instead: 'a literal or a parameter; calls in init() or recover()',
  },
  maybe: {
    construct: 'optional method',
    why: 'whether it is there is not in the model',
    instead: 'a method',
  },
} satisfies Record<string, Reason>;
