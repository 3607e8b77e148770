/** A module of LLVM IR as read: what is named here is all that has a meaning later. */
import type { Position } from './problem.ts';
import type { FunctionType, StructType, Type } from './type.ts';

export interface Module {
  readonly file: string;
  readonly layout: string;
  readonly triple: string;
  readonly structs: ReadonlyMap<string, StructType>;
  readonly globals: ReadonlyMap<string, Global>;
  readonly functions: ReadonlyMap<string, Routine>;
  readonly metadata: ReadonlyMap<string, Metadata>;
}

export interface Global {
  readonly name: string;
  readonly type: Type;
  /** Absent: defined in another module, so its contents are unknown. */
  readonly initial?: Constant;
  readonly constant: boolean;
  readonly align?: number;
  readonly debug?: string;
  readonly at: Position;
}

export interface Routine {
  readonly name: string;
  readonly type: FunctionType;
  readonly parameters: readonly Parameter[];
  /** What holds of the result. */
  readonly result: Claims;
  readonly attributes: ReadonlySet<string>;
  /** Empty for a declaration. The first one is entered. */
  readonly blocks: readonly Block[];
  readonly debug?: string;
  readonly at: Position;
}

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  readonly claims: Claims;
}

/** What attributes promise of a value. A broken promise is poison, or undefined behaviour. */
export interface Claims {
  readonly defined?: true;
  readonly nonnull?: true;
  readonly align?: bigint;
  readonly dereferenceable?: bigint;
  readonly dereferenceableOrNull?: bigint;
  /** From the first up to, without, the second, around the end if that is smaller. */
  readonly ranges?: readonly (readonly [bigint, bigint])[];
}

export interface Block {
  readonly name: string;
  readonly at: Position;
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  /** Absent if the result is `void`. */
  readonly result?: string;
  readonly type: Type;
  readonly operation: Operation;
  /** The key of its !DILocation. */
  readonly debug?: string;
  readonly at: Position;
}

export type Operand = LocalOperand | ConstantOperand;

export interface LocalOperand {
  readonly kind: 'local';
  readonly type: Type;
  readonly name: string;
  readonly at: Position;
}

export interface ConstantOperand {
  readonly kind: 'constant';
  readonly type: Type;
  readonly value: Constant;
}

export type Constant =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'null' }
  | { readonly kind: 'zero' }
  | { readonly kind: 'undef' }
  | { readonly kind: 'poison' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'global'; readonly name: string; readonly at: Position }
  | { readonly kind: 'aggregate'; readonly items: readonly ConstantOperand[] }
  | { readonly kind: 'expression'; readonly operation: Operation; readonly at: Position };

export const binaryOpcodes = [
  ...(['add', 'sub', 'mul', 'shl', 'udiv', 'sdiv', 'urem', 'srem'] as const),
  ...(['lshr', 'ashr', 'and', 'or', 'xor'] as const),
] as const;
export type BinaryOpcode = (typeof binaryOpcodes)[number];

export const castOpcodes = ['trunc', 'zext', 'sext', 'ptrtoint', 'bitcast'] as const;
export type CastOpcode = (typeof castOpcodes)[number];

export const predicates = [
  ...(['eq', 'ne', 'ugt', 'uge', 'ult', 'ule', 'sgt', 'sge', 'slt', 'sle'] as const),
] as const;
export type Predicate = (typeof predicates)[number];

export type Flag =
  | ('nsw' | 'nuw' | 'exact' | 'disjoint' | 'nneg' | 'samesign')
  | ('inbounds' | 'nusw');
export type Flags = ReadonlySet<Flag>;

export type Operation =
  | {
      readonly op: 'binary';
      readonly opcode: BinaryOpcode;
      readonly flags: Flags;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly op: 'cast';
      readonly opcode: CastOpcode;
      readonly flags: Flags;
      readonly value: Operand;
      readonly to: Type;
    }
  | {
      readonly op: 'icmp';
      readonly predicate: Predicate;
      readonly flags: Flags;
      readonly left: Operand;
      readonly right: Operand;
    }
  | ElementPointer
  | {
      readonly op: 'select';
      readonly condition: Operand;
      readonly then: Operand;
      readonly otherwise: Operand;
    }
  | { readonly op: 'freeze'; readonly value: Operand }
  | { readonly op: 'phi'; readonly incoming: readonly Incoming[] }
  | {
      readonly op: 'extractvalue';
      readonly aggregate: Operand;
      readonly path: readonly number[];
    }
  | {
      readonly op: 'insertvalue';
      readonly aggregate: Operand;
      readonly value: Operand;
      readonly path: readonly number[];
    }
  | { readonly op: 'alloca'; readonly allocated: Type; readonly align: number }
  | Load
  | Store
  | Call
  | { readonly op: 'ret'; readonly value?: Operand }
  | { readonly op: 'br'; readonly target: string }
  | {
      readonly op: 'condbr';
      readonly condition: Operand;
      readonly then: string;
      readonly otherwise: string;
    }
  | {
      readonly op: 'switch';
      readonly value: Operand;
      readonly otherwise: string;
      readonly cases: readonly { readonly value: bigint; readonly target: string }[];
    }
  | { readonly op: 'unreachable' };

export interface ElementPointer {
  readonly op: 'getelementptr';
  readonly flags: Flags;
  readonly source: Type;
  readonly base: Operand;
  readonly indices: readonly Operand[];
}

export interface Load {
  readonly op: 'load';
  readonly type: Type;
  readonly address: Operand;
  readonly align: number;
  readonly volatile: boolean;
  readonly claims: Claims;
}

export interface Store {
  readonly op: 'store';
  readonly value: Operand;
  readonly address: Operand;
  readonly align: number;
  readonly volatile: boolean;
}

export interface Incoming {
  readonly value: Operand;
  readonly from: string;
}

export interface Call {
  readonly op: 'call';
  readonly type: FunctionType;
  readonly callee: Operand | InlineAssembly;
  readonly arguments: readonly Argument[];
  /** What holds of the result. */
  readonly result: Claims;
  readonly attributes: ReadonlySet<string>;
}

export interface Argument {
  readonly value: Operand;
  readonly claims: Claims;
}

export interface InlineAssembly {
  readonly kind: 'assembly';
  readonly text: string;
  readonly constraints: string;
}

/** Metadata is kept as written; only debug information is looked into. */
export interface Metadata {
  /** Such as `DILocation`; absent for a plain tuple. */
  readonly name?: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly items: readonly string[];
}

/** Where an operation may go next. */
export function successors(operation: Operation): readonly string[] {
  if (operation.op === 'br') return [operation.target];
  if (operation.op === 'condbr') return [operation.then, operation.otherwise];
  if (operation.op === 'switch')
    return [operation.otherwise, ...operation.cases.map((one) => one.target)];
  return [];
}

export function isTerminator({ op }: Operation): boolean {
  return ['ret', 'br', 'condbr', 'switch', 'unreachable'].includes(op);
}
