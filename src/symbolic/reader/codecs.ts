/** Declared codecs, `export const slots = codec({ ... })`, and their use. */
import ts from '@typescript/typescript6';
import type { CodecDeclaration, Expression, FunctionKey, Type } from '../ir.ts';
import {
  alternativesOf,
  blockType,
  bytesType,
  describeType,
  holdsList,
  sameType,
} from '../type.ts';
import { unparenthesised } from './branches.ts';
import { values } from './calls.ts';
import { attempt, type Context, noteUse, type Reader, refuse } from './context.ts';
import { demand, functionKey, signature } from './functions.ts';
import { isModuleConstant } from './names.ts';
import { declarationOf, modelName, resolve, target } from './origin.ts';
import { positionOf } from './position.ts';

/** The literal that a constant of a module hands to `codec`. */
export function codecLiteral(
  checker: ts.TypeChecker,
  declaration: ts.Node | undefined,
): ts.ObjectLiteralExpression | undefined {
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  const call = declaration.initializer && unparenthesised(declaration.initializer);
  if (!call || !ts.isCallExpression(call)) return undefined;
  if (modelName(resolve(checker, call.expression)) !== 'codec') return undefined;
  const [literal] = call.arguments;
  return literal && ts.isObjectLiteralExpression(literal) ? literal : undefined;
}

/** The codecs that a file declares, whether or not anything uses them. */
export function codecsOf(reader: Reader, file: ts.SourceFile): void {
  for (const node of file.statements)
    if (ts.isVariableStatement(node))
      for (const declaration of node.declarationList.declarations)
        if (codecLiteral(reader.checker, declaration))
          attempt(reader, () => reader.roots.add(declared(reader, declaration).encode));
}

/** `slots.encode(value)` and `slots.decode(block)`; undefined if this is no call of a codec. */
export function codecCall(context: Context, node: ts.CallExpression): Expression | undefined {
  const callee = unparenthesised(node.expression);
  const { checker } = context.reader;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const does = callee.name.text;
  const symbol = resolve(checker, callee.expression);
  const declaration = symbol && declarationOf(symbol);
  if (!declaration || !codecLiteral(checker, declaration)) return undefined;
  if (does !== 'encode' && does !== 'decode')
    return refuse(callee.name, 'a codec encodes and decodes', 'encode() or decode()');
  const codec = declared(context.reader, declaration as ts.VariableDeclaration);
  for (const key of functionsOf(codec)) noteUse(context, key);
  const [takes, gives] = does === 'encode' ? [codec.takes, blockType] : [blockType, codec.gives];
  const [argument] = values(context, node, { parameters: [{ type: takes }], returns: gives });
  const at = positionOf(node);
  return { kind: 'codec', at, type: gives, codec: codec.key, does, argument: argument! };
}

function functionsOf({ encode, decode, accepts }: CodecDeclaration): FunctionKey[] {
  return accepts ? [encode, decode, accepts] : [encode, decode];
}

function declared(reader: Reader, declaration: ts.VariableDeclaration): CodecDeclaration {
  const key = functionKey(declaration);
  const known = reader.codecs.get(key);
  if (known) return known;
  const read = codecOf(reader, declaration, key);
  reader.codecs.set(key, read);
  for (const part of functionsOf(read)) reader.roots.add(part);
  return read;
}

