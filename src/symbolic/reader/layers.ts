/** Declared refinements: `export const x = refinement({ ... })`. */
import ts from '@typescript/typescript6';
import type { Class, FunctionKey, LayerDeclaration } from '../ir.ts';
import { codeClass, machineClass } from './classes.ts';
import { attempt, type Reader, refuse } from './context.ts';
import { demand, lowerFunction } from './functions.ts';
import { declarationOf, isRefinement, resolve, target } from './origin.ts';
import { positionOf } from './position.ts';
import { firstEffect } from './purity.ts';

export interface Declared {
  readonly name: string;
  readonly call: ts.CallExpression;
  readonly at: ts.Node;
}

/** Every refinement that a file exports by a const of its own. */
export function layersOf(reader: Reader, file: ts.SourceFile): readonly Declared[] {
  const { checker } = reader;
  const symbol = checker.getSymbolAtLocation(file);
  const exported = symbol ? checker.getExportsOfModule(symbol) : [];
  return exported.flatMap((entry): Declared[] => {
    const declaration = declarationOf(target(checker, entry));
    if (!declaration || !ts.isVariableDeclaration(declaration)) return [];
    if (declaration.getSourceFile() !== file) return [];
    const call = declaration.initializer;
    if (!call || !ts.isCallExpression(call)) return [];
    if (!isRefinement(resolve(checker, call.expression))) return [];
    return [{ name: entry.name, call, at: declaration.name }];
  });
}

/** A refinement that is not exported by name would never be looked at. */
export function checkStray(reader: Reader, file: ts.SourceFile, found: readonly Declared[]): void {
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      isRefinement(resolve(reader.checker, node.expression)) &&
      !found.some((declared) => declared.call === node)
    )
      attempt(reader, () => refuse(node, 'this layer is not exported', 'export const name = ...'));
    ts.forEachChild(node, visit);
  };
  visit(file);
}

type Parts = ReadonlyMap<string, ts.Expression>;

export function layer(reader: Reader, { name, call, at }: Declared): LayerDeclaration {
  const parts = partsOf(call.arguments[0]!);
  const machine = (part: string) => {
    const declaration = classOfPart(reader, required(call, parts, part));
    return machineClass(reader, declaration, parts.get(part)!);
  };
  const promise = machine('promise');
  const on = machine('on');
  const codeNode = required(call, parts, 'code');
  const code = codeClass(reader, classOfPart(reader, codeNode));
  checkCode(reader, codeNode, code, promise, on);
  const prefix = `${call.getSourceFile().fileName}#${name}`;
  const proof = (part: string, node: ts.Expression) =>
    proofFunction(reader, `${prefix}.${part}`, `${name}.${part}`, node);
  const initially = parts.get('initially');
  return {
    name,
    at: positionOf(at),
    promise,
    code,
    on,
    abstraction: proof('abstraction', required(call, parts, 'abstraction')),
    crash: crashOf(parts.get('crash'), proof),
    ...(initially ? { initially: proof('initially', initially) } : {}),
  };
}

const known = ['promise', 'code', 'on', 'abstraction', 'crash', 'initially', 'bounds'];

function partsOf(node: ts.Expression): Parts {
  const parts = entriesOf(node);
  for (const [name, part] of parts)
    if (!known.includes(name)) refuse(part, `a refinement has no ${name}`, known.join(', '));
  return parts;
}

/** The properties of an object literal that is read as it is written. */
function entriesOf(node: ts.Expression): Parts {
  if (!ts.isObjectLiteralExpression(node))
    return refuse(node, 'this is read as it is written', 'an object literal');
  const parts = new Map<string, ts.Expression>();
  for (const property of node.properties) {
    const { name } = property;
    if (!name || !ts.isIdentifier(name))
      return refuse(property, 'the name must be written out', 'name: value');
    if (ts.isPropertyAssignment(property)) parts.set(name.text, property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) parts.set(name.text, property.name);
    else refuse(property, 'methods are not read here', 'name: (...) => value');
  }
  return parts;
}

function required(call: ts.Node, parts: Parts, name: string): ts.Expression {
  return parts.get(name) ?? refuse(call, `the refinement has no ${name}`, `${name}: ...`);
}

function classOfPart(reader: Reader, node: ts.Expression): ts.ClassDeclaration {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? reader.checker.getShorthandAssignmentValueSymbol(node.parent)
    : reader.checker.getSymbolAtLocation(node);
  const declaration = symbol && declarationOf(target(reader.checker, symbol));
  if (declaration && ts.isClassDeclaration(declaration)) return declaration;
  return refuse(node, 'a class is named here', 'the name of a class');
}

/** The implementation stands on this machine, and offers the promised operations and no others. */
function checkCode(reader: Reader, node: ts.Node, code: string, promise: string, on: string): void {
  const found = reader.classes.get(code)!;
  const handle = found.fields.find((f) => f.lower !== undefined);
  if (handle?.lower !== on)
    refuse(node, 'the handle is of another machine than `on`', 'the machine of the handle');
  const promised = operationsOf(reader.classes.get(promise)!);
  const other = operationsOf(found).find(
    (name) => !promised.includes(name) && name !== 'init' && name !== 'recover',
  );
  if (other !== undefined)
    refuse(node, `${other} is public but not promised`, 'a private method, or a promise of it');
}

function operationsOf(found: Class): readonly string[] {
  const hooks = found.role === 'machine' ? ['crash', 'fault'] : [];
  return found.methods
    .filter((m) => m.visibility === 'public' && !m.static && !hooks.includes(m.name))
    .map((m) => m.name);
}

type Proof = (part: string, node: ts.Expression) => FunctionKey;

function crashOf(node: ts.Expression | undefined, proof: Proof): LayerDeclaration['crash'] {
  if (!node) return { by: new Map() };
  if (!ts.isObjectLiteralExpression(node)) return { all: proof('crash', node), by: new Map() };
  const by = new Map<string, FunctionKey>();
  let all: FunctionKey | undefined;
  for (const [name, part] of entriesOf(node))
    if (name === 'otherwise') all = proof('crash.otherwise', part);
    else by.set(name, proof(`crash.${name}`, part));
  return all === undefined ? { by } : { all, by };
}

/** An arrow function written here, or the name of a function. */
function proofFunction(
  reader: Reader,
  key: FunctionKey,
  name: string,
  node: ts.Expression,
): FunctionKey {
  const found = ts.isArrowFunction(node)
    ? lowerFunction(reader, { key, name, callable: node, ghost: true })?.key
    : named(reader, node);
  const lowered = found && reader.functions.get(found);
  if (!lowered) return key;
  if (lowered.pure) return lowered.key;
  const effect = firstEffect(lowered.body);
  return refuse(
    node,
    `a proof is pure, and this has an effect${effect ? ` (line ${effect.at.line})` : ''}`,
    'a pure function without loops and recursion',
  );
}

function named(reader: Reader, node: ts.Expression): FunctionKey {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? reader.checker.getShorthandAssignmentValueSymbol(node.parent)
    : reader.checker.getSymbolAtLocation(node);
  const declaration = symbol && declarationOf(target(reader.checker, symbol));
  if (!declaration) return refuse(node, 'a function is named here', 'an arrow function');
  return demand(reader, declaration, node);
}
