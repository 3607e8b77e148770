/** Plimsoll's own functions and types, by where they are declared: a name alone means nothing. */
import ts from '@typescript/typescript6';
import * as origin from '../reader/origin.ts';
import { type Inspection, symbolOf } from './inspection.ts';

/** Functions whose closures only the prover and the explorer look into. */
export const ghostMarkers: ReadonlySet<string> = new Set([
  'invariant',
  'decreases',
  'ghost',
  'forall',
  'exists',
  'ensures',
  'use',
  'everyKey',
]);
export const statementMarkers: ReadonlySet<string> = new Set([
  'assert',
  'assume',
  'requires',
  'opaque',
]);
export const choices: ReadonlySet<string> = new Set([
  'anyBoolean',
  'anyInteger',
  'anyOf',
  'anyBlock',
  'anyBlocks',
]);
/** Functions without effect, which keep nothing of what they are given. */
const pure: ReadonlySet<string> = new Set([
  'implies',
  'stateOf',
  'visited',
  'sameEntries',
  'sameBlock',
  'isSealed',
  'sameBlocks',
  'u8',
  'u16',
  'u32',
  'u64',
  'wrapU8',
  'wrapU16',
  'wrapU32',
  'wrapU64',
]);
const known = [ghostMarkers, statementMarkers, choices, pure, new Set(['zeroBlock', 'codec'])];

/** The name of something of model/ that is in the subset, and no class. */
export function markerOf(inspection: Inspection, name: ts.Node): string | undefined {
  const marker = ownName(inspection, name);
  return marker && known.some((names) => names.has(marker)) ? marker : undefined;
}

/** The name of something of model/ that is no class, whether it is in the subset or not. */
export function ownName(inspection: Inspection, name: ts.Node): string | undefined {
  const symbol = ts.isIdentifier(name) ? symbolOf(inspection, name) : undefined;
  return symbol?.declarations?.every(isTopLevel) ? origin.modelName(symbol) : undefined;
}

function isTopLevel(declaration: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return statement.parent !== undefined && ts.isSourceFile(statement.parent);
}

/** The marker that a call calls. */
export function calledMarker(inspection: Inspection, node: ts.Node): string | undefined {
  return ts.isCallExpression(node) ? markerOf(inspection, node.expression) : undefined;
}

/** Whether `call` declares a layer. */
export function isRefinement(inspection: Inspection, call: ts.Node): call is ts.CallExpression {
  return (
    ts.isCallExpression(call) &&
    ts.isIdentifier(call.expression) &&
    origin.isRefinement(symbolOf(inspection, call.expression))
  );
}

/** Whether `call` puts layers together. */
export function isComposition(inspection: Inspection, call: ts.Node): call is ts.CallExpression {
  return (
    ts.isCallExpression(call) &&
    ts.isIdentifier(call.expression) &&
    origin.composition(symbolOf(inspection, call.expression)) !== undefined
  );
}

/** Whether `type` is one of model/'s types, by name. */
export function isOwnType(type: ts.Type, name: string): boolean {
  return [type.aliasSymbol, type.getSymbol()].some((symbol) => origin.modelName(symbol) === name);
}

/** The machine behind a handle, if `type` is one. */
export function handledMachine(type: ts.Type): ts.Type | undefined {
  const alias = origin.modelName(type.aliasSymbol);
  const handle = alias === 'Operations' || alias === 'AsyncOperations';
  return handle ? type.aliasTypeArguments?.[0] : undefined;
}

export type Width = 'u8' | 'u16' | 'u32' | 'u64';

/** The range of a number or bigint with the mark of model/numbers. */
export function fixedWidth(inspection: Inspection, type: ts.Type): Width | undefined {
  if (!type.isIntersection()) return undefined;
  const mark = type
    .getProperties()
    .find((property) => origin.modelName(property)?.startsWith('__@width'));
  const width = mark && inspection.checker.getTypeOfSymbol(mark);
  return width?.isNumberLiteral() ? (`u${width.value}` as Width) : undefined;
}
