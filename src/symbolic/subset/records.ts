/**
 * Records, and the types of what is declared.
 *
 * A value may have more properties than its type says. They are never seen, except where a spread
 * or an optional property brings them back: there the model and JavaScript would part.
 */
import ts from '@typescript/typescript6';
import { isExact } from '../reader/exact.ts';
import { isNothing } from './closures.ts';
import {
  bare,
  type Frame,
  hasModifier,
  type Inspection,
  isAssignment,
  isStep,
  isValue,
  type Reason,
  type Rule,
  refuse,
} from './inspection.ts';
import { sourcesOf } from './places.ts';
import { inherited, isClass, isMutable, isRecord, isSequence, typeProblem } from './types.ts';

const { SymbolFlags } = ts;

export const records: Rule = (node, frame, inspection) => {
  if (ts.isObjectLiteralExpression(node)) literal(node, frame, inspection);
  if (ts.isSpreadElement(node)) spreadElement(node, inspection);
  if (isAssignment(node)) assignment(node.left, frame, inspection);
  if (isStep(node)) assignment(node.operand, frame, inspection);
  if (isValue(node)) conversion(node, inspection);
};

function literal(
  node: ts.ObjectLiteralExpression,
  frame: Frame,
  inspection: Inspection,
): undefined {
  node.properties.forEach((property, i) => {
    if (ts.isSpreadAssignment(property)) {
      if (i > 0 && !isExact(inspection.checker, property.expression))
        refuse(inspection, property, reasons.spread);
      const type = inspection.checker.getTypeAtLocation(property.expression);
      if (!isRecord(inspection, type) || typeProblem(inspection, type, { objects: frame.ghost }))
        refuse(inspection, property, reasons.spreadOf);
      return;
    }
    const { name } = property;
    if (name && ts.isIdentifier(name) && inherited.has(name.text))
      refuse(inspection, name, reasons.inherited);
    if (name && ts.isStringLiteral(name) && inherited.has(name.text))
      refuse(inspection, name, reasons.inherited);
    if (name && ts.isNumericLiteral(name)) refuse(inspection, name, reasons.number);
    if (ts.isMethodDeclaration(property)) refuse(inspection, property, reasons.method);
  });
}

/** `[...xs]` of arrays only: other things can be spread too, by code of their own. */
function spreadElement(node: ts.SpreadElement, inspection: Inspection): undefined {
  if (!ts.isArrayLiteralExpression(node.parent)) return refuse(inspection, node, reasons.arguments);
  const type = inspection.checker.getTypeAtLocation(node.expression);
  if (!inspection.checker.isArrayType(type) && !inspection.checker.isTupleType(type))
    refuse(inspection, node, reasons.iterable);
}

/** Variables, fields of `this` and elements: nothing else is assigned to. */
function assignment(left: ts.Expression, frame: Frame, inspection: Inspection): undefined {
  const target = bare(left);
  if (ts.isIdentifier(target) || ts.isElementAccessExpression(target)) return;
  if (ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target))
    return refuse(inspection, target, reasons.pattern);
  if (!ts.isPropertyAccessExpression(target)) return refuse(inspection, target, reasons.target);
  const own = bare(target.expression).kind === ts.SyntaxKind.ThisKeyword;
  if (isSequence(inspection, inspection.checker.getTypeAtLocation(target.expression)))
    return refuse(inspection, target, reasons.length);
  if (!own) return refuse(inspection, target, reasons.property);
  const symbol = inspection.checker.getSymbolAtLocation(target.name);
  if (symbol && symbol.flags & SymbolFlags.Method)
    return refuse(inspection, target, reasons.replaced);
  const constructing = frame.within && ts.isConstructorDeclaration(frame.within);
  if (frame.role === undefined && !constructing) refuse(inspection, target, reasons.property);
}

