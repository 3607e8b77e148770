/**
 * Generic functions, read once for every list of types that they are called with.
 *
 * Within such a reading a type parameter stands for a type of the representation, which the type
 * checker is carried along with.
 */
import ts from '@typescript/typescript6';
import type { Type } from '../ir.ts';
import { admits, describeType, nullType, typeKey, undefinedType, without } from '../type.ts';
import { type Context, type Reader, refuse } from './context.ts';
import { typeOf } from './types.ts';

type Meanings = ReadonlyMap<ts.Symbol, Type>;

const meanings = new WeakMap<ts.TypeChecker, Meanings>();

/** What a type parameter stands for in this reading. */
export function meaningOf(checker: ts.TypeChecker, type: ts.Type): Type | undefined {
  return meanings.get(checker)?.get(type.symbol);
}

export function isInstance(checker: ts.TypeChecker): boolean {
  return meanings.has(checker);
}

/** Where a function is read for some types, and what tells that reading from others. */
export interface Instance {
  readonly reader: Reader;
  readonly suffix: string;
}

/** More readings of one function within each other than this never end. */
const deepest = 8;

export function instanceOf(
  context: Context,
  node: ts.CallExpression,
  declaration: ts.Declaration,
): Instance {
  const { reader } = context;
  const parameters = typeParametersOf(declaration);
  if (parameters.length === 0) return { reader, suffix: '' };
  const { checker } = reader;
  const signature = checker.getResolvedSignature(node);
  const given = signature && checker.getTypeArgumentsForResolvedSignature(signature);
  if (!given || given.length !== parameters.length)
    return refuse(node, 'for which types this is called is not known', 'f<number>(x)');
  const types = given.map((type) => argument(checker, node, type));
  const symbols = parameters.map((parameter) => checker.getSymbolAtLocation(parameter.name)!);
  const made: ts.TypeChecker = Object.create(checker);
  meanings.set(made, new Map(symbols.map((symbol, i) => [symbol, types[i]!])));
  const suffix = `<${types.map(typeKey).join()}>`;
  const name = `#${ts.getNameOfDeclaration(declaration)?.getText()}<`;
  if ([...reader.open].filter((key) => key.includes(name)).length > deepest)
    refuse(node, 'this calls itself for ever other types', 'a function for one type');
  return { reader: { ...reader, checker: made }, suffix };
}

/** Mutable arrays and states have one name each: a function for any type cannot see to that. */
function argument(checker: ts.TypeChecker, node: ts.CallExpression, type: ts.Type): Type {
  const lowered = typeOf(checker, type, node);
  const parts = lowered.kind === 'union' ? lowered.of : [lowered];
  const changing = parts.find(
    (part) =>
      part.kind === 'object' || part.kind === 'bytes' || (part.kind === 'array' && part.mutable),
  );
  if (!changing) return lowered;
  return refuse(
    node,
    `a type parameter stands for values that do not change, and not for ${describeType(changing)}`,
    'readonly T[] as the type of the parameter, or a function for this type',
    'type argument',
  );
}

export function typeParametersOf(
  declaration: ts.Declaration,
): readonly ts.TypeParameterDeclaration[] {
  const callable =
    ts.isVariableDeclaration(declaration) && declaration.initializer
      ? declaration.initializer
      : declaration;
  return ts.isFunctionDeclaration(callable) || ts.isArrowFunction(callable)
    ? (callable.typeParameters ?? [])
    : [];
}

/** `T & {}`, `T & ({} | null)` and `T & null`: what the checker leaves of a type parameter. */
export function narrowedMeaning(
  checker: ts.TypeChecker,
  type: ts.IntersectionType,
): Type | 'nothing' | undefined {
  const parameter = type.types.find((part) => meaningOf(checker, part));
  const meaning = parameter && meaningOf(checker, parameter);
  if (!meaning) return undefined;
  const others = type.types.filter((part) => part !== parameter);
  const kinds = (meaning.kind === 'union' ? meaning.of : [meaning]).map((t) => t.kind);
  const [other] = others;
  if (!other || others.length > 1) return undefined;
  if (other.flags & ts.TypeFlags.Null) return kinds.includes('null') ? nullType : 'nothing';
  if (other.flags & ts.TypeFlags.Undefined)
    return kinds.includes('undefined') ? undefinedType : 'nothing';
  const anything = other.flags & ts.TypeFlags.Object && checker.typeToString(other) === '{}';
  return anything ? (without(meaning, ['null', 'undefined']) ?? 'nothing') : undefined;
}

/** What `x!` says that `x` is not: of a type parameter, not what that stands for itself. */
export function notMeant(
  checker: ts.TypeChecker,
  type: ts.Type,
): readonly ('null' | 'undefined')[] {
  const parts = type.isUnion() ? type.types : [type];
  const meant = parts.flatMap((part) => meaningOf(checker, part) ?? []);
  return (['null', 'undefined'] as const).filter((kind) => !meant.some((t) => admits(t, kind)));
}
