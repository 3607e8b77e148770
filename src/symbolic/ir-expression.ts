/** Positions, types and expressions of the representation. See ir.ts. */

/** A place in a source file. Lines and columns count from 1; `file` is an absolute path. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The range of an integer: ±(2^53 - 1), a fixed width, or none. */
export type Range = 'safe' | 'u8' | 'u16' | 'u32' | 'u64' | 'big';

export type Type =
  | { readonly kind: 'boolean' }
  /** `among`: the only values it may have, in ascending order, as in `0 | 1`. */
  | { readonly kind: 'integer'; readonly range: Range; readonly among?: readonly bigint[] }
  | { readonly kind: 'block' }
  /** Any text. The prover sees which number it has among all texts. */
  | { readonly kind: 'string' }
  /** Uint8Array. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'array'; readonly element: Type; readonly mutable: boolean }
  /** A Map; without `value`, a Set. Keys are what `===` compares by value. */
  | {
      readonly kind: 'map';
      readonly key: Type;
      readonly value?: Type;
      readonly mutable: boolean;
    }
  /** Structural; fields sorted by name. */
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  /** One string, as in the tag of a union; one boolean: only as the field of a record. */
  | { readonly kind: 'literal'; readonly value: string | boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'undefined' }
  /** At least two alternatives, none itself a union, in canonical order, told apart at run time. */
  | { readonly kind: 'union'; readonly of: readonly Type[] }
  /** The state of a machine or of an implementation: only `this`, ghosts and `new` have it. */
  | { readonly kind: 'object'; readonly class: ClassKey };

export interface Field {
  readonly name: string;
  readonly type: Type;
}

/** Absolute file, '#', name: unique in a program. Methods are `file#Class.method`. */
export type ClassKey = string;
export type FunctionKey = string;
export type CodecKey = string;

/** Unique within one function: the name in the source, then `#` and a number if needed. */
export type Variable = string;

/** Pure functions of the language and its library that have a meaning of their own. */
export type Intrinsic =
  | 'not' // boolean
  | 'negate' // integer
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divideFloor' // Math.floor(a / b); obligation b > 0
  | 'remainder' // a % b; obligation a >= 0 and b > 0
  | 'less'
  | 'lessOrEqual'
  | 'equal' // integers, booleans, strings, literals, null, undefined, unions; never references
  | 'and' // short-circuit: the second is evaluated only if the first is true
  | 'or' // short-circuit: the second is evaluated only if the first is false
  | 'implies' // ghost only
  | 'minimum'
  | 'maximum'
  | 'absolute'
  | 'bitAnd' // u8, u16, u32 and u64 only
  | 'bitOr'
  | 'bitXor'
  | 'shiftLeft' // second a constant from 0 to 31 (63 for u64); result before any wrapping
  | 'shiftRight'
  | 'wrap' // to the range of the node's type: value modulo 2^width
  | 'toBig' // number to bigint
  | 'toNumber' // bigint to number; obligation: safe
  | 'sameBlock'
  | 'isSealed'
  | 'sameBlocks'
  | 'zeroBlock'
  | 'length' // array or bytes
  | 'element' // array or bytes, index; obligation 0 <= index < length
  | 'elementOrUndefined' // array, index; undefined outside; the type is a union with undefined
  | 'with' // array or bytes, index, value: a copy with one element replaced; obligation in bounds
  | 'append' // array, value: a copy with one element more
  | 'dropLast' // array: a copy without its last element; obligation length > 0
  | 'slice' // array or bytes, from, to; obligation 0 <= from <= to <= length
  | 'concat' // two arrays or two bytes
  | 'filled' // length, value: an array of equal elements; obligation length >= 0
  | 'zeroBytes' // length: bytes of zeros; obligation length >= 0
  | 'emptyMap' // a map or set without entries
  | 'size' // of a map or set
  | 'hasKey' // map or set, key
  | 'lookUp' // map, key; undefined where there is no entry: a union with undefined
  | 'withEntry' // map, key, value: a copy with this entry
  | 'withKey' // set, key: a copy with it
  | 'withoutKey' // map or set, key: a copy without it
  | 'sameMap' // two maps or sets: the same entries, in whatever order
  | 'stateOf'; // ghost only: the state of the lower machine; no arguments; type object

/** What is made of a sequence, element by element. */
export type EachForm =
  | 'map' // the values of the closure
  | 'filter' // the elements for which it is true
  | 'every' // whether it is true for all; those behind a false one are not looked at
  | 'some' // whether it is true for one; those behind it are not looked at
  | 'first'; // the least index for which it is true, or -1

export type Expression = { readonly at: Position; readonly type: Type } & (
  | { readonly kind: 'constant'; readonly value: boolean | bigint | string | null | undefined }
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** The object whose method runs; type object. */
  | { readonly kind: 'self' }
  /** A field of a record, or of an object's state. */
  | { readonly kind: 'field'; readonly of: Expression; readonly name: string }
  | {
      readonly kind: 'apply';
      readonly function: Intrinsic;
      readonly arguments: readonly Expression[];
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
    }
  /** Fields in the order of evaluation; every field of the type occurs once. */
  | {
      readonly kind: 'record';
      readonly fields: readonly { readonly name: string; readonly value: Expression }[];
    }
  | { readonly kind: 'array'; readonly elements: readonly Expression[] }
  /** Whether a value of a union is one of the alternatives of `is`. */
  | { readonly kind: 'is'; readonly value: Expression; readonly is: Type }
  /**
   * The same value at another type: into or out of a union, between integer ranges, a record with
   * fewer fields. Narrowing is an obligation: the value must be of this node's type.
   */
  | { readonly kind: 'convert'; readonly value: Expression }
  /** A pure, loop-free, non-recursive function or method, evaluated in place. */
  | {
      readonly kind: 'invoke';
      readonly function: FunctionKey;
      readonly self?: Expression;
      readonly arguments: readonly Expression[];
    }
  /** The block of a value, or the value in a block. */
  | {
      readonly kind: 'codec';
      readonly codec: CodecKey;
      readonly does: 'encode' | 'decode';
      readonly argument: Expression;
    }
  /** Over the elements of a sequence, first to last; `body` is the closure's value for one. */
  | {
      readonly kind: 'each';
      readonly form: EachForm;
      readonly of: Expression;
      readonly index: Variable;
      readonly element: Variable;
      readonly body: Expression;
    }
  /** Ghost only: over the integers i with low <= i < high. */
  | {
      readonly kind: 'quantified';
      readonly quantifier: 'forall' | 'exists';
      readonly variable: Variable;
      readonly low: Expression;
      readonly high: Expression;
      readonly body: Expression;
    }
  /** Ghost only: over the keys of a map or set. */
  | {
      readonly kind: 'everyKey';
      readonly of: Expression;
      readonly variable: Variable;
      readonly body: Expression;
    }
);
