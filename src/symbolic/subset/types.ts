/** Which types a value may have. A whitelist: whatever is not recognised is refused. */
import ts from '@typescript/typescript6';
import { bare, type Inspection, type Reason } from './inspection.ts';
import { isLibrarySymbol } from './library.ts';
import { fixedWidth, handledMachine, isOwnType } from './own.ts';
import { reasons } from './type-reasons.ts';

export interface Allowed {
  /** The state of a machine or of an implementation, and mutable parts anywhere: ghost code. */
  readonly objects?: boolean;
  readonly promise?: boolean;
  readonly handle?: boolean;
}

const { TypeFlags } = ts;
const scalar =
  TypeFlags.BooleanLike |
  TypeFlags.NumberLike |
  TypeFlags.BigIntLike |
  TypeFlags.String |
  TypeFlags.StringLiteral |
  TypeFlags.Null |
  TypeFlags.Undefined |
  TypeFlags.Void |
  TypeFlags.Never;

/** Why a value may not have this type; undefined if it may. */
export function typeProblem(
  inspection: Inspection,
  type: ts.Type,
  allowed: Allowed = {},
  outer: readonly ts.Type[] = [],
): Reason | undefined {
  if (outer.includes(type)) return reasons.recursive;
  const inner = [...outer, type];
  if (type.flags & TypeFlags.Any) return reasons.any;
  if (type.flags & TypeFlags.Unknown) return reasons.unknown;
  if (type.flags & TypeFlags.EnumLike) return reasons.enumeration;
  if (type.flags & scalar) return numberProblem(type);
  if (type.flags & TypeFlags.StringLike) return reasons.text;
  if (type.flags & TypeFlags.TypeParameter) return isOfFunction(type) ? undefined : reasons.generic;
  if (type.isUnion()) return unionProblem(inspection, type, allowed, inner);
  if (fixedWidth(inspection, type)) return undefined;
  if (type.flags & TypeFlags.Object || type.isIntersection())
    return objectProblem(inspection, type, allowed, inner);
  return reasons.unread;
}

/** A parameter of a function, which is read for every type that it is called with. */
function isOfFunction(type: ts.Type): boolean {
  const declaration = type.symbol?.declarations?.[0]?.parent;
  return (
    declaration !== undefined &&
    (ts.isFunctionDeclaration(declaration) || ts.isArrowFunction(declaration))
  );
}

function numberProblem(type: ts.Type): Reason | undefined {
  return type.isNumberLiteral() && !Number.isSafeInteger(type.value) ? reasons.fraction : undefined;
}

function unionProblem(
  inspection: Inspection,
  type: ts.UnionType,
  allowed: Allowed,
  outer: readonly ts.Type[],
): Reason | undefined {
  if (type.types.some((member) => isCollection(inspection, member))) return reasons.mapWithin;
  for (const member of type.types) {
    const problem = typeProblem(inspection, member, { objects: allowed.objects ?? false }, outer);
    if (problem) return problem;
  }
  return toldApart(inspection, type.types) ? undefined : reasons.alike;
}

/** Whether a value of a union shows at run time which member it belongs to. */
function toldApart(inspection: Inspection, members: readonly ts.Type[]): boolean {
  const objects = members.filter((member) => member.flags & TypeFlags.Object);
  const widths = members.filter((member) => member.isIntersection());
  const numbers = members.filter((member) => member.flags & (TypeFlags.Number | TypeFlags.BigInt));
  if (widths.length > 1 || (widths.length === 1 && numbers.length > 0)) return false;
  if (new Set(numbers.map((member) => member.flags)).size > 1) return false;
  if (objects.length < 2) return true;
  if (!objects.every((member) => isRecord(inspection, member))) return false;
  const [first] = objects;
  return (first?.getProperties() ?? []).some((tag) => tellsApart(inspection, objects, tag.name));
}

