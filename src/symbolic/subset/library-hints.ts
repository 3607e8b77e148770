/** Why parts of the library are refused, and what to write instead of them. See library.ts. */
import type { LibraryName } from './library.ts';

interface Hint {
  readonly why: string;
  readonly instead: string;
}

function hint(why: string, instead: string): Hint {
  return { why, instead };
}

const closure = hint(
  'only some of the functions of arrays that take a closure are read',
  'map, filter, find, every, some, reduce, or a loop',
);
const inPlace = hint('it changes the array and answers with it: two names for one array', 'a loop');
const identity = hint('it compares by identity', 'a loop that compares what is meant');
const view = hint('it makes a second name for the same bytes', 'slice, which copies');
const text = hint(
  'texts are compared, and nothing else',
  'numbers, bytes, or a comparison with ===',
);
const dates = hint('time is not in the model', 'a parameter');
const later = hint('it comes with a later version', 'an array and a loop');
const entries = hint('it is not among the functions of maps and sets that are read', 'for of');
const together = hint('promises are awaited one by one, where they are made', 'await of each call');
const reflection = hint(
  'it reads or changes objects behind the type checker',
  'properties by their names',
);
const clock = hint('code runs when it is called, and not later', 'a direct call');
const bits = hint('the result is not what it is for integers, or not exact', 'integers');
const iterators = hint('iterators come with a later version', 'for (const x of xs)');
const memory = hint('memory is not in the model', 'arrays, or Uint8Array');

/** By global name; also for every member that has no entry of its own. */
const byOwner: Readonly<Record<string, Hint>> = {
  Date: dates,
  Map: entries,
  Set: entries,
  ReadonlyMap: entries,
  ReadonlySet: entries,
  WeakMap: later,
  WeakSet: later,
  WeakRef: memory,
  FinalizationRegistry: memory,
  Promise: together,
  PromiseLike: together,
  Proxy: reflection,
  Reflect: reflection,
  Object: reflection,
  Function: hint('functions are not values in the subset', 'a call of the function by its name'),
  Symbol: hint('symbols are names made at run time', 'a property name, or a tag'),
  JSON: text,
  String: text,
  RegExp: text,
  RegExpMatchArray: text,
  RegExpExecArray: text,
  Intl: text,
  Number: hint('text, and numbers that are no integers, are not in the subset', 'integers'),
  BigInt: hint('text is not in the subset', 'the number itself'),
  Boolean: hint('conditions are boolean, and nothing converts to boolean', 'a comparison'),
  Math: bits,
  Error: hint(
    'an error is known by its class alone',
    'one class for each error: class Full extends Error {}',
  ),
  Array: hint('it is not among the functions of arrays that are read', 'a loop'),
  ReadonlyArray: hint('it is not among the functions of arrays that are read', 'a loop'),
  Uint8Array: hint('it is not among the functions of bytes that are read', 'a loop'),
  ArrayBuffer: view,
  SharedArrayBuffer: view,
  DataView: view,
  Atomics: memory,
  Iterator: iterators,
  Generator: iterators,
  AsyncGenerator: iterators,
  eval: hint('the program is read before it runs', 'the code itself'),
  globalThis: hint('state outside of the class is not in the model', 'a field'),
  setTimeout: clock,
  setInterval: clock,
  setImmediate: clock,
  queueMicrotask: clock,
  NaN: hint('a number is an integer', 'null or undefined for no number'),
  Infinity: hint('a number is an integer', 'null or undefined for no limit'),
};

const fromIdentity = ['includes', 'indexOf', 'lastIndexOf'];
const fromClosures = [
  'map',
  'filter',
  'reduce',
  'reduceRight',
  'forEach',
  'every',
  'some',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'from',
];
const fromPlace = ['sort', 'reverse', 'splice', 'copyWithin', 'fill', 'shift', 'unshift', 'set'];
const fromViews = ['buffer', 'subarray', 'byteOffset'];

const byMember: Readonly<Record<string, Hint>> = {
  'Math.random': hint('chance is not in the model', 'a parameter'),
  'Math.trunc': hint('numbers are integers', 'Math.floor(a / b)'),
  'Object.freeze': hint('nothing can be frozen that is not read-only already', 'readonly types'),
  'Object.is': identity,
  'Object.assign': hint('records do not change', 'a new record: { ...old, name: value }'),
  'Number.isInteger': hint('every number is an integer here', 'nothing: it is true'),
  'Number.isSafeInteger': hint('every number is proved to be safe', 'nothing: it is true'),
  'Array.isArray': hint('the type says it', 'a tag in a record'),
  'Array.prototype.at': hint('it counts from the end for some arguments', 'xs[i]'),
  'Array.prototype.join': text,
  'Array.prototype.toString': text,
};

export function hintFor(name: LibraryName): Hint {
  const owner = (name.container || name.member).replace(/Constructor$/, '').replace(/\..*/, '');
  const sequences = /^(Readonly)?Array$|Array$/.test(owner);
  if (sequences) {
    const member = name.member;
    const exact = byMember[`Array.prototype.${member}`] ?? byMember[`${owner}.${member}`];
    if (exact) return exact;
    if (fromClosures.includes(member)) return closure;
    if (fromIdentity.includes(member)) return identity;
    if (fromPlace.includes(member)) return inPlace;
    if (fromViews.includes(member)) return view;
  }
  return byMember[`${owner}.${name.member}`] ?? byOwner[owner] ?? general(name);
}

function general(name: LibraryName): Hint {
  return /Iter(ator|able)/.test(name.container + name.member)
    ? iterators
    : hint('it is not in the table of the subset', 'what the language itself offers');
}
