/** Why a type is refused. See types.ts. */
import type { Reason } from './inspection.ts';

export const reasons = {
  any: {
    construct: 'AnyKeyword',
    why: 'any switches the type checker off',
    instead: 'the type of the value',
  },
  unknown: {
    construct: 'UnknownKeyword',
    why: 'nothing is known of a value of type unknown',
    instead: 'the type of the value',
  },
  enumeration: {
    construct: 'EnumDeclaration',
    why: 'an enum accepts numbers that are none of its members',
    instead: 'a union of literals, as in "read" | "write"',
  },
  text: {
    construct: 'StringKeyword',
    why: 'texts made of other texts are not in the subset',
    instead: 'string, or a union of string literals',
  },
  generic: {
    construct: 'TypeParameter',
    why: 'only functions of a module have type parameters: they are read where they are called',
    instead: 'the type that it is used with, or a function of the module',
  },
  fraction: {
    why: 'a number is an integer within ±(2^53 - 1)',
    instead: 'an integer, or a bigint',
  },
  recursive: {
    why: 'a value of this type may hold another, and so on without end',
    instead: 'an array of records that refer to one another by index',
  },
  alike: {
    construct: 'UnionType',
    why: 'nothing tells the members of this union apart when the code runs',
    instead: 'records with a tag, as in { kind: "full" } | { kind: "free"; next: number }',
  },
  handle: {
    construct: 'Operations',
    why: 'the lower machine has one user, and one name in it',
    instead: 'a field that the constructor sets, and calls of its operations',
  },
  tuple: {
    construct: 'TupleType',
    why: 'the type checker believes its length, also after push and pop',
    instead: 'a readonly tuple without optional parts, an array, or a record with named fields',
  },
  nested: {
    construct: 'mutable element',
    why: 'an array that can change inside of another value has two names',
    instead: 'readonly T[], and a new array where it changes',
  },
  mapWithin: {
    construct: 'map within a value',
    why: 'a map or set lives in a variable, a field, a parameter or a result of its own',
    instead: 'a map beside the value, or a readonly array of records',
  },
  key: {
    construct: 'key',
    why: 'a map finds objects by identity, which the model does not have',
    instead: 'keys that are integers, booleans, strings or tags',
  },
  promise: {
    construct: 'Promise',
    why: 'a promise is awaited where it is made: kept, its effects would come in another order',
    instead: 'await of the call',
  },
  object: {
    construct: 'class instance',
    why: 'an object with fields that change may have two names',
    instead: 'a record, or the fields that are meant',
  },
  function: {
    construct: 'FunctionType',
    why: 'functions are not values; a closure is read where a function of arrays calls it',
    instead: 'a call of the function by its name',
  },
  keys: {
    construct: 'IndexSignature',
    why: 'the type checker believes that every key is there',
    instead: 'a record with named fields, or an array',
  },
  inherited: {
    construct: 'PropertyName',
    why: 'every object inherits a property of this name, or the language calls it',
    instead: 'another name',
  },
  empty: {
    construct: 'empty type',
    why: 'nearly every value fits this type',
    instead: 'the type of the value',
  },
  accessor: {
    construct: 'GetAccessor',
    why: 'reading a property must have no effect',
    instead: 'a method',
  },
  unread: {
    why: 'values of this type are not in the subset',
    instead: 'integers, booleans, blocks, bytes, arrays, records and unions of these',
  },
} satisfies Record<string, Reason>;
