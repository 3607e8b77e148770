/**
 * The subset, signature by signature of the language's library: what is listed here is read, and
 * everything else is refused. A test walks every declaration of the library.
 */
import ts from '@typescript/typescript6';
import { hintFor } from './library-hints.ts';

export type LibraryTreatment =
  | { readonly treatment: 'read' }
  /** A name for types. The type that the checker makes of it is looked at instead. */
  | { readonly treatment: 'type' }
  | { readonly treatment: 'refused'; readonly why: string; readonly instead: string };

/** Functions of arrays that call a closure at once, and keep nothing of the array. */
export const withClosure: readonly string[] = [
  'map',
  'filter',
  'every',
  'some',
  'find',
  'findIndex',
  'reduce',
  'forEach',
];
const searches = ['every', 'some', 'find', 'findIndex', 'indexOf', 'includes'];

const read: Readonly<Record<string, readonly string[]>> = {
  // Global names. Only `Name.member`, `new Name(...)`, `Name(...)` and `extends Error`.
  '': ['Array', 'BigInt', 'Error', 'Map', 'Math', 'Number', 'Set', 'Uint8Array'],
  Array: [
    ...['length', '(index)', 'push', 'pop', 'slice', 'concat', 'fill', 'entries'],
    ...[...withClosure, 'indexOf', 'includes'],
  ],
  ReadonlyArray: [
    ...['length', '(index)', 'slice', 'concat', 'entries'],
    ...[...withClosure, 'indexOf', 'includes'],
  ],
  /** `new Array<T>(length).fill(value)`, as one. */
  ArrayConstructor: ['(new)', 'from'],
  Uint8Array: ['length', '(index)', 'slice', ...searches],
  /** `new Uint8Array(length)`: zeros. */
  Uint8ArrayConstructor: ['(new)'],
  Map: ['size', 'get', 'has', 'set', 'delete', 'clear', 'entries', 'keys', 'values', 'forEach'],
  ReadonlyMap: ['size', 'get', 'has', 'entries', 'keys', 'values', 'forEach'],
  Set: ['size', 'has', 'add', 'delete', 'clear', 'keys', 'values', 'forEach'],
  ReadonlySet: ['size', 'has', 'keys', 'values', 'forEach'],
  /** Empty, or a copy of another. */
  MapConstructor: ['(new)'],
  SetConstructor: ['(new)'],
  /** `floor` of a quotient only. */
  Math: ['floor', 'min', 'max', 'abs'],
  NumberConstructor: ['(call)', 'MAX_SAFE_INTEGER', 'MIN_SAFE_INTEGER'],
  BigIntConstructor: ['(call)', 'asUintN'],
  /** `class Full extends Error {}`. */
  ErrorConstructor: ['(new)'],
};

/** Names that mean something in types, beside the interfaces of what is read. */
const types: ReadonlySet<string> = new Set([
  'Array',
  'ReadonlyArray',
  'Uint8Array',
  'Map',
  'ReadonlyMap',
  'ReadonlySet',
  'Set',
  'Promise',
  'Error',
  'Readonly',
  'Exclude',
  'Extract',
  'NonNullable',
  'Pick',
  'Omit',
  'Required',
  'ReturnType',
  'Parameters',
  'InstanceType',
]);

const memberKinds = new Map<string, string>([
  ['__call', '(call)'],
  ['__new', '(new)'],
  ['__index', '(index)'],
]);

/** Where a member of the library is declared (`''` for a global name), and its own name. */
export interface LibraryName {
  readonly container: string;
  readonly member: string;
}

export function libraryName(symbol: ts.Symbol): LibraryName {
  const declaration = symbol.declarations?.[0];
  const member = memberKinds.get(symbol.name) ?? symbol.name;
  return { container: declaration ? containerOf(declaration) : '', member };
}

/** As people say it: `Math.random`, `Array.prototype.map`, `Date`. */
export function spoken({ container, member }: LibraryName): string {
  if (container === '') return member;
  const owner = container.replace(/Constructor$/, '');
  if (member === '(new)') return `new ${owner}`;
  if (member === '(call)') return owner;
  const name = member.startsWith('__@') ? `[${member.slice(3).replace(/@.*/, '')}]` : member;
  const plain = owner !== container || namespaces.has(container) || container.includes('.');
  return plain ? `${owner}.${name}` : `${owner}.prototype.${name}`;
}

/** Whether, and as what, a symbol of the library is read. */
export function libraryTreatment(symbol: ts.Symbol): LibraryTreatment {
  const name = libraryName(symbol);
  if (isRead(name) && isValue(symbol)) return { treatment: 'read' };
  if (name.container === '' && isType(symbol) && types.has(name.member))
    return { treatment: 'type' };
  return { treatment: 'refused', ...hintFor(name) };
}

/** Whether every declaration of `symbol` is the library's own: nobody has added to it. */
export function isLibrarySymbol(symbol: ts.Symbol, program: ts.Program): boolean {
  const declarations = symbol.declarations ?? [];
  return (
    declarations.length > 0 &&
    declarations.every((at) => program.isSourceFileDefaultLibrary(at.getSourceFile()))
  );
}

/** Whether some declaration of `symbol` is the library's: somebody may have added others. */
export function isPartlyLibrary(symbol: ts.Symbol, program: ts.Program): boolean {
  return (symbol.declarations ?? []).some((at) =>
    program.isSourceFileDefaultLibrary(at.getSourceFile()),
  );
}

/** Every signature that is read, as `container.member`. */
export const readSignatures: readonly string[] = Object.entries(read).flatMap(
  ([container, members]) => members.map((member) => `${container}.${member}`),
);

/** Objects of the library that are not classes. */
const namespaces: ReadonlySet<string> = new Set(['Math', 'JSON', 'Atomics', 'Reflect', 'Intl']);

function isRead({ container, member }: LibraryName): boolean {
  return Object.hasOwn(read, container) && (read[container] ?? []).includes(member);
}

function isValue(symbol: ts.Symbol): boolean {
  return (symbol.flags & (ts.SymbolFlags.Value | ts.SymbolFlags.Signature)) !== 0;
}

function isType(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Type) !== 0;
}

function containerOf(declaration: ts.Declaration): string {
  for (let at: ts.Node = declaration.parent; at; at = at.parent) {
    if (ts.isInterfaceDeclaration(at)) return qualified(at, at.name.text);
    if (ts.isModuleDeclaration(at))
      return at.name.text === 'global' ? '' : qualified(at, at.name.text);
    if (ts.isTypeAliasDeclaration(at)) return qualified(at, at.name.text);
    if (ts.isVariableDeclaration(at) && at !== declaration && ts.isIdentifier(at.name))
      return `${at.name.text}Constructor`;
  }
  return '';
}

function qualified(declaration: ts.Declaration, name: string): string {
  const outer = containerOf(declaration);
  return outer === '' ? name : `${outer}.${name}`;
}
