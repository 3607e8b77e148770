/**
 * The intermediate representation: what the reader makes of TypeScript, and what the interpreter
 * and the symbolic executor run. Small, typed, and with a source position on every node.
 *
 * Expressions are pure. Whatever has an effect, makes a choice or may throw is a statement, and
 * the reader has put the statements in JavaScript's order of evaluation.
 */

import type {
  ClassKey,
  CodecKey,
  Expression,
  FunctionKey,
  Position,
  Type,
  Variable,
} from './ir-expression.ts';

export type * from './ir-expression.ts';

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
  /** Some key of `of`, a map or set, that `except` does not have. JavaScript: the next one. */
  | {
      readonly kind: 'pick';
      readonly variable: Variable;
      readonly type: Type;
      readonly of: Expression;
      readonly except: Expression;
      /** The value of a map at this key. */
      readonly value?: { readonly variable: Variable; readonly type: Type };
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
  /** What a lemma ensures is known from here on; obligation: what it requires. */
  | {
      readonly kind: 'use';
      readonly lemma: FunctionKey;
      readonly arguments: readonly Expression[];
    }
  | {
      readonly kind: 'assume';
      readonly condition: Expression;
      readonly because: string;
      /** What a machine assumes is said as ghosts say it: with quantifiers, without obligations. */
      readonly ghost: boolean;
    }
);

/** What is known of a function wherever it is used, and is shown once. */
export interface Contract {
  /** A lemma returns nothing; its body is a proof. */
  readonly kind: 'lemma' | 'function';
  readonly requires: readonly Expression[];
  /** A function is called in them by its name. */
  readonly ensures: readonly { readonly at: Position; readonly holds: Expression }[];
  /** Becomes smaller, and is not negative, wherever the function calls itself. */
  readonly measure?: { readonly at: Position; readonly value: Expression };
  /** Of the body nothing is known elsewhere. */
  readonly opaque: boolean;
}

export interface Function {
  readonly key: FunctionKey;
  /** As a reader would say it: `Layer.write`. */
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
  /**
   * No effect, choice, throw or loop, and no recursion without a measure: it may be invoked within
   * an expression.
   */
  readonly pure: boolean;
  /** An invariant, an abstraction, a witness: integers are unbounded, indices unchecked. */
  readonly ghost: boolean;
  readonly async: boolean;
  /** Absent for most functions: then the body is all that there is to know. */
  readonly contract?: Contract;
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

/** A layer that a stack is made of, where it is declared and where the stack names it. */
export interface StackedLayer {
  readonly kind: 'layer';
  readonly name: string;
  readonly file: string;
  /** What it is called where the stack names it. */
  readonly called: string;
  readonly at: Position;
  readonly used: Position;
}

export type StackPart = StackedLayer | StackTree;

/** `compose(lower, upper)` or `beside(left, right)`, as written. */
export interface StackTree {
  readonly kind: 'compose' | 'beside';
  /** What the code is called by: a declared stack by its name. */
  readonly name?: string;
  readonly at: Position;
  readonly used: Position;
  readonly parts: readonly [StackPart, StackPart];
  /** Where recoveries are said to run in the other order. */
  readonly upperFirst?: Position;
}

/** A stack that a file exports: `export const name = compose(...)`. */
export type StackDeclaration = StackTree & { readonly name: string };

/** A declared codec: values in so many bytes. */
export interface CodecDeclaration {
  readonly key: CodecKey;
  readonly name: string;
  readonly at: Position;
  readonly bytes: number;
  readonly encode: FunctionKey;
  readonly decode: FunctionKey;
  /** Which values may be encoded; absent: all. */
  readonly accepts?: FunctionKey;
  /** The longest list that may be in what is encoded. */
  readonly longest?: number;
  /** Blocks begin with their checksum; of others nothing is decoded. */
  readonly sealed: boolean;
  readonly takes: Type;
  readonly gives: Type;
}

export interface Program {
  readonly functions: ReadonlyMap<FunctionKey, Function>;
  readonly classes: ReadonlyMap<ClassKey, Class>;
  readonly layers: readonly LayerDeclaration[];
  readonly stacks: readonly StackDeclaration[];
  readonly codecs: ReadonlyMap<CodecKey, CodecDeclaration>;
  /** Every source file read, with the SHA-256 of its text. Library files are not listed. */
  readonly files: ReadonlyMap<string, string>;
}
