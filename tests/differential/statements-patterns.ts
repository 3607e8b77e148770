/** Patterns: defaults, parts of parts, and what is left. */
import type { Body } from './body.ts';
import type { Construct } from './constructs.ts';
import { type StatementRule, simple, value } from './statement.ts';
import { keep, type TypeName } from './types.ts';

const fixed = (body: Body, type: TypeName): string => `${keep(type)}(${value(body, type)})`;

function declare(body: Body, name: string, type: TypeName): void {
  body.bindings.push({ name, type, assignable: false, kind: 'local' });
}

/** Nothing that could be seen happens in a default. */
const plainDefault = (body: Body, names: readonly string[]): string =>
  body.random.once(2) ? String(body.random.below(5)) : `${body.random.pick(names)} + 1`;

const pattern = (construct: Construct, weight: number, write: (body: Body) => void) =>
  simple(construct, weight, (body) => {
    write(body);
    return true;
  });

export const patternStatements: readonly StatementRule[] = [
  pattern('default in a record pattern', 2, (body) => {
    const [x, y] = [body.name('x'), body.name('y')];
    const given = `{ x: ${fixed(body, 'number | undefined')}, y: ${fixed(body, 'number | null')} }`;
    const type = '{ readonly x: number | undefined; readonly y: number | null }';
    const first = plainDefault(body, ['LIMIT']);
    body.line(`const { x: ${x} = ${first}, y: ${y} = ${x} }: ${type} = ${given};`);
    declare(body, x, 'number');
    declare(body, y, 'number | null');
  }),
  pattern('default in an array pattern', 2, (body) => {
    const [a, b] = [body.name('v'), body.name('v')];
    const list = fixed(body, 'readonly number[]');
    body.line(`const [${a} = ${plainDefault(body, ['LIMIT'])}, ${b} = ${a}] = ${list};`);
    for (const name of [a, b]) declare(body, name, 'number');
  }),
  pattern('nested pattern', 2, (body) => {
    const [x, size] = [body.name('x'), body.name('v')];
    body.line(`const { at: { x: ${x} }, size: ${size} } = ${fixed(body, 'Mark')};`);
    declare(body, x, 'number');
    declare(body, size, 'number | null');
  }),
  pattern('rest of an array', 2, (body) => {
    const [first, rest] = [body.name('v'), body.name('v')];
    body.line(`const [${first} = 0, ...${rest}] = ${fixed(body, 'readonly number[]')};`);
    declare(body, first, 'number');
    declare(body, rest, 'number[]');
  }),
];
