/** Functions and methods: their signatures, and lowering each of them once. */
import ts from '@typescript/typescript6';
import type { Expression, Function as FunctionBody, FunctionKey, Statement, Type } from '../ir.ts';
import { admits, undefinedType } from '../type.ts';
import { unparenthesised } from './branches.ts';
import { coerce } from './coerce.ts';
import { attempt, type Context, Lost, type Reader, refuse, type Scope } from './context.ts';
import { contractOf } from './contracts.ts';
import { isEvaluatedWithin, withUndefined } from './defaults.ts';
import { expression } from './expressions.ts';
import { isAsync } from './ghosts.ts';
import { isInstance } from './instances.ts';
import { truth } from './make.ts';
import { isModuleConstant } from './names.ts';
import { declareParameters } from './parameters.ts';
import { positionOf } from './position.ts';
import { completes, firstEffect, isPure } from './purity.ts';
import { returnValue, statements } from './statements.ts';
import { awaited, classKey, isPromise, typeOf } from './types.ts';

export type Callable =
  | ts.FunctionDeclaration
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration;

export interface Signature {
  readonly parameters: readonly {
    readonly type: Type;
    /** What a parameter is that is left out; absent if that is undefined. */
    readonly otherwise?: () => Expression;
  }[];
  readonly returns: Type;
}

/** The function that a declaration gives a name to. */
function callableOf(declaration: ts.Declaration, node: ts.Node): Callable {
  if (ts.isMethodDeclaration(declaration)) return declaration;
  if (ts.isFunctionDeclaration(declaration) && ts.isSourceFile(declaration.parent))
    return declaration;
  if (
    ts.isVariableDeclaration(declaration) &&
    isModuleConstant(declaration) &&
    declaration.initializer &&
    ts.isArrowFunction(declaration.initializer)
  )
    return declaration.initializer;
  return refuse(
    node,
    'this is not a function of a module',
    'a function at the top level of a module',
  );
}

export function signature(reader: Reader, declaration: ts.Declaration): Signature {
  const callable = callableOf(declaration, declaration);
  return { parameters: parameterTypes(reader, callable), returns: returnType(reader, callable) };
}

export function parameterTypes(reader: Reader, callable: Callable): Signature['parameters'] {
  return callable.parameters.map((parameter) => {
    checkParameter(parameter);
    const declared = parameterType(reader, parameter);
    const { initializer } = parameter;
    if (!initializer) return { type: declared };
    if (isEvaluatedWithin(parameter)) return { type: withUndefined(declared) };
    return { type: declared, otherwise: () => literalDefault(reader, initializer, declared) };
  });
}

export function parameterType(reader: Reader, parameter: ts.ParameterDeclaration): Type {
  const { checker } = reader;
  return typeOf(checker, checker.getTypeAtLocation(parameter), parameter);
}

function checkParameter(parameter: ts.ParameterDeclaration): void {
  if (parameter.dotDotDotToken)
    refuse(parameter, 'the number of arguments must be known', 'a parameter that is an array');
  if (ts.isIdentifier(parameter.name) && parameter.name.text === 'this')
    refuse(parameter, 'this is given by the object', 'no such parameter');
}

/** A default is a literal: it is evaluated at the call. */
function literalDefault(reader: Reader, node: ts.Expression, type: Type): Expression {
  const scope = emptyScope('', type);
  const context: Context = { reader, scope, out: [], ghost: false, closed: true };
  const value = coerce(node, expression(context, node, type), type);
  if (value.kind === 'constant' || (value.kind === 'convert' && value.value.kind === 'constant'))
    return value;
  return refuse(node, 'a default must be a constant', 'a constant');
}

function returnType(reader: Reader, callable: Callable): Type {
  const { checker } = reader;
  const found = checker.getSignatureFromDeclaration(callable);
  if (!found || ts.isConstructorDeclaration(callable)) return undefinedType;
  const type = checker.getReturnTypeOfSignature(found);
  if (!isAsync(callable) && isPromise(type) && callable.body)
    return refuse(
      callable.name ?? callable,
      'a promise comes from an async function only',
      '`async`',
    );
  return typeOf(checker, awaited(checker, type), callable.type ?? callable.name ?? callable);
}

export function functionKey(declaration: ts.Declaration): FunctionKey {
  const file = declaration.getSourceFile().fileName;
  const name = ts.getNameOfDeclaration(declaration)?.getText() ?? 'default';
  const { parent } = declaration;
  if (ts.isClassDeclaration(parent)) return `${classKey(parent)}.${name}`;
  return `${file}#${name}`;
}

/** The key of a function, which is lowered first if it has not been. */
export function demand(
  reader: Reader,
  declaration: ts.Declaration,
  node: ts.Node,
  suffix = '',
): FunctionKey {
  const key = `${functionKey(declaration)}${suffix}`;
  if (reader.functions.has(key) || reader.open.has(key)) return key;
  const callable = callableOf(declaration, node);
  const name = ts.isClassDeclaration(declaration.parent)
    ? `${declaration.parent.name?.text}.${key.slice(key.lastIndexOf('.') + 1)}`
    : (ts.getNameOfDeclaration(declaration)?.getText() ?? 'default');
  lowerFunction(reader, { key, name, callable });
  if (!reader.functions.has(key)) throw new Lost();
  return key;
}

