/** The operations of a layer as actions: their words are read as their parameters are declared. */
import { show } from '../../explore/index.ts';
import type { Block } from '../../model/index.ts';
import type { Part } from '../../refine/composition/part.ts';
import type { Function as Code, Program, Type } from '../../symbolic/ir.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { WrongUse } from '../command/exit.ts';
import { readStack } from '../command/stacks.ts';
import { type Action, blockText, call, contentOf, result } from './actions.ts';

/** One action for each operation that the layer promises, or the one at the top of a stack. */
export function operationsOf(file: string, layer: string): Readonly<Record<string, Action>> {
  const { program } = readProgram([file]);
  const stack = program.stacks.find(({ name }) => name === layer);
  if (!stack) return ofLayer(program, layer);
  return ofPart(readStack(program, stack));
}

function ofPart(part: Part): Readonly<Record<string, Action>> {
  if (part.kind === 'layer') return ofLayer(part.program, part.layer.name);
  if (part.kind === 'compose') return ofPart(part.parts[1]);
  throw new WrongUse('two layers side by side are run each on its own; name one of them', 'action');
}

function ofLayer(program: Program, layer: string): Readonly<Record<string, Action>> {
  const declared = program.layers.find(({ name }) => name === layer);
  const promise = program.classes.get(declared?.promise ?? '');
  const hooks = ['initial', 'crash', 'fault'];
  const names = (promise?.methods ?? [])
    .filter(({ visibility, name }) => visibility === 'public' && !hooks.includes(name))
    .map(({ name }) => name);
  const code = declared?.code ?? '';
  return Object.fromEntries(names.map((name) => [name, actionOf(program, code, name)]));
}

function actionOf(program: Program, key: string, name: string): Action {
  const method = program.classes.get(key)?.methods.find((one) => one.name === name);
  const code = program.functions.get(method?.function ?? '');
  const parameters = code?.parameters ?? [];
  const usage = parameters.map(({ variable, type }) => usageOf(variable, type)).join(' ');
  return {
    usage,
    about: `the operation ${name}`,
    words: parameters.length,
    read: (words, blockSize) => {
      const given = parameters.map(({ type }, i) => argumentOf(words[i] ?? '', type, blockSize));
      return async (store) => result(store, name, textOf(await call(store, name, ...given), code));
    },
  };
}

function usageOf(variable: string, type: Type): string {
  const name = variable.replace(/#.*$/, '').toUpperCase();
  return type.kind === 'block' ? `${name}|@FILE` : name;
}

function argumentOf(word: string, type: Type, blockSize: number): unknown {
  if (type.kind === 'block') return contentOf(word, blockSize);
  if (type.kind === 'boolean' && /^(?:true|false)$/.test(word)) return word === 'true';
  if (type.kind === 'string') return word;
  if (type.kind === 'literal' && word === type.value) return word;
  if (type.kind === 'integer' && /^-?\d+$/.test(word))
    return ['big', 'u64'].includes(type.range) ? BigInt(word) : integer(word);
  throw new WrongUse(
    `${word} is no ${type.kind} that can be given here; write a program instead`,
    'action',
  );
}

function integer(word: string): number {
  const value = Number(word);
  if (!Number.isSafeInteger(value))
    throw new WrongUse(`${word} is too large; give less than 2^53`, 'action');
  return value;
}

function textOf(value: unknown, code: Code | undefined): string {
  if (value === undefined) return 'done';
  if (code?.returns.kind === 'block') return blockText(value as Block);
  if (value instanceof Uint8Array) return blockText(value as unknown as Block);
  if (value instanceof Map || value instanceof Set) return show(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
