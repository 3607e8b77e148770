/** Closures that functions of arrays call at once, and searches by value. */
import type { Construct } from './constructs.ts';
import { kept } from './expressions-any.ts';
import { type Rule, rule, type Site } from './site.ts';
import { elements, keep, type TypeName } from './types.ts';

const lists: readonly TypeName[] = [
  'readonly number[]',
  'readonly number[]',
  'readonly boolean[]',
  'readonly Point[]',
  'readonly (number | null)[]',
];

/** An array, often one with a name. */
function list(site: Site, type: TypeName): string {
  const element = elements[type];
  const known = site.body.visible().filter((b) => elements[b.type] === element);
  return known.length > 0 && !site.body.random.once(3)
    ? site.body.random.pick(known).name
    : kept(site, type);
}

/** An arrow function of an element and perhaps its index; it sees what is around it. */
export function closure(site: Site, element: TypeName, returns: TypeName): string {
  const { body } = site;
  const [item, index] = [body.name('e'), body.name('i')];
  const indexed = body.random.once(2);
  const outer = body.bindings;
  const own = { assignable: false, kind: 'local' } as const;
  body.bindings = [...outer, { ...own, name: item, type: element }];
  if (indexed) body.bindings.push({ ...own, name: index, type: 'number' });
  const text = body.quietly(() =>
    returns === 'Point' ? kept(site, 'Point') : site.value(returns),
  );
  body.bindings = outer;
  const names = indexed ? `${item}, ${index}` : item;
  if (!body.random.once(4)) return `(${names}) => (${text})`;
  const result = body.name('r');
  return `(${names}) => {\nconst ${result}: ${returns} = ${text};\nreturn ${result};\n}`;
}

function called(construct: Construct, weight: number, name: string): Rule {
  return rule(construct, weight, (s) => {
    const type = s.body.random.pick(lists);
    const array = list(s, type);
    return s.body.keeping(
      array,
      () => `${array}.${name}(${closure(s, elements[type]!, 'boolean')})`,
    );
  });
}

/** What is looked for is evaluated before, in a statement. */
function searched(construct: Construct, weight: number, name: string): Rule {
  return rule(construct, weight, (s) => {
    if (s.quiet) return undefined;
    const type = s.body.random.pick([
      'readonly number[]',
      'readonly boolean[]',
      'readonly (number | null)[]',
    ] as const);
    const element: TypeName = elements[type]!;
    const array = list(s, type);
    return s.body.keeping(array, () => `${array}.${name}(${s.detached(element)})`);
  });
}

function made(type: TypeName): readonly Rule[] {
  const element = elements[type]!;
  return [
    rule('map', 2, (s) => {
      const from = s.body.random.pick(lists);
      const array = list(s, from);
      const given = () => `${array}.map(${closure(s, elements[from]!, element)})`;
      return s.body.keeping(array, () => typed(type, given()));
    }),
    rule('filter', 3, (s) => {
      const array = list(s, readonlyOf(type));
      return s.body.keeping(array, () => `${array}.filter(${closure(s, element, 'boolean')})`);
    }),
    rule('numbered array', 2, (s) => {
      if (s.quiet) return undefined;
      const name = s.body.name('i');
      const outer = s.body.bindings;
      const own = { type: 'number', assignable: false, kind: 'local' } as const;
      const length = s.body.random.once(12) ? '-1' : s.small();
      s.body.bindings = [...outer, { ...own, name }];
      const text = s.body.quietly(() =>
        element === 'Point' ? kept(s, 'Point') : s.value(element),
      );
      s.body.bindings = outer;
      return typed(type, `Array.from({ length: ${length} }, (_, ${name}) => (${text}))`);
    }),
  ];
}

const readonlyOf = (type: TypeName): TypeName =>
  (type.startsWith('readonly') ? type : `readonly ${type}`) as TypeName;

/** Literals would have a type of their own. */
const typed = (type: TypeName, text: string): string =>
  type.startsWith('readonly') ? `${keep(type)}(${text})` : text;

export const closureRules: { readonly [T in TypeName]?: readonly Rule[] } = {
  boolean: [
    called('every', 2, 'every'),
    called('some', 2, 'some'),
    searched('includes', 2, 'includes'),
  ],
  number: [
    called('index of the first', 1, 'findIndex'),
    searched('index of', 1, 'indexOf'),
    rule('reduce', 2, (s) => {
      if (s.quiet) return undefined;
      const array = list(s, 'readonly number[]');
      const sum = s.body.name('a');
      const outer = s.body.bindings;
      return s.body.keeping(array, () => {
        const begin = s.value('number');
        const own = { type: 'number', assignable: false, kind: 'local' } as const;
        s.body.bindings = [...outer, { ...own, name: sum }];
        const text = closure(s, 'number', 'number').replace(/^\(/, `(${sum}, `);
        s.body.bindings = outer;
        return `${array}.reduce(${text}, ${keep('number')}(${begin}))`;
      });
    }),
  ],
  'number | undefined': [
    rule('find', 8, (s) => {
      if (s.quiet) return undefined;
      const array = list(s, 'readonly number[]');
      return s.body.keeping(array, () => `${array}.find(${closure(s, 'number', 'boolean')})`);
    }),
  ],
  'readonly number[]': made('readonly number[]'),
  'readonly boolean[]': made('readonly boolean[]'),
  'readonly Point[]': made('readonly Point[]'),
  'number[]': made('number[]'),
};
