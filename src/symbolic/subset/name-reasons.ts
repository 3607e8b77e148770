/** Why names are refused. See names.ts. */
import type { Reason } from './inspection.ts';

export const nameReasons = {
  arguments: {
    construct: 'arguments',
    why: 'it is a second name for the parameters',
    instead: 'the parameters by their names',
  },
  elsewhere: {
    why: 'its definition is not in a TypeScript module, so nobody reads it',
    instead: 'a function or constant of a module that is read',
  },
  merged: {
    why: 'the library was added to: what runs may not be what is declared',
    instead: 'a function of your own, under a name of its own',
  },
  libraryValue: {
    why: 'what the library offers is called, never handed on',
    instead: 'a call',
  },
  notRead: {
    why: 'it looks into blocks, or belongs to those who run machines',
    instead: 'the functions of the model for verified code: sameBlock, zeroBlock, anyBlock',
  },
  functionValue: {
    why: 'functions are not values; a closure is read where a function of arrays calls it',
    instead: 'a call of a function by its name',
  },
  methodValue: {
    why: 'a method without its object may be called on another one, or on none',
    instead: 'a call, as in this.read(address)',
  },
  otherMethod: {
    why: 'only methods of this, and operations of the lower machine, are called',
    instead: 'a private method or a function, with what it needs as arguments',
  },
  classValue: {
    why: 'a class is not a value in the subset',
    instead: 'the class itself, after new, or in the declaration of a layer',
  },
  accessor: { why: 'reading a property must have no effect', instead: 'a method' },
  computed: {
    why: 'a name that is computed is not known to the prover',
    instead: 'the property by its name; only arrays and bytes have an index, which is a number',
  },
  this: {
    why: 'outside of methods nobody knows what this is',
    instead: 'a method, or a parameter',
  },
  thisValue: {
    why: 'the object would get a second name',
    instead: 'the fields that are meant, as arguments',
  },
  fill: {
    why: 'it changes the array and answers with it: two names for one array',
    instead: 'new Array<T>(length).fill(value), or a loop',
  },
  entries: {
    why: 'iterators come with a later version',
    instead: 'for (const [i, x] of xs.entries())',
  },
  floor: {
    why: 'numbers are integers already',
    instead: 'Math.floor(a / b), or the number itself',
  },
  empty: { why: 'of nothing, it is infinite', instead: 'one argument at least' },
  convert: {
    why: 'it converts text, booleans and nothing as well',
    instead: 'one argument that is a number or a bigint',
  },
  holes: {
    why: 'it makes an array of holes',
    instead: 'new Array<T>(length).fill(value), or [] and push',
  },
  bytes: {
    why: 'given anything but a length it copies, converts, or makes a second name for bytes',
    instead: 'new Uint8Array(length), and a loop',
  },
  collection: {
    why: 'a map or set is made empty, or as a copy of another',
    instead: 'new Map(), and set() for each entry',
  },
} satisfies Record<string, Reason>;
