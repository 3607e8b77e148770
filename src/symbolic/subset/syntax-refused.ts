/** The kinds of syntax that are refused, each with a reason and a remedy. See syntax.ts. */
import { foreignKinds, group, type RefusedKind } from './syntax-foreign.ts';

const literals = [
  ...group(
    ['RegularExpressionLiteral'],
    'strings are not in the subset, and so nothing to match',
    'a comparison of numbers or bytes',
  ),
  ...group(
    [
      'TemplateExpression',
      'TemplateHead',
      'TemplateMiddle',
      'TemplateTail',
      'TemplateSpan',
      'TaggedTemplateExpression',
    ],
    'text built at run time is not in the subset; it may call toString of anything',
    'a string literal',
  ),
];

const operators = [
  ...group(
    ['EqualsEqualsToken', 'ExclamationEqualsToken'],
    'it converts its operands before it compares them',
    '=== or !==',
  ),
  ...group(
    ['CommaToken', 'CommaListExpression'],
    'it hides an effect inside an expression',
    'a statement for each part',
  ),
  ...group(
    ['AsteriskAsteriskToken', 'AsteriskAsteriskEqualsToken'],
    'powers leave the safe integers at once, and have no theory in the solver',
    'the number itself, or a product',
  ),
  ...group(['SlashEqualsToken'], 'division of numbers makes fractions', 'x = Math.floor(x / y)'),
  ...group(
    ['GreaterThanGreaterThanGreaterThanToken', 'GreaterThanGreaterThanGreaterThanEqualsToken'],
    'it converts to 32 bits without a word',
    'Math.floor(x / 256), with the power of two written out',
  ),
  ...group(
    ['TildeToken'],
    'it converts to a signed number of 32 bits',
    'x ^ 0xff on the width that is meant, inside wrapU8(...) and the like',
  ),
  ...group(
    ['InKeyword'],
    'which properties a value has at run time is not in its type',
    'a tag, as in { kind: "full" }, and ===',
  ),
  ...group(
    ['DeleteExpression'],
    'records do not change, and arrays have no holes',
    'a new record or array without it',
  ),
  ...group(['VoidExpression'], 'it throws a value away', 'undefined'),
  ...group(
    ['MetaProperty'],
    'what a module or a constructor knows of its caller is not in the model',
    'a parameter',
  ),
];

const functions = [
  ...group(
    ['FunctionExpression'],
    'it has a `this` of its own, and a name that nobody needs',
    'an arrow function; a function at the top of the module, or a private method',
  ),
  ...group(
    ['YieldExpression'],
    'generators stop half-way, and nothing says where they go on',
    'a loop that fills an array',
  ),
  ...group(['ClassExpression'], 'a class is known by its name', 'a class declaration'),
  ...group(
    ['GetAccessor', 'SetAccessor', 'AccessorKeyword'],
    'reading a property must have no effect',
    'a method',
  ),
  ...group(
    ['ClassStaticBlockDeclaration'],
    'a class has no state of its own, and runs nothing when it is declared',
    'a field with a literal value, or a constant of the module',
  ),
  ...group(
    ['Decorator', 'AtToken'],
    'a decorator replaces what it stands on',
    'the code that it would put there',
  ),
  ...group(
    ['ComputedPropertyName'],
    'a name that is computed is not known to the prover',
    'the name itself',
  ),
  ...group(['SuperKeyword'], 'there is no inheritance in the subset', 'a call of a function'),
  ...group(
    ['AbstractKeyword'],
    'there is no inheritance in the subset',
    'one class that does the whole work',
  ),
  ...group(
    ['DeclareKeyword'],
    'it promises a value that is defined elsewhere, where nobody reads it',
    'the definition itself',
  ),
];

const statements = [
  ...group(
    ['DoStatement'],
    'its body runs before its condition',
    'while (true) with break, or while',
  ),
  ...group(
    ['ForInStatement'],
    'keys are strings, inherited ones among them, in an order of their own',
    'for (const x of xs), or for (const [i, x] of xs.entries())',
  ),
  ...group(
    ['LabeledStatement'],
    'jumps out of several loops are not read',
    'a private method with return',
  ),
  ...group(
    ['WithStatement'],
    'which variable a name means is decided at run time',
    'the object before each property',
  ),
  ...group(['DebuggerStatement'], 'it stops the program', 'nothing: remove it'),
  ...group(
    ['UsingKeyword'],
    'it calls a method that is not written where it is called',
    'const, and the call',
  ),
];

const modules = [
  ...group(
    ['EnumDeclaration', 'EnumMember'],
    'an enum accepts numbers that are none of its members',
    'a union of literals, as in "read" | "write"',
  ),
  ...group(
    ['ModuleDeclaration', 'ModuleBlock', 'NamespaceExportDeclaration'],
    'namespaces, and declarations for other modules, change names behind the reader',
    'a module of its own',
  ),
  ...group(
    ['ImportEqualsDeclaration', 'ExternalModuleReference'],
    'it is not a module of the language',
    'import { name } from "./file.ts"',
  ),
  ...group(
    ['NamespaceImport', 'NamespaceExport'],
    'a module is not a value in the subset',
    'import { name } from "./file.ts"',
  ),
  ...group(['ExportAssignment'], 'exports have names', 'export const name = ...'),
  ...group(
    ['ImportAttributes', 'ImportAttribute', 'ImportTypeAssertionContainer'],
    'only TypeScript is read',
    'a constant in a TypeScript module',
  ),
  ...group(['MissingDeclaration'], 'a declaration is missing here', 'a declaration'),
];

const types = [
  ...group(
    ['TypeAssertionExpression'],
    'it overrules the type checker',
    'a check that narrows, as in if (x !== null), or x!',
  ),
  ...group(
    ['TypePredicate'],
    'the type checker believes it without looking',
    'a function that returns boolean, and the check where it is needed',
  ),
  ...group(['ThisType'], 'which class it is depends on the caller', 'the name of the class'),
  ...group(
    ['ConditionalType', 'InferType'],
    'types that compute are not read',
    'the type written out',
  ),
  ...group(
    ['ConstructorType', 'ConstructSignature', 'CallSignature'],
    'functions and classes are not values in the subset',
    'a call of the function by its name',
  ),
  ...group(
    ['IndexSignature'],
    'the type checker believes that every key is there',
    'a record with named fields, or an array',
  ),
  ...group(
    ['OptionalType', 'RestType'],
    'how long the tuple is cannot be told from its type',
    'an array, or a record with named fields',
  ),
  ...group(
    ['TemplateLiteralType', 'TemplateLiteralTypeSpan'],
    'strings are not in the subset',
    'a union of string literals',
  ),
];

export const refusedKinds: readonly RefusedKind[] = [
  ...literals,
  ...operators,
  ...functions,
  ...statements,
  ...modules,
  ...types,
  ...foreignKinds,
];
