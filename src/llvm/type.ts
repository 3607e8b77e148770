/** The types of LLVM IR that programs without floating point and vectors need. */

export type Type =
  | VoidType
  | PointerType
  | IntegerType
  | ArrayType
  | StructType
  | { readonly kind: 'label' }
  | { readonly kind: 'metadata' }
  | FunctionType;

export interface VoidType {
  readonly kind: 'void';
}

export interface PointerType {
  readonly kind: 'pointer';
}

export interface IntegerType {
  readonly kind: 'integer';
  readonly width: number;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly count: number;
  readonly element: Type;
}

export interface StructType {
  readonly kind: 'struct';
  /** Without `%`; absent for a literal structure. */
  readonly name?: string;
  readonly fields: readonly Type[];
  readonly packed: boolean;
  /** Declared as `opaque`: it has no size. */
  readonly opaque: boolean;
}

export interface FunctionType {
  readonly kind: 'function';
  readonly result: Type;
  readonly parameters: readonly Type[];
  readonly variadic: boolean;
}

export const pointer: PointerType = { kind: 'pointer' };
export const nothing: VoidType = { kind: 'void' };

export function integer(width: number): IntegerType {
  return { kind: 'integer', width };
}

/** Structures with a name are the same if they are one; others if they look alike. */
export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind === 'integer') return b.kind === 'integer' && a.width === b.width;
  if (a.kind === 'array')
    return b.kind === 'array' && a.count === b.count && sameType(a.element, b.element);
  if (a.kind === 'struct') return b.kind === 'struct' && sameStruct(a, b);
  if (a.kind === 'function') return b.kind === 'function' && sameFunction(a, b);
  return a.kind === b.kind;
}

function sameStruct(a: StructType, b: StructType): boolean {
  if (a.name !== undefined || b.name !== undefined) return false;
  return a.packed === b.packed && sameTypes(a.fields, b.fields);
}

function sameFunction(a: FunctionType, b: FunctionType): boolean {
  return (
    sameType(a.result, b.result) &&
    a.variadic === b.variadic &&
    sameTypes(a.parameters, b.parameters)
  );
}

function sameTypes(a: readonly Type[], b: readonly Type[]): boolean {
  return a.length === b.length && a.every((type, i) => sameType(type, b[i]!));
}

export function showType(type: Type): string {
  switch (type.kind) {
    case 'integer':
      return `i${type.width}`;
    case 'pointer':
      return 'ptr';
    case 'array':
      return `[${type.count} x ${showType(type.element)}]`;
    case 'struct':
      return type.name === undefined ? showFields(type) : `%${type.name}`;
    case 'function':
      return `${showType(type.result)} (${parameters(type)})`;
    default:
      return type.kind;
  }
}

function showFields({ fields, packed }: StructType): string {
  const inner = fields.length === 0 ? '{}' : `{ ${fields.map(showType).join(', ')} }`;
  return packed ? `<${inner}>` : inner;
}

function parameters(type: FunctionType): string {
  return [...type.parameters.map(showType), ...(type.variadic ? ['...'] : [])].join(', ');
}