/** From a type without a property to one where it is optional: there may be one all the same. */
function conversion(node: ts.Expression, inspection: Inspection): undefined {
  // Of a conditional, each branch; of a literal, everything is known.
  if (ts.isObjectLiteralExpression(node) || sourcesOf(node)[0] !== node) return;
  const { checker } = inspection;
  const wanted = checker.getContextualType(node);
  if (!wanted) return;
  const given = checker.getTypeAtLocation(node);
  if (given === wanted) return;
  if (bringsBack(inspection, given, wanted, 0)) refuse(inspection, node, reasons.optional);
}

/** Deep enough for any type that a person writes; beyond that the answer is yes. */
const deepest = 8;

function bringsBack(
  inspection: Inspection,
  given: ts.Type,
  wanted: ts.Type,
  depth: number,
): boolean {
  if (given === wanted) return false;
  if (depth > deepest) return true;
  if (given.isUnion())
    return given.types.some((each) => bringsBack(inspection, each, wanted, depth + 1));
  if (wanted.isUnion())
    return wanted.types.some((each) => bringsBackTo(inspection, given, each, depth));
  return bringsBackTo(inspection, given, wanted, depth);
}

function bringsBackTo(
  inspection: Inspection,
  given: ts.Type,
  wanted: ts.Type,
  depth: number,
): boolean {
  const { checker } = inspection;
  if (!checker.isTypeAssignableTo(given, wanted)) return false;
  // Of a type parameter nothing is known but its constraint.
  const least =
    given.flags & ts.TypeFlags.Instantiable ? checker.getBaseConstraintOfType(given) : undefined;
  if (least) return bringsBack(inspection, least, wanted, depth + 1);
  if (checker.isArrayType(given) && checker.isArrayType(wanted)) {
    const [from, to] = [given, wanted].map(
      (each) => checker.getTypeArguments(each as ts.TypeReference)[0],
    );
    return from && to ? bringsBack(inspection, from, to, depth + 1) : false;
  }
  if (!isRecord(inspection, given) || !isRecord(inspection, wanted)) return false;
  return wanted.getProperties().some((property) => {
    const source = given.getProperty(property.name);
    if (!source) return (property.flags & SymbolFlags.Optional) !== 0;
    const [from, to] = [source, property].map((each) => checker.getTypeOfSymbol(each));
    return from && to ? bringsBack(inspection, from, to, depth + 1) : false;
  });
}

/** The types of what is declared, and of what is made. */
export const declaredTypes: Rule = (node, frame, inspection) => {
  const { checker } = inspection;
  if (node === frame.within) result(frame.within, frame, inspection);
  if (ts.isCatchClause(node.parent) && ts.isVariableDeclaration(node)) return;
  if (ts.isObjectLiteralExpression(node) && !frame.ghost) madeRecord(node, inspection);
  if (ts.isArrayLiteralExpression(node) && !frame.ghost) madeArray(node, inspection);
  const named =
    ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isPropertyDeclaration(node);
  if (!named || (!ts.isIdentifier(node.name) && !ts.isPrivateIdentifier(node.name))) return;
  if (ts.isParameter(node) && !frame.within) return;
  if (isNothing(inspection, node)) return;
  const type = checker.getTypeAtLocation(node);
  const optional = 'questionToken' in node && node.questionToken !== undefined;
  if (optional && ts.isPropertyDeclaration(node)) refuse(inspection, node, reasons.optionalField);
  const handle = ts.isPropertyDeclaration(node) || isConstructorParameter(node);
  const problem = typeProblem(inspection, type, { objects: frame.ghost, handle });
  if (problem) refuse(inspection, node, problem);
};

/** What a function gives back; only the first state of a machine is an object. */
function result(node: ts.SignatureDeclaration, frame: Frame, inspection: Inspection): undefined {
  if (ts.isConstructorDeclaration(node)) return;
  const signature = inspection.checker.getSignatureFromDeclaration(node);
  const type = signature && inspection.checker.getReturnTypeOfSignature(signature);
  if (!type) return;
  const first = frame.role === 'machine' && hasModifier(node, ts.SyntaxKind.StaticKeyword);
  const allowed = { objects: frame.ghost || first, promise: true };
  const problem = typeProblem(inspection, type, allowed);
  if (problem) refuse(inspection, node.type ?? node.name ?? node, problem);
}

