/** Types of the checker as types of the intermediate representation. */
import ts from '@typescript/typescript6';
import type { ClassKey, Type } from '../ir.ts';
import {
  alternativesOf,
  arrayType,
  big,
  blockType,
  booleanType,
  bytesType,
  describeType,
  integerOf,
  literal,
  nullType,
  type RecordType,
  recordType,
  safe,
  sameType,
  stringType,
  undefinedType,
  unionOf,
} from '../type.ts';
import { refuse } from './context.ts';
import { isInstance, meaningOf, narrowedMeaning } from './instances.ts';
import { declarationOf, libraryName, modelName } from './origin.ts';

const { TypeFlags } = ts;

/** The type as values have it; `node` is where a refusal points. */
export function typeOf(checker: ts.TypeChecker, type: ts.Type, node: ts.Node): Type {
  return new Lowering(checker, node).lower(type);
}

/** The type under the promise, if it is one. */
export function awaited(checker: ts.TypeChecker, type: ts.Type): ts.Type {
  return isPromise(type) ? (checker.getAwaitedType(type) ?? type) : type;
}

export function isPromise(type: ts.Type): boolean {
  const name = libraryName(type.getSymbol());
  return name === 'Promise' || name === 'PromiseLike';
}

/** What a handle's type says: the machine below, and whether its operations are promises. */
export function handleOf(type: ts.Type): { machine: ts.Type; async: boolean } | undefined {
  const alias = modelName(type.aliasSymbol);
  if (alias !== 'Operations' && alias !== 'AsyncOperations') return undefined;
  const machine = type.aliasTypeArguments?.[0];
  return machine && { machine, async: alias === 'AsyncOperations' };
}

export function classKey(declaration: ts.ClassDeclaration): ClassKey {
  return `${declaration.getSourceFile().fileName}#${declaration.name?.text ?? 'default'}`;
}

/** The class whose instances have this type. */
export function classOf(type: ts.Type): ts.ClassDeclaration | undefined {
  const declaration = type.symbol && declarationOf(type.symbol);
  return declaration && ts.isClassDeclaration(declaration) ? declaration : undefined;
}

class Lowering {
  readonly #checker: ts.TypeChecker;
  readonly #node: ts.Node;
  readonly #open = new Set<ts.Type>();

  constructor(checker: ts.TypeChecker, node: ts.Node) {
    this.#checker = checker;
    this.#node = node;
  }

  lower(type: ts.Type): Type {
    const { flags } = type;
    if (flags & TypeFlags.BooleanLike) return booleanType;
    if (type.isNumberLiteral()) return this.#numbers(type.value);
    if (flags & TypeFlags.Number) return safe;
    if (flags & TypeFlags.BigIntLiteral) return this.#bigints(type as ts.BigIntLiteralType);
    if (flags & TypeFlags.BigInt) return big;
    if (flags & TypeFlags.String) return stringType;
    if (type.isStringLiteral()) return literal(type.value);
    if (flags & TypeFlags.Null) return nullType;
    if (flags & (TypeFlags.Undefined | TypeFlags.Void)) return undefinedType;
    if (type.isUnion()) return this.#union(type);
    if (flags & TypeFlags.TypeParameter)
      return meaningOf(this.#checker, type) ?? this.#refuse(type);
    if (type.isIntersection()) return this.#intersection(type);
    if (flags & TypeFlags.Object) return this.#object(type as ts.ObjectType);
    return this.#refuse(type);
  }

  #numbers(value: number): Type {
    if (!Number.isSafeInteger(value)) return this.#refuseValue(`${value} is not a safe integer`);
    return { kind: 'integer', range: 'safe', among: [BigInt(value)] };
  }

