/** Expressions of type boolean. */
import type { Construct } from './constructs.ts';
import { awaited, operation } from './expressions-any.ts';
import { mapTests } from './expressions-maps.ts';
import { leaf, type Rule, rule, type Site } from './site.ts';
import { keep, type TypeName } from './types.ts';

/** The left side is such that the checker does not know the answer. */
const compare = (construct: Construct, operator: string, type: TypeName, weight = 2): Rule =>
  rule(construct, weight, (s) => `(${s.detached(type)} ${operator} ${s.value(type)})`);

const withNothing = (construct: Construct, operator: string, nothing: string, type: TypeName) =>
  rule(construct, 2, (s) => `(${s.detached(type)} ${operator} ${nothing})`);

const withEffect = (construct: Construct, operator: string): Rule =>
  rule(construct, 2, (s) => {
    const left = s.value('boolean');
    const effect = s.body.knowing(left, () => operation(s));
    if (effect === undefined || (s.body.async && s.body.role !== 'async')) return undefined;
    return `(${left} ${operator} ${awaited(s, effect)})`;
  });

function both(site: Site, operator: '&&' | '||'): string {
  const left = site.value('boolean');
  const right = site.body.knowing(left, () => site.value('boolean'));
  return `(${left} ${operator} ${right})`;
}

/** What is right of the operator is only there if the left says so. */
function guarded(site: Site, operator: '&&' | '||'): string | undefined {
  const arrays: readonly TypeName[] = ['number[]', 'readonly number[]'];
  const known = site.body.visible().filter((b) => arrays.includes(b.type));
  if (known.length === 0) return undefined;
  const { name } = site.body.random.pick(known);
  const test = operator === '&&' ? `${name}.length > 0` : `${name}.length === 0`;
  const element = site.body.strict ? `${name}[0]!` : `${name}[0]`;
  return `(${test} ${operator} ${element} < ${site.small()})`;
}

export const booleanRules: readonly Rule[] = [
  // Plain, the checker would find code out of reach.
  leaf('boolean literal', 2, (s) => `${keep('boolean')}(${s.body.random.once(2)})`),
  compare('less than', '<', 'number', 4),
  compare('at most', '<=', 'number'),
  compare('greater than', '>', 'number'),
  compare('at least', '>=', 'number'),
  compare('equality of numbers', '===', 'number'),
  compare('inequality of numbers', '!==', 'number'),
  compare('equality of bigints', '===', 'bigint'),
  rule('order of bigints', 2, (s) => {
    const operator = s.body.random.pick(['<', '<=', '>', '>='] as const);
    return `(${s.value('bigint')} ${operator} ${s.value('bigint')})`;
  }),
  rule('equality of booleans', 2, (s) => {
    const operator = s.body.random.pick(['===', '!=='] as const);
    return `(${s.detached('boolean')} ${operator} ${s.detached('boolean')})`;
  }),
  rule('equality of tags', 2, (s) => {
    const operator = s.body.random.pick(['===', '!=='] as const);
    const kind = s.body.random.pick(['dot', 'line', 'many']);
    return s.body.random.once(2)
      ? `(${s.detached('Tag')} ${operator} ${s.value('Tag')})`
      : `(${s.detached('Shape')}.kind ${operator} '${kind}')`;
  }),
  withNothing('equality with null', '===', 'null', 'Point | null'),
  withNothing('equality with null', '===', 'null', 'number | null'),
  withNothing('inequality with undefined', '!==', 'undefined', 'Mark | undefined'),
  compare('equality of texts', '===', 'string'),
  compare('equality of texts', '!==', 'string', 1),
  ...mapTests,
  rule('conjunction', 3, (s) => both(s, '&&')),
  rule('disjunction', 3, (s) => both(s, '||')),
  rule('conjunction', 3, (s) => guarded(s, '&&')),
  rule('disjunction', 3, (s) => guarded(s, '||')),
  rule('not', 2, (s) => `(!${s.detached('boolean')})`),
  withEffect('conjunction with an effect', '&&'),
  withEffect('disjunction with an effect', '||'),
  rule('same block', 3, (s) => `sameBlock(${s.value('Block')}, ${s.value('Block')})`),
  rule('same blocks', 2, (s) => {
    const type = 'readonly Block[]';
    return `sameBlocks(${s.value(type)}, ${s.value(type)})`;
  }),
];
