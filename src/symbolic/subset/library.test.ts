import ts from '@typescript/typescript6';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  isLibrarySymbol,
  libraryName,
  libraryTreatment,
  readSignatures,
  spoken,
} from './library.ts';

interface Walked {
  readonly name: string;
  readonly treatment: ReturnType<typeof libraryTreatment>;
  readonly key: string;
}

function libraryOf(lib: string): { program: ts.Program; symbols: Set<ts.Symbol> } {
  const program = programOf('export {};', lib);
  const checker = program.getTypeChecker();
  const symbols = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    const symbol = (node as { symbol?: ts.Symbol }).symbol;
    if (symbol && isDeclared(node)) symbols.add(checker.getMergedSymbol?.(symbol) ?? symbol);
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) visit(file);
  return { program, symbols };
}

function isDeclared(node: ts.Node): boolean {
  return (
    ts.isTypeElement(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

let walked: Walked[];
let libraries: { program: ts.Program; symbols: Set<ts.Symbol> };

beforeAll(() => {
  libraries = libraryOf('es2022');
  walked = [...libraries.symbols].map((symbol) => {
    const name = libraryName(symbol);
    const key = `${name.container}.${name.member}`;
    return { name: spoken(name), key, treatment: libraryTreatment(symbol) };
  });
}, 30_000);

describe('the table of the library', () => {
  test('decides on every declaration, and refuses with a reason and a remedy', () => {
    const counts = { read: 0, type: 0, refused: 0 };
    for (const { name, treatment } of walked) {
      counts[treatment.treatment]++;
      if (treatment.treatment !== 'refused') continue;
      expect(treatment.why, name).not.toBe('');
      expect(treatment.instead, name).not.toBe('');
    }
    console.log(`library: ${JSON.stringify(counts)} of ${walked.length}`);
    expect(counts.refused).toBeGreaterThan(1000);
    expect(counts.read + counts.type).toBeLessThan(120);
  });

  test('reads nothing that the library does not have', () => {
    const there = new Set(walked.map(({ key }) => key));
    expect(readSignatures.filter((key) => !there.has(key))).toEqual([]);
  });

  test('reads exactly what it lists', () => {
    const found = walked.filter(({ treatment }) => treatment.treatment === 'read');
    expect([...new Set(found.map(({ key }) => key))].sort()).toEqual([...readSignatures].sort());
  });

  test.for([
    ['Math.random', 'chance is not in the model'],
    [
      'Array.prototype.flatMap',
      'only some of the functions of arrays that take a closure are read',
    ],
    ['Array.prototype.lastIndexOf', 'it compares by identity'],
    ['Array.prototype.sort', 'it changes the array and answers with it: two names for one array'],
    ['Uint8Array.prototype.subarray', 'it makes a second name for the same bytes'],
    ['Date', 'time is not in the model'],
    ['Date.now', 'time is not in the model'],
    ['WeakMap', 'it comes with a later version'],
    ['Promise.all', 'promises are awaited one by one, where they are made'],
    ['Promise.prototype.then', 'promises are awaited one by one, where they are made'],
    ['Object.freeze', 'nothing can be frozen that is not read-only already'],
    ['Reflect.get', 'it reads or changes objects behind the type checker'],
    ['Proxy', 'it reads or changes objects behind the type checker'],
    ['eval', 'the program is read before it runs'],
  ] as const)('refuses %s: %s', ([name, why]) => {
    const found = walked.filter((each) => each.name === name);
    expect(found.length).toBeGreaterThan(0);
    for (const { treatment } of found) expect(treatment).toMatchObject({ why });
  });

  test('does not take a declaration of somebody else for its own', () => {
    const [symbol] = libraries.symbols;
    expect(symbol && isLibrarySymbol(symbol, libraries.program)).toBe(true);
    const source = 'declare global { interface Math { luck(): number } } export {};';
    const { program, symbol: merged } = globalOf(source, 'Math');
    expect(isLibrarySymbol(merged, program)).toBe(false);
  });
});

function globalOf(source: string, name: string): { program: ts.Program; symbol: ts.Symbol } {
  const program = programOf(source, 'es2022');
  const own = program.getSourceFile('/own.ts');
  const scope = program.getTypeChecker().getSymbolsInScope(own!, ts.SymbolFlags.Value);
  return { program, symbol: scope.find((each) => each.name === name)! };
}

function programOf(source: string, lib: string): ts.Program {
  const options: ts.CompilerOptions = { lib: [`lib.${lib}.d.ts`], types: [], noEmit: true };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (file, ...rest) =>
    file === '/own.ts'
      ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true)
      : read(file, ...rest);
  return ts.createProgram({ rootNames: ['/own.ts'], options, host });
}