export interface Request {
  readonly key: FunctionKey;
  readonly name: string;
  readonly callable: Callable;
  /** The body of a proof, not of code. */
  readonly ghost?: boolean;
}

export function lowerFunction(reader: Reader, request: Request): FunctionBody | undefined {
  const { key } = request;
  if (reader.failed.has(key)) return undefined;
  reader.open.add(key);
  const lowered = attempt(reader, () => lower(reader, request));
  reader.open.delete(key);
  if (lowered) reader.functions.set(key, lowered);
  else reader.failed.add(key);
  return lowered;
}

function lower(reader: Reader, { key, name, callable, ghost = false }: Request): FunctionBody {
  checkCallable(reader, callable);
  const returns = returnType(reader, callable);
  const scope = scopeOf(reader, key, callable, returns, ghost);
  const context: Context = { reader, scope, out: [], ghost, closed: false };
  checkParameters(callable);
  const parameters = declareParameters(context, callable);
  const said = contractOf(context, callable);
  if (said) statements(context, said.rest);
  else body(context, callable);
  if (completes(context.out) && !admits(returns, 'undefined')) context.out.push(endless(callable));
  const self = scope.self ? { self: classKey(scope.self) } : {};
  const pure = !isAsync(callable) && isPure(context.out) && said?.contract.kind !== 'lemma';
  if (said) checkBody(callable, said.contract.kind, context.out);
  return {
    key,
    name,
    at: positionOf(callable.name ?? callable),
    parameters,
    returns,
    ...self,
    body: context.out,
    pure,
    ghost,
    async: isAsync(callable),
    ...(said ? { contract: said.contract } : {}),
  };
}

/** Of what has a contract the body is looked at once, and stands for no effect. */
function checkBody(callable: Callable, kind: 'lemma' | 'function', body: readonly Statement[]) {
  const claims = kind === 'lemma' ? ['assert'] : [];
  const effect = isAsync(callable) ? undefined : firstEffect(body, claims);
  if (!isAsync(callable) && !effect) return;
  const where = effect ? ` (line ${effect.at.line}: ${effect.kind})` : '';
  refuse(
    callable.name ?? callable,
    `what has a contract is pure, and this has an effect${where}`,
    'no effects, choices, loops, errors or assumptions',
  );
}

function body(context: Context, callable: Callable): void {
  if (!callable.body) refuse(callable, 'a function without a body is not in the subset', 'a body');
  if (ts.isBlock(callable.body)) statements(context, callable.body.statements);
  else returnValue(context, callable.body, callable.body);
}

/** The checker says that the end is never reached; the executor has to prove it. */
function endless(callable: Callable): Statement {
  const at = positionOf(callable.name ?? callable);
  const text = 'the function ends with a return';
  return { kind: 'assert', at, condition: truth(at, false), text };
}

export function checkCallable(reader: Reader, callable: Callable): void {
  if (callable.typeParameters && !isInstance(reader.checker))
    refuse(
      callable,
      'only functions of a module have type parameters, and are called where they stand',
      'a function of the module, or a method for one type',
    );
  if (!ts.isConstructorDeclaration(callable) && callable.asteriskToken)
    refuse(callable, 'generators are not in the subset', 'a function that returns an array');
  const allowed = ['public', 'private', 'static', 'async', 'override', 'export'];
  for (const modifier of callable.modifiers ?? [])
    if (!allowed.includes(modifier.getText()))
      refuse(modifier, 'this modifier is not in the subset', 'no such modifier');
}

export function checkParameters(callable: Callable): void {
  callable.parameters.forEach(checkParameter);
}

function isStaticMember(node: ts.Node): boolean {
  return (
    ts.isMethodDeclaration(node) &&
    (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0
  );
}

function scopeOf(
  reader: Reader,
  key: FunctionKey,
  callable: Callable,
  returns: Type,
  ghost: boolean,
): Scope {
  const { parent: owner } = callable;
  const self = ts.isClassDeclaration(owner) && !isStaticMember(callable) ? { self: owner } : {};
  const makesStates = ghost || isStaticMember(callable);
  return {
    ...emptyScope(key, returns),
    ...self,
    assigned: assignedIn(reader, callable),
    async: isAsync(callable),
    makesStates,
  };
}

export function emptyScope(key: FunctionKey, returns: Type): Scope {
  return {
    key,
    names: new Set(),
    locals: new Map(),
    lost: new Set(),
    assigned: new Set(),
    stable: new Set(),
    returns,
    async: false,
    makesStates: false,
    constructs: false,
  };
}

/** Every variable that is assigned after its declaration. */
export function assignedIn(reader: Reader, node: ts.Node): ReadonlySet<ts.Symbol> {
  const found = new Set<ts.Symbol>();
  const visit = (inner: ts.Node): void => {
    const target = assignmentTarget(inner);
    const symbol = target && reader.checker.getSymbolAtLocation(target);
    if (symbol) found.add(symbol);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}

function assignmentTarget(node: ts.Node): ts.Node | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? unparenthesised(node.left) : undefined;
  }
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node))
    return unparenthesised(node.operand);
  return undefined;
}
