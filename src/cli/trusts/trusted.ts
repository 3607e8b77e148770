/** What a verdict rests on, because nothing here proves it. */
import ts from '@typescript/typescript6';
import { twoDisksTrusts } from '../../host/index.ts';
import { createPool } from '../../logic/index.ts';
import {
  leavesOf,
  lowerOf,
  type Node,
  nameOf,
  placesOf,
  promiseOf,
} from '../../refine/composition/part.ts';
import { citedBy } from '../../refine/composition/verdict.ts';
import { paintFor } from '../../report/colour.ts';
import { wrap } from '../../report/words.ts';
import type {
  ClassKey,
  LayerDeclaration,
  Position,
  Program,
  Statement,
} from '../../symbolic/ir.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { WrongUse } from '../command/exit.ts';
import type { SolverOptions } from '../command/options.ts';
import { shownPath, version } from '../command/package.ts';
import { readStack } from '../command/stacks.ts';
import { write } from '../command/terminal.ts';
import { unusable } from '../prove/solvers.ts';
import { layerLines, theoremLine } from './stack-lines.ts';

/** What is trusted, and in which words. */
interface Trusted {
  readonly what: string;
  readonly items: readonly string[];
}

export interface Question {
  readonly files: readonly string[];
  readonly only: string | undefined;
  readonly solver: SolverOptions['solver'];
  readonly folder: string;
}

export async function printTrusts({ files, only, solver, folder }: Question): Promise<void> {
  let shown = 0;
  for (const file of files) {
    const { program } = readProgram([file]);
    for (const layer of program.layers) {
      if (only !== undefined && layer.name !== only) continue;
      shown++;
      print(`${layer.name}  ${shownPath(file, folder)}`, ofLayer(program, layer, folder));
    }
    for (const stack of program.stacks) {
      if (only !== undefined && stack.name !== only) continue;
      shown++;
      print(
        `${stack.name}  ${shownPath(file, folder)}`,
        ofStack(readStack(program, stack), folder),
      );
    }
  }
  if (shown === 0)
    throw new WrongUse(`no layer is named ${only ?? 'there'}; leave out --only`, 'selection');
  print('every proof', await ofProofs(solver));
  print('every run on disk images', ofRuns());
}

function print(title: string, sections: readonly Trusted[]): void {
  const paint = paintFor(process.stdout, process.env);
  const indent = ' '.repeat(16);
  const lines = sections.flatMap(({ what, items }) => {
    const [first = '', ...rest] = items.flatMap((item) => wrap(item.split(' '), 100, indent));
    return [`  ${what.padEnd(14)}${first.trimStart()}`, ...rest];
  });
  write(`${paint('bold', title)}\n${lines.join('\n')}\n\n`);
}

/** The same in short, for a verdict. */
export function proofTrusts(
  program: Program,
  layer: LayerDeclaration,
  solvers: readonly string[],
  assumed: readonly Assumption[],
): string[] {
  const folder = process.cwd();
  const name = (key: ClassKey) => program.classes.get(key)?.name ?? key;
  const machines = [layer.on, layer.promise].map(
    (key) => `${name(key)} as in ${shownPath(fileOf(key), folder)}`,
  );
  return [
    ...new Set(machines),
    ...assumed.map(({ because, at }) => `assumed at ${placed(at, folder)}: ${because}`),
    ...solvers,
    `the reader of TypeScript ${ts.version}`,
    'one operation at a time',
  ];
}

/** A place in the sources that were read, those of Plimsoll itself by their package. */
export const placed = ({ file, line, column }: Position, folder: string) =>
  `${shownPath(file, folder)}:${line}:${column}`;

const fileOf = (key: ClassKey) => key.slice(0, key.lastIndexOf('#'));

