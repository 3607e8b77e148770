/**
 * Declared stacks: `export const x = compose(lower, upper)`.
 *
 * Only how a stack is put together is read here. Its layers are read where they are declared, and
 * whether they fit is found out from what was read there.
 */
import ts from '@typescript/typescript6';
import type { Position, StackDeclaration, StackPart, StackTree } from '../ir.ts';
import { attempt, type Reader, refuse } from './context.ts';
import { composition, declarationOf, isRefinement, resolve, target } from './origin.ts';
import { positionOf } from './position.ts';

/** Every stack that a file exports by a const of its own. */
export function stacksOf(reader: Reader, file: ts.SourceFile): readonly StackDeclaration[] {
  const exported = constsOf(file).filter(({ call }) => call && composition(calleeOf(reader, call)));
  const seen = new Set<ts.Node>();
  const found = exported.flatMap(({ declaration, call }): StackDeclaration[] => {
    const name = exportedName(reader, declaration);
    if (name === undefined || !call) return [];
    const used = positionOf(declaration.name);
    const tree = attempt(reader, () => stack(reader, call, { used, open: [declaration], seen }));
    return tree ? [{ ...tree, name, at: used }] : [];
  });
  attempt(reader, () => checkStray(reader, file, seen));
  return found;
}

/** Whether a file declares stacks, so that it is no library. */
export function putsTogether(reader: Reader, file: ts.SourceFile): boolean {
  return constsOf(file).some(({ call }) => call && composition(calleeOf(reader, call)));
}

interface Const {
  readonly declaration: ts.VariableDeclaration;
  readonly call: ts.CallExpression | undefined;
}

function constsOf(file: ts.SourceFile): readonly Const[] {
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .map((declaration) => ({ declaration, call: callIn(declaration.initializer) }));
}

function callIn(node: ts.Expression | undefined): ts.CallExpression | undefined {
  const inner = node && bare(node);
  return inner && ts.isCallExpression(inner) ? inner : undefined;
}

function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node)
    ? bare(node.expression)
    : node;
}

function calleeOf(reader: Reader, call: ts.CallExpression): ts.Symbol | undefined {
  return resolve(reader.checker, call.expression);
}

/** A stack that is part of no exported one would never be looked at. */
function checkStray(reader: Reader, file: ts.SourceFile, seen: ReadonlySet<ts.Node>): void {
  const visit = (node: ts.Node): void => {
    const stray =
      ts.isCallExpression(node) && composition(calleeOf(reader, node)) && !seen.has(node);
    // What was refused has been said already.
    if (stray && reader.refusals.length === 0)
      refuse(node, 'this stack is not exported', 'export const name = ...');
    ts.forEachChild(node, visit);
  };
  visit(file);
}

interface Reading {
  /** Where the part is named. */
  readonly used: Position;
  /** The declarations that it stands in: none of them is a part of itself. */
  readonly open: readonly ts.Declaration[];
  /** The calls that were read. */
  readonly seen: Set<ts.Node>;
}

function stack(reader: Reader, call: ts.CallExpression, reading: Reading): StackTree {
  const { used, seen } = reading;
  seen.add(call);
  const kind = composition(calleeOf(reader, call))!;
  const [first, second, options, ...rest] = call.arguments;
  if (!first || !second || rest.length > 0)
    return refuse(call, `${kind} takes two layers`, `${kind}(one, other)`);
  const parts = [part(reader, first, reading), part(reader, second, reading)] as const;
  const upperFirst = options && upperFirstIn(kind, options);
  return { kind, at: positionOf(call), used, parts, ...(upperFirst ? { upperFirst } : {}) };
}

function part(reader: Reader, node: ts.Expression, reading: Reading): StackPart {
  const inner = bare(node);
  const here = { ...reading, used: positionOf(node) };
  if (ts.isCallExpression(inner) && composition(calleeOf(reader, inner)))
    return stack(reader, inner, here);
  if (!ts.isIdentifier(inner))
    return refuse(node, 'the parts of a stack are named', 'the name of a layer or a stack');
  const symbol = resolve(reader.checker, inner);
  const declaration = symbol && declarationOf(target(reader.checker, symbol));
  const call =
    declaration && ts.isVariableDeclaration(declaration) && isConst(declaration)
      ? callIn(declaration.initializer)
      : undefined;
  if (!declaration || !call) return refuse(node, 'this is no layer', 'what refinement() returned');
  if (reading.open.includes(declaration))
    return refuse(node, 'this stack would stand on itself', 'another layer');
  if (composition(calleeOf(reader, call))) {
    const tree = stack(reader, call, { ...here, open: [...reading.open, declaration] });
    return { ...tree, name: inner.text, used: here.used };
  }
  if (!isRefinement(calleeOf(reader, call)))
    return refuse(node, 'this is no layer', 'what refinement() returned');
  return layerPart(reader, declaration, here.used, inner);
}

function layerPart(
  reader: Reader,
  declaration: ts.Declaration,
  used: Position,
  node: ts.Identifier,
): StackPart {
  const name = exportedName(reader, declaration);
  if (name === undefined)
    return refuse(node, 'this layer is not exported', 'export const name = ... where it is');
  const at = positionOf(ts.getNameOfDeclaration(declaration) ?? declaration);
  const { fileName: file } = declaration.getSourceFile();
  return { kind: 'layer', name, file, called: node.text, at, used };
}

function isConst(declaration: ts.VariableDeclaration): boolean {
  return (
    ts.isSourceFile(declaration.parent.parent.parent) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const
  );
}

/** The name under which the module of a declaration exports it. */
function exportedName(reader: Reader, declaration: ts.Declaration): string | undefined {
  const module = reader.checker.getSymbolAtLocation(declaration.getSourceFile());
  const exported = module ? reader.checker.getExportsOfModule(module) : [];
  return exported.find((one) => declarationOf(target(reader.checker, one)) === declaration)?.name;
}

/** Where the options say that the upper recovery runs first. */
function upperFirstIn(kind: StackTree['kind'], options: ts.Expression): Position | undefined {
  const literal = bare(options);
  if (!ts.isObjectLiteralExpression(literal))
    return refuse(options, 'this is read as it is written', 'an object literal');
  let found: Position | undefined;
  for (const property of literal.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name))
      return refuse(property, 'this is read as it is written', 'name: value');
    const { name, initializer } = property;
    if (name.text === 'bounds') continue;
    if (name.text !== 'recover' || kind === 'beside')
      return refuse(name, `${kind} has no ${name.text}`, 'bounds');
    if (!ts.isStringLiteral(initializer))
      return refuse(initializer, 'this is read as it is written', "'lower first'");
    if (initializer.text !== 'lower first') found = positionOf(initializer);
  }
  return found;
}