function tellsApart(inspection: Inspection, records: readonly ts.Type[], name: string): boolean {
  const seen = new Set<ts.Type>();
  for (const record of records) {
    const tag = record.getProperty(name);
    if (!tag || tag.flags & ts.SymbolFlags.Optional) return false;
    const type = inspection.checker.getTypeOfSymbol(tag);
    for (const value of type.isUnion() ? type.types : [type]) {
      if (!(value.flags & TypeFlags.Unit) || seen.has(value)) return false;
      seen.add(value);
    }
  }
  return true;
}

function objectProblem(
  inspection: Inspection,
  type: ts.Type,
  allowed: Allowed,
  outer: readonly ts.Type[],
): Reason | undefined {
  const { checker } = inspection;
  if (isOwnType(type, 'Block') || isBytes(inspection, type)) return undefined;
  if (handledMachine(type)) return allowed.handle ? undefined : reasons.handle;
  if (isCollection(inspection, type)) return collectionProblem(inspection, type, outer);
  if (checker.isTupleType(type)) return tupleProblem(inspection, type, outer);
  if (checker.isArrayType(type)) {
    const element = checker.getTypeArguments(type as ts.TypeReference)[0];
    if (!element || element.flags & TypeFlags.Never) return undefined;
    if (isCollection(inspection, element)) return reasons.mapWithin;
    if (!allowed.objects && isMutable(inspection, element)) return reasons.nested;
    return typeProblem(inspection, element, { objects: allowed.objects ?? false }, outer);
  }
  if (isPromise(inspection, type)) {
    const [value] = checker.getTypeArguments(type as ts.TypeReference);
    if (!allowed.promise || !value) return reasons.promise;
    return typeProblem(inspection, value, {}, outer);
  }
  if (isClass(type)) return allowed.objects ? undefined : reasons.object;
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0)
    return reasons.function;
  if (checker.getIndexInfosOfType(type).length > 0) return reasons.keys;
  if (!isRecord(inspection, type)) return reasons.unread;
  return recordProblem(inspection, type, allowed, outer);
}

/** Keys that are compared by value, and values that do not change. */
function collectionProblem(
  inspection: Inspection,
  type: ts.Type,
  outer: readonly ts.Type[],
): Reason | undefined {
  const parts = inspection.checker.getTypeArguments(type as ts.TypeReference);
  const [key] = parts;
  if (!key || !isKey(inspection, key)) return reasons.key;
  for (const part of parts) {
    if (isCollection(inspection, part)) return reasons.mapWithin;
    if (isMutable(inspection, part)) return reasons.nested;
    const problem = typeProblem(inspection, part, {}, outer);
    if (problem) return problem;
  }
  return undefined;
}

function isKey(inspection: Inspection, type: ts.Type): boolean {
  return references(inspection, type).length === 0 && !(type.flags & TypeFlags.Any);
}

/** A map or set, read-only or not. */
export function isCollection(inspection: Inspection, type: ts.Type): boolean {
  const symbol = type.getSymbol();
  return (
    collections.has(symbol?.name ?? '') &&
    symbol !== undefined &&
    isLibrarySymbol(symbol, inspection.program)
  );
}

const collections: ReadonlySet<string> = new Set(['Map', 'Set', 'ReadonlyMap', 'ReadonlySet']);

/** Read-only, of a length that is known: an array whose length is in its type. */
function tupleProblem(
  inspection: Inspection,
  type: ts.Type,
  outer: readonly ts.Type[],
): Reason | undefined {
  const { target } = type as ts.TupleTypeReference;
  if (!target.readonly || target.elementFlags.some((each) => each !== ts.ElementFlags.Required))
    return reasons.tuple;
  for (const element of inspection.checker.getTypeArguments(type as ts.TypeReference)) {
    const problem = isMutable(inspection, element)
      ? reasons.nested
      : typeProblem(inspection, element, {}, outer);
    if (problem) return problem;
  }
  return undefined;
}

