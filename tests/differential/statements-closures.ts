/** Statements with closures. */
import type { Body } from './body.ts';
import { type StatementRule, simple, value } from './statement.ts';
import { keep } from './types.ts';

/** `xs.forEach((x, i) => { ... })`, in which a variable or field gets other values. */
function forEach(body: Body): boolean {
  const targets = body.visible('number').filter((b) => b.assignable);
  if (targets.length === 0) return false;
  const { name } = body.random.pick(targets);
  const known = body.visible('number[]');
  const array =
    known.length > 0 && body.random.once(2)
      ? body.random.pick(known).name
      : `${keep('readonly number[]')}(${value(body, 'readonly number[]')})`;
  const [item, index] = [body.name('e'), body.name('i')];
  body.line(`${array}.forEach((${body.random.once(2) ? `${item}, ${index}` : item}) => {`);
  body.block(() => {
    const own = { type: 'number', assignable: false, kind: 'local' } as const;
    body.bindings.push({ ...own, name: item });
    const text = body.quietly(() => body.hiding(array, () => value(body, 'number')));
    body.line(`${name} = ${text};`);
    body.line(`if (${name} < ${item}) ${name} = ${item};`);
  });
  body.line('});');
  return true;
}

export const closureStatements: readonly StatementRule[] = [simple('for each', 2, forEach)];