function codecOf(
  reader: Reader,
  declaration: ts.VariableDeclaration,
  key: string,
): CodecDeclaration {
  const { checker } = reader;
  const literal = codecLiteral(checker, declaration)!;
  if (!isModuleConstant(declaration) || !isExported(declaration))
    refuse(declaration.name, 'a codec is exported by its module', 'export const name = codec(...)');
  const parts = new Map(literal.properties.map((each) => [each.name?.getText() ?? '', each]));
  const other = [...parts].find(([name]) => !known.includes(name));
  if (other) refuse(other[1], 'a codec has no such part', known.join(', '));
  const bytes = numberIn(parts.get('bytes'), 'the number of bytes must be written out', 'bytes: 8');
  if (bytes === undefined)
    return refuse(literal, 'the number of bytes must be written out', 'bytes: 8');
  const most = 'the length of the longest list must be written out';
  const longest = numberIn(parts.get('longest'), most, 'longest: 100');
  const sealed = isTrue(parts.get('sealed'));
  const encode = part(reader, literal, parts.get('encode'));
  const decode = part(reader, literal, parts.get('decode'));
  const accepts = parts.get('accepts') && part(reader, literal, parts.get('accepts'));
  const takes = encode.given;
  check(encode.node, encode.gives, bytesType);
  check(decode.node, decode.given, bytesType);
  if (accepts) check(accepts.node, accepts.given, takes);
  if (sealed && !alternativesOf(decode.gives).some((type) => type.kind === 'null'))
    refuse(decode.node, 'of a block that is not sealed null is decoded', 'decode(...): T | null');
  if (longest === undefined && holdsList(takes))
    refuse(literal, 'a codec of a list says how long a list may be', 'longest: 100');
  return {
    key,
    name: declaration.name.getText(),
    at: positionOf(declaration.name),
    bytes,
    sealed,
    ...(longest !== undefined ? { longest } : {}),
    encode: encode.key,
    decode: decode.key,
    ...(accepts ? { accepts: accepts.key } : {}),
    takes,
    gives: decode.gives,
  };
}

const known = ['bytes', 'encode', 'decode', 'accepts', 'longest', 'sealed'];

/** A number above zero, written out. */
function numberIn(
  property: ts.ObjectLiteralElementLike | undefined,
  why: string,
  instead: string,
): number | undefined {
  if (!property) return undefined;
  const value = ts.isPropertyAssignment(property) && unparenthesised(property.initializer);
  if (!value || !ts.isNumericLiteral(value) || !(Number(value.text) > 0))
    return refuse(property, why, instead);
  return Number(value.text);
}

function isTrue(property: ts.ObjectLiteralElementLike | undefined): boolean {
  if (!property) return false;
  const value = ts.isPropertyAssignment(property) && unparenthesised(property.initializer);
  if (value && value.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (value && value.kind === ts.SyntaxKind.FalseKeyword) return false;
  return refuse(property, 'whether blocks are sealed must be written out', 'sealed: true');
}

function check(node: ts.Node, found: Type, wanted: Type): void {
  if (!sameType(found, wanted))
    refuse(node, `${describeType(found)} stands where ${describeType(wanted)} does`, 'that type');
}

interface Part {
  readonly key: FunctionKey;
  readonly node: ts.Node;
  readonly given: Type;
  readonly gives: Type;
}

/** A function of a module, by its name. */
function part(
  reader: Reader,
  literal: ts.Node,
  property: ts.ObjectLiteralElementLike | undefined,
): Part {
  const { checker } = reader;
  const symbol =
    property && ts.isShorthandPropertyAssignment(property)
      ? checker.getShorthandAssignmentValueSymbol(property)
      : property && ts.isPropertyAssignment(property)
        ? checker.getSymbolAtLocation(unparenthesised(property.initializer))
        : undefined;
  const declaration = symbol && declarationOf(target(checker, symbol));
  if (!property || !declaration || !ts.isFunctionDeclaration(declaration))
    return refuse(property ?? literal, 'a function of a module stands here', 'its name');
  const taken = signature(reader, declaration);
  const [given, another] = taken.parameters;
  if (!given || another || given.otherwise)
    return refuse(property, 'a function of a codec takes one value', 'one parameter');
  const key = demand(reader, declaration, property);
  return { key, node: property, given: given.type, gives: taken.returns };
}

function isExported(declaration: ts.VariableDeclaration): boolean {
  return Boolean(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export);
}