  #bigints(type: ts.BigIntLiteralType): Type {
    const value = BigInt(type.value.base10Value) * (type.value.negative ? -1n : 1n);
    return { kind: 'integer', range: 'big', among: [value] };
  }

  #union(type: ts.UnionType): Type {
    const members = type.types.filter((t) => !this.#isEmpty(t));
    const union = unionOf(members.map((t) => this.lower(t)));
    if (union.kind !== 'union') return union;
    const objects = union.of.filter((t) =>
      ['block', 'bytes', 'array', 'map', 'object'].includes(t.kind),
    );
    if (objects.some((t) => t.kind === 'map'))
      return this.#refuseValue('a map or set is not one of several alternatives');
    const records = union.of.filter((t) => t.kind === 'record');
    if (
      objects.length + Math.min(records.length, 1) > 1 ||
      objects.some((t) => t.kind === 'object')
    )
      return this.#refuseValue(`the alternatives of ${describeType(union)} cannot be told apart`);
    if (union.of.filter((t) => t.kind === 'integer').length > 1)
      return this.#refuseValue('a union of number and bigint is not in the subset');
    if (records.length > 1 && !tagged(records))
      return this.#refuseValue(
        'the records of a union must be told apart by a field, another string or boolean in each',
      );
    return union;
  }

  /** A type parameter that stands for something else than this part of it. */
  #isEmpty(type: ts.Type): boolean {
    return type.isIntersection() && narrowedMeaning(this.#checker, type) === 'nothing';
  }

  /** A branded number, a record in parts, or what is left of a type parameter. */
  #intersection(type: ts.IntersectionType): Type {
    const narrowed = narrowedMeaning(this.#checker, type);
    if (narrowed && narrowed !== 'nothing') return narrowed;
    const width = this.#width(type);
    if (width !== undefined) return integerOf(`u${width}` as 'u8' | 'u16' | 'u32' | 'u64');
    if (type.types.every((t) => t.flags & TypeFlags.Object)) return this.#record(type);
    return this.#refuse(type);
  }

  #width(type: ts.IntersectionType): number | undefined {
    for (const part of type.types) {
      if (!(part.flags & TypeFlags.Object)) continue;
      const [brand, ...others] = part.getProperties();
      if (!brand || others.length > 0 || !isBrand(brand)) continue;
      const width = this.#checker.getTypeOfSymbol(brand);
      if (width.isNumberLiteral()) return width.value;
    }
    return undefined;
  }

  #object(type: ts.ObjectType): Type {
    if (modelName(type.symbol) === 'Block') return blockType;
    if (libraryName(type.symbol) === 'Uint8Array') return bytesType;
    const name = libraryName(type.symbol) ?? '';
    if (collections.has(name)) return this.#collection(type as ts.TypeReference, name);
    if (this.#checker.isArrayType(type)) {
      const element = this.#checker.getTypeArguments(type as ts.TypeReference)[0]!;
      const immutable = libraryName(type.symbol) === 'ReadonlyArray';
      return arrayType(this.#value(element), !immutable);
    }
    if (this.#checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference);
    const declaration = classOf(type);
    if (declaration) return { kind: 'object', class: classKey(declaration) };
    return this.#record(type);
  }

  #collection(type: ts.TypeReference, name: string): Type {
    const [key, value] = this.#checker.getTypeArguments(type).map((t) => this.#value(t));
    const mutable = !name.startsWith('Readonly');
    if (!key || !isKey(key))
      return this.#refuseValue('a key is an integer, a boolean, a string or a tag');
    return { kind: 'map', key, mutable, ...(value && name.endsWith('Map') ? { value } : {}) };
  }

  #tuple(type: ts.TupleTypeReference): Type {
    const elements = this.#checker.getTypeArguments(type).map((t) => this.#value(t));
    const plain = type.target.elementFlags.every((flag) => flag === ts.ElementFlags.Required);
    const joined = elements.length > 0 ? unionOf(elements) : undefined;
    if (!plain || !joined || (joined.kind === 'union' && !elements.every(isLiteral)))
      return this.#refuseValue('a tuple of different types is not in the subset');
    return arrayType(joined, !type.target.readonly);
  }

  #record(type: ts.Type): Type {
    if (type.getCallSignatures().length + type.getConstructSignatures().length > 0)
      return this.#refuseValue('a function is not a value of the subset');
    // Of what a mapped type makes of a parameter only the constraint is known.
    const { objectFlags } = type as ts.ObjectType;
    if (isInstance(this.#checker) && objectFlags & ts.ObjectFlags.Mapped) return this.#refuse(type);
    if (this.#checker.getIndexInfosOfType(type).length > 0 || libraryName(type.symbol))
      return this.#refuse(type);
    if (this.#open.has(type)) return this.#refuseValue('a type within itself is not in the subset');
    this.#open.add(type);
    const fields = type.getProperties().map((property) => this.#field(property));
    this.#open.delete(type);
    return recordType(fields);
  }

  #field(property: ts.Symbol): RecordType['fields'][number] {
    if (property.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor))
      return this.#refuseValue(`the property ${property.name} is not a plain value`);
    if (property.name.startsWith('__'))
      return this.#refuseValue('such a property name is not read');
    const type = this.#checker.getTypeOfSymbolAtLocation(property, this.#node);
    return { name: property.name, type: this.#fixed(type) ?? this.#value(type) };
  }

  /** `true` or `false` as the type of a field: it may be the tag of a union. */
  #fixed(type: ts.Type): Type | undefined {
    if (!(type.flags & TypeFlags.BooleanLiteral)) return undefined;
    return literal(this.#checker.typeToString(type) === 'true');
  }

  /** Inside of other values there are immutable values only. */
  #value(type: ts.Type): Type {
    const lowered = this.lower(type);
    if (lowered.kind === 'map')
      return this.#refuseValue('a map or set cannot be part of another value');
    if (lowered.kind === 'object')
      return this.#refuseValue('a machine or an implementation cannot be part of a value');
    if (lowered.kind === 'bytes' || (lowered.kind === 'array' && lowered.mutable))
      return this.#refuseValue(
        `${describeType(lowered)} can be changed, and so cannot be part of another value`,
      );
    return lowered;
  }

  #refuse(type: ts.Type): never {
    const text = this.#checker.typeToString(type);
    return this.#refuseValue(`the type ${text} is not in the subset`);
  }

  #refuseValue(why: string): never {
    const instead =
      'an integer, boolean, string, Block, Uint8Array, readonly array, record, or a union';
    return refuse(this.#node, why, instead);
  }
}

/** The property that only the branded integers have. */
function isBrand(property: ts.Symbol): boolean {
  return modelName(property)?.startsWith('__@width') ?? false;
}

const collections: ReadonlySet<string> = new Set(['Map', 'Set', 'ReadonlyMap', 'ReadonlySet']);

/** What a map compares by value, as `===` does. */
function isKey(type: Type): boolean {
  const kinds: readonly Type['kind'][] = ['integer', 'boolean', 'string', 'literal', 'null'];
  return alternativesOf(type).every((t) => kinds.includes(t.kind) || t.kind === 'undefined');
}

const isLiteral = (type: Type): boolean => type.kind === 'literal';

/** Whether one field is a different literal in every record. */
function tagged(records: readonly Type[]): boolean {
  const all = records as readonly RecordType[];
  return all[0]!.fields.some((field) => {
    const tags = all.map((r) => r.fields.find((f) => f.name === field.name)?.type);
    if (!tags.every((tag) => tag?.kind === 'literal')) return false;
    return tags.every((tag, i) => tags.findIndex((other) => sameType(other!, tag!)) === i);
  });
}
