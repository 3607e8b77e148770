/** Why statements are refused. See statements.ts and errors.ts. */
import type { Reason } from './inspection.ts';

export const statementReasons = {
  var: {
    construct: 'var',
    why: 'it is there before its declaration, and in all of the function',
    instead: 'let or const',
  },
  using: {
    construct: 'UsingKeyword',
    why: 'it calls a method that is not written where it is called',
    instead: 'const, and the call',
  },
  clause: {
    construct: 'switch variable',
    why: 'it is declared in another clause of the switch, and may have no value here',
    instead: 'a variable before the switch',
  },
  taken: {
    why: 'this name means something else everywhere',
    instead: 'another name',
  },
  definite: {
    why: 'nobody knows that it has a value',
    instead: 'a value at once',
  },
  rest: {
    why: 'how many arguments there are is not in the type',
    instead: 'a readonly array as parameter',
  },
  restOf: {
    why: 'what is left may be more than the type says',
    instead: 'the fields by their names',
  },
  default: {
    construct: 'default value',
    why: 'it is evaluated only for what is undefined, and something happens then',
    instead: 'an expression without calls and assignments, or ?? in the body',
  },
  inner: {
    why: 'it can be called before it is declared, and keeps hold of variables',
    instead: 'a function at the top of the module, or a private method',
  },
  innerClass: {
    why: 'it would be another class each time',
    instead: 'a class at the top of the module',
  },
  label: {
    why: 'jumps out of several loops are not read',
    instead: 'a private method with return',
  },
  switch: {
    construct: 'identity',
    why: 'two values with the same content may or may not be the same object',
    instead: 'a switch on a tag, as in switch (x.kind)',
  },
  case: {
    why: 'a clause stands for a literal',
    instead: 'if and else',
  },
  defaultClause: {
    why: 'it is tried last, wherever it stands',
    instead: 'default as the last clause',
  },
  throw: {
    why: 'only declared errors are thrown',
    instead: 'class Full extends Error {} and throw new Full()',
  },
  message: {
    why: 'an error is known by its class alone',
    instead: 'one class for each error',
  },
  finally: {
    why: 'it runs after return and throw, and can undo them',
    instead: 'the same statements where they are needed',
  },
  catchAll: {
    why: 'it swallows errors that it does not name, and failures of the machine with them',
    instead: 'catch (e) { if (e instanceof Full) { ... } else throw e; }',
  },
  caught: {
    why: 'an error is known by its class alone',
    instead: 'e instanceof Full as the condition of an if, or throw e',
  },
  instanceOf: {
    construct: 'InstanceOfKeyword',
    why: 'classes are told apart in handlers of errors only',
    instead: 'a tag, as in { kind: "full" }, and ===',
  },
  generator: {
    construct: 'generator',
    why: 'generators stop half-way, and nothing says where they go on',
    instead: 'a loop that fills an array',
  },
  generic: {
    why: 'only functions of a module have type parameters: they are read where they are called',
    instead: 'the type that it is used with, or a function of the module',
  },
  bodiless: {
    construct: 'overload',
    why: 'there is no body to read; the type checker believes what it says',
    instead: 'one signature with its body',
  },
  unnamed: {
    construct: 'DefaultKeyword',
    why: 'exports have names',
    instead: 'export, and import { name }',
  },
  thisParameter: {
    construct: 'this parameter',
    why: 'outside of methods nobody knows what this is',
    instead: 'a method, or another parameter',
  },
} satisfies Record<string, Reason>;