function isConstructorParameter(node: ts.Node): boolean {
  return ts.isParameter(node) && ts.isConstructorDeclaration(node.parent);
}

function madeRecord(node: ts.ObjectLiteralExpression, inspection: Inspection): undefined {
  for (const property of inspection.checker.getTypeAtLocation(node).getProperties()) {
    const type = inspection.checker.getTypeOfSymbol(property);
    const declaration = property.valueDeclaration;
    if (!declaration || declaration.parent !== node) continue;
    if (isMutable(inspection, type) && !isReadonlyThere(node, property, inspection))
      refuse(inspection, declaration, reasons.nested);
    if (isClass(type)) refuse(inspection, declaration, reasons.object);
  }
}

/** A new array that is read-only from then on. */
function isReadonlyThere(
  node: ts.ObjectLiteralExpression,
  property: ts.Symbol,
  inspection: Inspection,
): boolean {
  const wanted = inspection.checker.getContextualType(node);
  const members = wanted?.isUnion() ? wanted.types : wanted ? [wanted] : [];
  const found = members.flatMap((each) => each.getProperty(property.name) ?? []);
  return (
    found.length > 0 &&
    found.every((each) => !isMutable(inspection, inspection.checker.getTypeOfSymbol(each)))
  );
}

function madeArray(node: ts.ArrayLiteralExpression, inspection: Inspection): undefined {
  for (const element of node.elements) {
    if (ts.isSpreadElement(element)) continue;
    if (ts.isOmittedExpression(element)) return refuse(inspection, element, reasons.hole);
    const type = inspection.checker.getTypeAtLocation(element);
    if (isMutable(inspection, type)) refuse(inspection, element, reasons.nested);
    if (isClass(type)) refuse(inspection, element, reasons.object);
  }
}

const reasons = {
  spread: {
    construct: 'SpreadAssignment',
    why: 'a record may have more properties than its type says, and they would replace others',
    instead: 'one spread, as the first part of the literal; other fields by their names',
  },
  spreadOf: {
    construct: 'SpreadAssignment',
    why: 'only records are spread into records',
    instead: 'the fields by their names',
  },
  inherited: {
    why: 'every object inherits a property of this name, or the language calls it',
    instead: 'another name',
  },
  number: { why: 'a record has names, not numbers', instead: 'an array' },
  method: {
    why: 'functions are not values; a closure is read where a function of arrays calls it',
    instead: 'a function of the module',
  },
  arguments: {
    why: 'how many arguments there are is not in the type',
    instead: 'a loop, or the array itself as argument',
  },
  iterable: {
    why: 'only arrays are spread',
    instead: 'an array',
  },
  pattern: {
    construct: 'destructuring assignment',
    why: 'in which order the parts are read and written matters',
    instead: 'const [a, b] = ..., or one assignment for each part',
  },
  target: { construct: 'assignment', why: 'this is no place', instead: 'a variable' },
  property: {
    construct: 'property assignment',
    why: 'records do not change, and other objects change themselves',
    instead: 'a new record: { ...old, name: value }',
  },
  length: {
    construct: 'length assignment',
    why: 'it removes elements, or makes holes',
    instead: 'a new array, as in xs = [], or pop()',
  },
  replaced: {
    construct: 'property assignment',
    why: 'a method that is replaced is not the one that was read',
    instead: 'a field that decides what the method does',
  },
  optional: {
    construct: 'optional property',
    why: 'the value may have a property that its type does not say, of another type',
    instead: 'the property as it is wanted: { ...x, name: undefined }',
  },
  optionalField: {
    why: 'whether it is there is not in the model',
    instead: 'name: T | undefined, with a value at once',
  },
  nested: {
    construct: 'mutable element',
    why: 'an array that can change inside of another value has two names',
    instead: 'readonly T[] as the type of the field or element',
  },
  object: {
    construct: 'class instance',
    why: 'an object with fields that change may have two names',
    instead: 'a record, or the fields that are meant',
  },
  hole: { why: 'a hole is not undefined', instead: 'undefined' },
} satisfies Record<string, Reason>;
