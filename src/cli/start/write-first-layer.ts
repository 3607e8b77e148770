/** Writes the first layer. What is there already is never written over. */
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { WrongUse } from '../command/exit.ts';
import { makeFolder } from '../command/make-folder.ts';
import { version } from '../command/package.ts';
import { write } from '../command/terminal.ts';
import { compilerOptions, firstLayer } from './first-layer.ts';

/** A file that is to be there, and what is said of it. */
interface Wanted {
  readonly name: string;
  readonly about: string;
  readonly text: string;
  /** A file that is there and is to be completed: only the text of ours is changed. */
  readonly replaces?: boolean;
}

export function writeFirstLayer(given: string, from: string): void {
  const folder = resolve(from, given);
  refuseWhatIsThere(folder, given);
  const files = [...around(folder), ...firstLayer];
  for (const file of files) put(folder, file);
  const width = Math.max(...files.map(({ name }) => name.length)) + 2;
  const lines = files.map(({ name, about }) => `wrote   ${name.padEnd(width)}${about}`);
  write(`${[...lines, '', 'next:', ...next(folder, given)].join('\n')}\n`);
}

/** All that stands in the way is told at once, before anything is written. */
function refuseWhatIsThere(folder: string, given: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new WrongUse(`${given} is a file; name a folder, or one that is to be made`, 'output');
  const inTheWay = firstLayer
    .filter(({ name }) => isThere(join(folder, name)))
    .map(({ name }) => join(given, name));
  if (inTheWay.length === 0) return;
  const [those, them] = inTheWay.length === 1 ? ['is', 'it'] : ['are', 'them'];
  throw new WrongUse(
    `${inTheWay.join(', ')} ${those} there already; move ${them} away, or name another folder`,
    'output',
  );
}

/** Also a link that leads nowhere is there. Below a file there is nothing. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** What a project needs around a layer, as far as it is absent. */
function around(folder: string): Wanted[] {
  const options = {
    name: 'tsconfig.json',
    about: 'how TypeScript reads it',
    text: compilerOptions,
  };
  const wanted = isThere(join(folder, 'tsconfig.json')) ? [] : [options];
  const described = description(folder);
  return described === undefined ? wanted : [described, ...wanted];
}

/** The package.json, if it is absent or does not say that the sources are modules. */
function description(folder: string): Wanted | undefined {
  const name = 'package.json';
  const file = join(folder, name);
  if (!isThere(file)) {
    const own = { private: true, type: 'module', devDependencies: { plimsoll: `^${version}` } };
    return { name, about: 'a project of modules', text: json(own) };
  }
  const found = parse(file);
  if ('type' in found) return undefined;
  const text = json({ ...found, type: 'module' });
  return { name, about: 'now says "type": "module"', text, replaces: true };
}

function parse(file: string): object {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found;
  } catch (error) {
    throw new WrongUse(
      `${file} cannot be read: ${(error as Error).message}; mend it first`,
      'output',
    );
  }
  throw new WrongUse(`${file} is no description of a package; mend it first`, 'output');
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function put(folder: string, { name, text, replaces }: Wanted): void {
  const target = join(folder, name);
  try {
    makeFolder(dirname(target));
    // Somebody may have made it since we looked.
    writeFileSync(target, text, { flag: replaces ? 'w' : 'wx' });
  } catch (error) {
    throw new WrongUse(`${target} cannot be written: ${(error as Error).message}`, 'output');
  }
}

/** What to type now, from where we are. */
function next(folder: string, given: string): string[] {
  const enter = folder === process.cwd() ? [] : [`cd ${given}`];
  const install = isInstalled(folder) ? [] : ['npm install --save-dev plimsoll'];
  const commands = [
    'npx plimsoll prove register',
    'npx plimsoll explore register',
    'npx plimsoll run register --disk register.img --create 4 set hello',
    'npx plimsoll run register --disk register.img get',
  ];
  return [...enter, ...install, ...commands].map((command) => `  ${command}`);
}

/** Whether `import 'plimsoll'` finds something from there. */
function isInstalled(folder: string): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve('plimsoll/package.json');
    return true;
  } catch {
    return false;
  }
}