/** What stacks rest on beside their layers, whose assumptions are theirs. */
function ofStack(node: Node, folder: string): Trusted[] {
  const programs = new Set(leavesOf(node).map(({ program }) => program));
  const assumed = [...programs]
    .flatMap(assumptions)
    .map(({ because, at }) => `"${because}", ${placed(at, folder)}`);
  const [below, promise] = [lowerOf(node), promiseOf(node)].map((machine) => {
    const files = placesOf(machine).map((at) => shownPath(at.file, folder));
    return `${nameOf(machine)}, ${[...new Set(files)].join(' and ')}`;
  });
  return [
    {
      what: 'machine below',
      items: [`${below}: it does what its operations, fault() and crash() do, and no more`],
    },
    { what: 'promise', items: [`${promise}: it is what was meant`] },
    { what: 'layers', items: layerLines(node, folder) },
    { what: 'theorems', items: citedBy(node).map(theoremLine) },
    {
      what: 'kernel',
      items: [
        'each step of these theorems is one of the rules of Kleene algebra: src/kleene/theorems',
        'that proofs of layers are the hypotheses: docs/decisions/0009-stacks.md',
      ],
    },
    {
      what: 'assumptions',
      items: assumed.length > 0 ? [...new Set(assumed)] : ['none: no layer has an assume()'],
    },
  ];
}

function ofLayer(program: Program, layer: LayerDeclaration, folder: string): Trusted[] {
  const name = (key: ClassKey) => {
    const found = program.classes.get(key);
    return found ? `${found.name}, ${shownPath(found.at.file, folder)}` : key;
  };
  const assumed = assumptions(program).map(
    ({ because, at }) => `"${because}", ${placed(at, folder)}`,
  );
  return [
    {
      what: 'machine below',
      items: [
        `${name(layer.on)}: the disks do what its operations, fault() and crash() do, and no more`,
      ],
    },
    {
      what: 'promise',
      items: [`${name(layer.promise)}: it is what was meant`],
    },
    {
      what: 'assumptions',
      items: assumed.length > 0 ? assumed : ['none: there is no assume() in the sources'],
    },
  ];
}

interface Assumption {
  readonly because: string;
  readonly at: Position;
}

/** Every `assume` in the sources that were read. */
function assumptions(program: Program): Assumption[] {
  return [...program.functions.values()].flatMap(({ body }) => [...assumed(body)]);
}

function* assumed(statements: readonly Statement[]): Generator<Assumption> {
  for (const statement of statements) {
    if (statement.kind === 'assume') yield statement;
    for (const inner of bodies(statement)) yield* assumed(inner);
  }
}

function bodies(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === 'if') return [statement.then, statement.else];
  if (statement.kind === 'loop') return [statement.before, statement.body, statement.after];
  if (statement.kind !== 'try') return [];
  return [statement.body, ...statement.handlers.map((handler) => handler.body)];
}

async function ofProofs(solver: SolverOptions['solver']): Promise<Trusted[]> {
  const pool = await createPool({ solver, jobs: 1, cache: false }).catch(unusable);
  const { name } = pool;
  await pool.close();
  return [
    {
      what: 'reader',
      items: [
        `Plimsoll ${version} reads the subset of TypeScript as Node.js runs it`,
        `TypeScript ${ts.version} parses, resolves names and infers types; types are as declared`,
      ],
    },
    {
      what: 'executor',
      items: [
        'it states every obligation, with a crash point before each effect on the machine below',
        'arithmetic is that of integers; each step is shown to stay within the safe range',
      ],
    },
    {
      what: 'solver',
      items: [`${name}: what it answers "unsat" is so`, 'the cache holds what a solver answered'],
    },
    {
      what: 'recheck',
      items: [
        'what it says rests on the same, but for the choice of instances and for the cache: ' +
          'the solver decides formulas without quantifiers',
      ],
    },
    {
      what: 'callers',
      items: [
        'operations are called one at a time, each after the one before has ended',
        'of code that awaits the lock sees to that, if it was made by locked() or a host',
        'arguments are of the declared types, and numbers are safe integers',
        'init() ends with true before the first operation; recover() follows every crash',
      ],
    },
    {
      what: 'not shown',
      items: ['how long anything takes, and how much memory', 'that Node.js never fails by itself'],
    },
  ];
}

export function ofRuns(): Trusted[] {
  return [{ what: 'host', items: twoDisksTrusts }];
}