function recordProblem(
  inspection: Inspection,
  type: ts.Type,
  allowed: Allowed,
  outer: readonly ts.Type[],
): Reason | undefined {
  if (type.getProperties().length === 0) return reasons.empty;
  for (const property of type.getProperties()) {
    const value = inspection.checker.getTypeOfSymbol(property);
    if (inherited.has(property.name)) return reasons.inherited;
    if (property.flags & ts.SymbolFlags.Accessor) return reasons.accessor;
    if (isCollection(inspection, value)) return reasons.mapWithin;
    if (!allowed.objects && isMutable(inspection, value)) return reasons.nested;
    const inner = { objects: allowed.objects ?? false };
    const problem = typeProblem(inspection, value, inner, outer);
    if (problem) return problem;
  }
  return undefined;
}

/** Names that every object has already, so that one that is missing is not undefined. */
export const inherited: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'then',
]);

/** Whether a value of this type can be changed in place through any of its names. */
export function isMutable(inspection: Inspection, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some((member) => isMutable(inspection, member));
  if (isBytes(inspection, type)) return true;
  if (isCollection(inspection, type)) return !type.getSymbol()?.name.startsWith('Readonly');
  const { checker } = inspection;
  if (checker.isTupleType(type))
    return !((type as ts.TupleTypeReference).target as ts.TupleType).readonly;
  return checker.isArrayType(type) && type.getSymbol()?.name === 'Array';
}

/** An array of any kind, bytes, a map or a set. */
export function isSequence(inspection: Inspection, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some((member) => isSequence(inspection, member));
  return (
    inspection.checker.isArrayType(type) ||
    inspection.checker.isTupleType(type) ||
    isCollection(inspection, type) ||
    isBytes(inspection, type)
  );
}

export function isBytes(inspection: Inspection, type: ts.Type): boolean {
  return isLibraryType(inspection, type, 'Uint8Array');
}

export function isPromise(inspection: Inspection, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some((member) => isPromise(inspection, member));
  return (
    isLibraryType(inspection, type, 'Promise') || isLibraryType(inspection, type, 'PromiseLike')
  );
}

function isLibraryType(inspection: Inspection, type: ts.Type, name: string): boolean {
  const symbol = type.getSymbol();
  return symbol?.name === name && isLibrarySymbol(symbol, inspection.program);
}

export function isClass(type: ts.Type): boolean {
  return ((type.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Class) !== 0;
}

/** A plain object type of the user: properties, and nothing else. */
export function isRecord(inspection: Inspection, type: ts.Type): boolean {
  if (!(type.flags & TypeFlags.Object) || isClass(type)) return false;
  const symbol = type.getSymbol();
  if (symbol && isLibrarySymbol(symbol, inspection.program) && !type.aliasSymbol) return false;
  return (
    !isOwnType(type, 'Block') &&
    !inspection.checker.isArrayType(type) &&
    type.getCallSignatures().length === 0 &&
    type.getConstructSignatures().length === 0
  );
}

/** Whether every value of the type is a number (or a bigint), and no enum. */
export function isAll(inspection: Inspection, type: ts.Type, flags: ts.TypeFlags): boolean {
  if (type.flags & (TypeFlags.EnumLike | TypeFlags.Never)) return false;
  if (type.isUnion()) return type.types.every((member) => isAll(inspection, member, flags));
  if (type.isIntersection())
    return (
      fixedWidth(inspection, type) !== undefined &&
      type.types.some((each) => (each.flags & flags) !== 0)
    );
  return (type.flags & flags) !== 0;
}

/** The members of a union that are compared by identity. */
export function references(inspection: Inspection, type: ts.Type): readonly ts.Type[] {
  if (type.isUnion()) return type.types.flatMap((member) => references(inspection, member));
  if (type.isIntersection()) return fixedWidth(inspection, type) ? [] : [type];
  return type.flags & (TypeFlags.Object | TypeFlags.NonPrimitive | TypeFlags.Instantiable)
    ? [type]
    : [];
}

/** The type of an expression; of an element, that which it has within its array. */
export function typeWhereThere(checker: ts.TypeChecker, node: ts.Expression): ts.Type {
  const inner = bare(node);
  const of = ts.isElementAccessExpression(inner) && checker.getTypeAtLocation(inner.expression);
  const element = of && checker.getIndexTypeOfType(of, ts.IndexKind.Number);
  return element || checker.getTypeAtLocation(node);
}
