/**
 * The intermediate representation: what the reader makes of TypeScript, and what the interpreter
 * and the symbolic executor run. Small, typed, and with a source position on every node.
 *
 * Expressions are pure. Whatever has an effect, makes a choice or may throw is a statement, and
 * the reader has put the statements in JavaScript's order of evaluation.
 */

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
  /** Uint8Array. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'array'; readonly element: Type; readonly mutable: boolean }
  /** Structural; fields sorted by name. */
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  /** One string, as in the tag of a union. */
  | { readonly kind: 'literal'; readonly value: string }
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

/** Unique within one function; starts with the name in the source, then `#` and a number if needed. */
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
  | 'equal' // integers, booleans, literals, null, undefined, unions of these; never references
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
  | 'stateOf'; // ghost only: the state of the lower machine; no arguments; type object

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
  /** Ghost only: over the integers i with low <= i < high. */
  | {
      readonly kind: 'quantified';
      readonly quantifier: 'forall' | 'exists';
      readonly variable: Variable;
      readonly low: Expression;
      readonly high: Expression;
      readonly body: Expression;
    }
);

export type Choice =
  | { readonly kind: 'boolean' }
  /** Both ends included; obligation low <= high. */
  | { readonly kind: 'integer'; readonly low: Expression; readonly high: Expression }
  | { readonly kind: 'block' }
  /** Any sequence of blocks, of any length. */
  | { readonly kind: 'blocks' }
  /** An element of an array; obligation: it is not empty. */
  | { readonly kind: 'element'; readonly of: Expression };

export type Callee =
  /** An operation of the lower machine, through the handle: an effect and a crash point. */
  | { readonly kind: 'lower'; readonly operation: string }
  /** A method of the same object. */
  | { readonly kind: 'method'; readonly function: FunctionKey }
  /** A function, or a static method. */
  | { readonly kind: 'function'; readonly function: FunctionKey };

/** Where an element is written: a local variable, or a field of `this`. */
export type Place =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'field'; readonly field: string };

export interface Handler {
  readonly error: ClassKey;
  readonly body: readonly Statement[];
}

export interface Invariant {
  readonly at: Position;
  readonly holds: Expression;
  /** Found by the reader from the shape of the loop, not written by the user. */
  readonly automatic: boolean;
}

export type Statement = {
  readonly at: Position;
} /** A new variable, or a new value for one that is there. */ & (
  | {
      readonly kind: 'assign';
      readonly variable: Variable;
      readonly value: Expression;
      readonly ghost: boolean;
    }
  | { readonly kind: 'assignField'; readonly field: string; readonly value: Expression }
  /** Obligation: 0 <= index < length. */
  | {
      readonly kind: 'assignElement';
      readonly place: Place;
      readonly index: Expression;
      readonly value: Expression;
    }
  | {
      readonly kind: 'choose';
      readonly variable: Variable;
      readonly type: Type;
      readonly choice: Choice;
    }
  | {
      readonly kind: 'call';
      readonly callee: Callee;
      readonly arguments: readonly Expression[];
      readonly result?: { readonly variable: Variable; readonly type: Type };
    }
  /** `new C(...)` of a machine: in `initial` and in witnesses only. */
  | {
      readonly kind: 'construct';
      readonly variable: Variable;
      readonly class: ClassKey;
      readonly arguments: readonly Expression[];
    }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  /** Each turn: `before`, then `condition`; if true `body`, then `after` (also upon continue). */
  | {
      readonly kind: 'loop';
      readonly before: readonly Statement[];
      readonly condition: Expression;
      readonly body: readonly Statement[];
      readonly after: readonly Statement[];
      readonly invariants: readonly Invariant[];
      /** Decreases with every turn and is not negative when `condition` is true. */
      readonly measure?: {
        readonly at: Position;
        readonly value: Expression;
        readonly automatic: boolean;
      };
    }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly value?: Expression }
  | { readonly kind: 'throw'; readonly error: ClassKey }
  /** An error that no handler names goes on. */
  | {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly Handler[];
    }
  | { readonly kind: 'assert' | 'requires'; readonly condition: Expression; readonly text: string }
  | { readonly kind: 'assume'; readonly condition: Expression; readonly because: string }
);

export interface Function {
  readonly key: FunctionKey;
  /** As a reader would say it: `Mirror.write`. */
  readonly name: string;
  readonly at: Position;
  readonly parameters: readonly {
    readonly variable: Variable;
    readonly type: Type;
    readonly at: Position;
  }[];
  /** `undefined` for a procedure. */
  readonly returns: Type;
  /** The class whose method this is. */
  readonly self?: ClassKey;
  readonly body: readonly Statement[];
  /** No effect, choice, throw, loop or recursion: it may be invoked within an expression. */
  readonly pure: boolean;
  /** An invariant, an abstraction, a witness: integers are unbounded, indices unchecked. */
  readonly ghost: boolean;
  readonly async: boolean;
}

export interface ClassField {
  readonly name: string;
  readonly at: Position;
  /** Absent for the handle of the lower machine. */
  readonly type?: Type;
  /** The machine below, when this field is its handle. */
  readonly lower?: ClassKey;
  readonly mutable: boolean;
}

export interface Class {
  readonly key: ClassKey;
  readonly name: string;
  readonly at: Position;
  readonly role: 'machine' | 'code' | 'error';
  readonly fields: readonly ClassField[];
  /** Assigns every field; its parameters include the handle's, which has no value here. */
  readonly construct: FunctionKey;
  readonly methods: readonly {
    readonly name: string;
    readonly function: FunctionKey;
    readonly visibility: 'public' | 'private';
    readonly static: boolean;
  }[];
}

/** A declared refinement, as written in a proof file. */
export interface LayerDeclaration {
  readonly name: string;
  readonly at: Position;
  readonly promise: ClassKey;
  readonly code: ClassKey;
  readonly on: ClassKey;
  /** (promise, lower, code) -> boolean; may take fewer parameters. */
  readonly abstraction: FunctionKey;
  /** (before, after, lower, ...arguments of the operation) -> boolean, for all or per operation. */
  readonly crash: { readonly all?: FunctionKey; readonly by: ReadonlyMap<string, FunctionKey> };
  /** (lower, code) -> promise: the promised state after initialisation. */
  readonly initially?: FunctionKey;
}

export interface Program {
  readonly functions: ReadonlyMap<FunctionKey, Function>;
  readonly classes: ReadonlyMap<ClassKey, Class>;
  readonly layers: readonly LayerDeclaration[];
  /** Every source file read, with the SHA-256 of its text. Library files are not listed. */
  readonly files: ReadonlyMap<string, string>;
}
