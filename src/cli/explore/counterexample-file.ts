/** Counterexamples as files: what `replay` reads has to be what `prove` and `explore` write. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import {
  type Counterexample,
  type Replayed,
  render,
  toTestFile,
  traceOf,
} from '../../explore/index.ts';
import type { Shown } from '../../refine/refutation/refute.ts';
import { WrongUse } from '../command/exit.ts';
import { packageRoot, projectRoot } from '../command/package.ts';
import { readSource } from '../command/terminal.ts';
import { fingerprint, type Sources } from '../prove/verdicts.ts';

/** The layer that a counterexample is about. */
export interface About {
  readonly file: string;
  readonly layer: string;
}

type Fields = { readonly [name: string]: unknown };

const isNumber = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isText = (value: unknown) => typeof value === 'string';
const isAnything = () => true;
const listOf = (item: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(item);
const record = (shape: Readonly<Record<string, (value: unknown) => boolean>>) => (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(shape).every(([name, fits]) => name in value && fits((value as Fields)[name]));

const optional = (fits: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || fits(value);
const isPower = (value: unknown) => value === null || isNumber(value);
const isClient = (value: unknown) => isNumber(value) && (value as number) < 8;

/** What each turn of a schedule has beside its name. */
const turns: Readonly<Record<string, (value: unknown) => boolean>> = {
  init: record({ picks: listOf(isNumber), power: isPower }),
  recover: record({ picks: listOf(isNumber), power: isPower }),
  begin: record({ client: isClient, operation: isText, arguments: listOf(isAnything) }),
  effect: record({ client: isClient, picks: listOf(isNumber) }),
  resume: record({ client: isClient }),
  crash: record({ picks: listOf(isNumber) }),
};

const isTurn = (value: unknown) => {
  if (!record({ do: isText })(value)) return false;
  const name = (value as { do: string }).do;
  return Object.hasOwn(turns, name) && turns[name]!(value);
};

const isSchedule = optional(
  record({ locked: (value) => typeof value === 'boolean', turns: listOf(isTurn) }),
);

const fits = record({
  layer: record({ file: isText, name: isText }),
  source: isText,
  start: isAnything,
  blocks: listOf(isAnything),
  length: isNumber,
  steps: listOf(
    record({
      do: isText,
      arguments: listOf(isAnything),
      picks: listOf(isNumber),
      power: isPower,
    }),
  ),
});

export function readCounterexample(file: string): Counterexample {
  const found = parse(file);
  const format = typeof found === 'object' && found !== null ? (found as Fields).format : undefined;
  if (isNumber(format) && (format as number) > 1)
    throw new WrongUse(
      `${file} has format ${format}, this is format 1; use a newer Plimsoll`,
      'counterexample',
    );
  if (format !== 1 || !fits(found) || !isSchedule((found as Fields).schedule))
    throw new WrongUse(
      `${file} is no counterexample; give a file that prove or explore has written`,
      'counterexample',
    );
  return found as Counterexample;
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new WrongUse(
      `${file} cannot be read; give a file that prove or explore has written`,
      'counterexample',
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WrongUse(
      `${file} is not JSON: ${(error as Error).message}; it may be cut short`,
      'counterexample',
    );
  }
}

/** The proof file that a counterexample is about: seen from its project, or from here. */
export function layerFile({ layer }: Counterexample, folder: string): string {
  const places = [projectRoot(folder), folder].map((root) => resolve(root, layer.file));
  const found = places.find((path) => existsSync(path));
  if (!found)
    throw new WrongUse(
      `${layer.file} is not there; run replay in the project it is of`,
      'counterexample',
    );
  return found;
}

/** The counterexample, with what it is about. */
export function complete(run: Counterexample, about: About, sources: Sources): Counterexample {
  const root = projectRoot(process.cwd());
  const layer = { file: relative(root, about.file), name: about.layer };
  return { ...run, layer, source: fingerprint(sources, root) };
}

/** A run that was replayed, as people see it. */
export function shown(replayed: Replayed): Shown {
  const text = render(replayed, readSource, { folder: process.cwd() });
  return { shown: text, trace: traceOf(replayed) };
}

/** A test that keeps the counterexample from coming back, to stand at `target`. */
export function testFile(run: Counterexample, about: About, target: string): string {
  const within = projectRoot(dirname(target)) === packageRoot;
  const explorer = join(packageRoot, 'src/explore/index.ts');
  return toTestFile(run, {
    layer: specifier(about.file, target),
    explorer: within ? specifier(explorer, target) : 'plimsoll/explore',
    because: 'the promise is broken',
  });
}

/** How the file at `from` imports the one at `to`. */
function specifier(to: string, from: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
