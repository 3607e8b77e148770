/** Switch statements. */
import type { Body } from './body.ts';
import { plain } from './site.ts';
import { inner, nested, type StatementRule, value } from './statement.ts';
import { keep, type TypeName } from './types.ts';

export const switchRules: readonly StatementRule[] = [
  nested('switch on a tag', 3, (body, depth) => {
    body.line(`switch (${keep('Tag')}(${value(body, 'Tag')})) {`);
    cases(body, depth, ["'red'", "'green'", "'blue'"]);
    return true;
  }),
  nested('switch on numbers', 2, (body, depth) => {
    body.line(`switch (${keep('Digit')}(${value(body, 'Digit')})) {`);
    cases(body, depth, ['0', '1', '2']);
    return true;
  }),
  nested('switch on a union', 5, (body, depth) => {
    const name = body.name('v');
    body.line(`const ${name}: Shape = ${plain(body, 'Shape', 2)};`);
    body.line(`switch (${name}.kind) {`);
    oneCase(body, depth, "case 'dot':", []);
    oneCase(body, depth, "case 'line':", [
      [`${name}.to`, 'Point'],
      [`${name}.size`, 'number'],
    ]);
    const parts = [
      [`${name}.parts`, 'readonly number[]'],
      [`${name}.tag`, 'Tag'],
    ] as const;
    oneCase(body, depth, body.random.once(2) ? "case 'many':" : 'default:', parts);
    body.line('}');
    return true;
  }),
];

/** The cases of a switch, some of them together, some left to the default. */
function cases(body: Body, depth: number, labels: readonly string[]): void {
  const [first, second, third] = labels;
  if (body.random.once(2)) {
    oneCase(body, depth, `case ${first}:`, []);
    oneCase(body, depth, `case ${second}:`, []);
  } else {
    body.count('shared cases');
    oneCase(body, depth, `case ${first}: case ${second}:`, []);
  }
  if (!body.random.once(3))
    oneCase(body, depth, body.random.once(2) ? `case ${third}:` : 'default:', []);
  body.line('}');
}

function oneCase(
  body: Body,
  depth: number,
  label: string,
  known: readonly (readonly [string, TypeName])[],
): void {
  body.line(`  ${label} {`);
  const { switching } = body;
  body.switching = true;
  body.block(() => {
    for (const [name, type] of known)
      body.bindings.push({ name, type, assignable: false, kind: 'local' });
    inner(body, depth);
    body.line('  break;');
  });
  body.switching = switching;
  body.line('  }');
}
