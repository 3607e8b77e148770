/**
 * What lowering carries along: the program being read, the function, and where statements go.
 *
 * A context is never changed; to lower something elsewhere one makes a context with other `out`.
 */
import type ts from '@typescript/typescript6';
import type {
  Class,
  ClassKey,
  CodecDeclaration,
  CodecKey,
  Contract,
  Expression,
  Function as FunctionBody,
  FunctionKey,
  Statement,
  Type,
  Variable,
} from '../ir.ts';
import { type Refusal, Refused } from '../refusal.ts';
import { assign, variable } from './make.ts';
import { kindName, positionOf } from './position.ts';

/** One function's use of another. */
export interface Use {
  readonly from: FunctionKey;
  readonly to: FunctionKey;
  /** From an invariant or another ghost. */
  readonly ghost: boolean;
}

/** The state of reading one program. */
export interface Reader {
  readonly checker: ts.TypeChecker;
  /** Whether the type of an element has `undefined` in it. */
  readonly unchecked: boolean;
  readonly functions: Map<FunctionKey, FunctionBody>;
  readonly classes: Map<ClassKey, Class>;
  readonly refusals: Refusal[];
  readonly uses: Use[];
  /** Functions that are being lowered: a call of one of them is a recursion. */
  readonly open: Set<FunctionKey>;
  /** Functions that were refused. */
  readonly failed: Set<FunctionKey>;
  /** What each function contains that only ghosts may. */
  readonly ghostly: Map<FunctionKey, Refusal[]>;
  /** What each function contains that code may not: choices of a machine. */
  readonly choices: Map<FunctionKey, Refusal[]>;
  /** Functions that have a contract, from where it is known on. */
  readonly contracts: Map<FunctionKey, Contract['kind']>;
  readonly codecs: Map<CodecKey, CodecDeclaration>;
  /** Functions that run on their own, of a file without layers. */
  readonly roots: Set<FunctionKey>;
}

/** A variable of the source within a function. */
export interface Local {
  readonly variable: Variable;
  readonly type: Type;
  readonly ghost: boolean;
}

/** The function being lowered. */
export interface Scope {
  readonly key: FunctionKey;
  readonly names: Set<string>;
  readonly locals: Map<ts.Symbol, Local>;
  /** Variables whose declaration was refused: their uses are not worth a word. */
  readonly lost: Set<ts.Symbol>;
  /** Variables that are assigned somewhere. */
  readonly assigned: ReadonlySet<ts.Symbol>;
  /** Variables, also temporary ones, that have one value for ever. */
  readonly stable: Set<Variable>;
  readonly self?: ts.ClassDeclaration;
  readonly returns: Type;
  readonly async: boolean;
  /** Whether machines may be constructed: in static methods of machines, and in ghosts. */
  readonly makesStates: boolean;
  /** In a constructor: the object is not yet whole. */
  readonly constructs: boolean;
}

/** A loop over a map or set. */
export interface Going {
  /** What it goes over, as text. */
  readonly over: string;
  /** What it has gone over. */
  readonly visited: Expression;
}

export interface Context {
  readonly reader: Reader;
  readonly scope: Scope;
  readonly out: Statement[];
  /** In a ghost: effects are refused, and other ghosts are visible. */
  readonly ghost: boolean;
  /** In the closure of a marker, or a literal: there is no place for statements. */
  readonly closed: boolean;
  /** The error that a handler may throw again. */
  readonly caught?: ts.Symbol;
  /** Loops over maps around this place, by the names of their keys. */
  readonly going?: ReadonlyMap<ts.Symbol, Going>;
  /** Within the body of a try statement. */
  readonly guarded?: boolean;
}

/** Raised where something fails that has been refused already. */
export class Lost extends Error {}

/** Notes that the function being lowered uses another one. */
export function noteUse(context: Context, to: FunctionKey): void {
  context.reader.uses.push({ from: context.scope.key, to, ghost: context.ghost });
}

export function refusal(
  node: ts.Node,
  why: string,
  instead: string,
  construct = kindName(node),
): Refusal {
  return { at: positionOf(node), construct, why, instead };
}

export function refuse(node: ts.Node, why: string, instead: string, construct?: string): never {
  throw new Refused([refusal(node, why, instead, construct)]);
}

/** Runs one part of the reading; what it refuses is noted, and the rest goes on. */
export function attempt<T>(reader: Reader, body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (error instanceof Refused) reader.refusals.push(...error.refusals);
    else if (!(error instanceof Lost)) throw error;
    return undefined;
  }
}

/** Adds a statement; within a ghost there is no place for one. */
export function emit(context: Context, node: ts.Node, statement: Statement): void {
  if (context.closed) refuse(node, 'what stands here must be pure', 'a pure expression');
  context.out.push(statement);
}

/** Lowers something with its statements set aside. */
export function apart<T>(
  context: Context,
  body: (inner: Context) => T,
): { readonly value: T; readonly statements: readonly Statement[] } {
  const statements: Statement[] = [];
  const value = body({ ...context, out: statements });
  return { value, statements };
}

/** A name that no variable of the function has; temporaries always carry a number. */
export function freshName(scope: Scope, hint: string, temporary: boolean): Variable {
  const plain = hint.replace(/^#/, '');
  let name = plain;
  for (let n = 1; scope.names.has(name) || (temporary && name === plain); n++)
    name = `${plain}#${n}`;
  scope.names.add(name);
  return name;
}

/** A value kept in a temporary, unless it is one that cannot change. */
export function keep(context: Context, node: ts.Node, value: Expression, hint: string): Expression {
  if (isStable(context.scope, value)) return value;
  const name = freshName(context.scope, hint, true);
  const at = positionOf(node);
  emit(context, node, assign(at, name, value));
  context.scope.stable.add(name);
  return variable(value.at, value.type, name);
}

/** Whether an expression means the same wherever it stands. */
export function isStable(scope: Scope, value: Expression): boolean {
  switch (value.kind) {
    case 'constant':
    case 'self':
      return true;
    case 'variable':
      return scope.stable.has(value.variable);
    case 'convert':
    case 'is':
      return isStable(scope, value.value);
    case 'field':
      return value.of.type.kind !== 'object' && isStable(scope, value.of);
    case 'conditional':
      return [value.condition, value.then, value.else].every((part) => isStable(scope, part));
    case 'apply':
      return value.arguments.length === 0;
    default:
      return false;
  }
}
