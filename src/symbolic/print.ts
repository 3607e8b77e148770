/** The representation as text: for tests, and for people who wonder what was read. */
import type { Choice, Expression, Function as FunctionBody, Statement } from './ir.ts';
import { describeType } from './type.ts';

export function printFunction(found: FunctionBody): string {
  const given = found.parameters.map((p) => `${p.variable}: ${describeType(p.type)}`).join(', ');
  const marks = [found.pure && 'pure', found.ghost && 'ghost', found.async && 'async'];
  const words = marks.filter(Boolean).map((mark) => `${mark} `);
  const head = `${words.join('')}${found.name}(${given}): ${describeType(found.returns)}`;
  return [head, ...printStatements(found.body, '  ')].join('\n');
}

function printStatements(body: readonly Statement[], indent = ''): readonly string[] {
  return body.flatMap((statement) => printStatement(statement, indent));
}

function printStatement(node: Statement, indent: string): readonly string[] {
  const inner = (body: readonly Statement[]) => printStatements(body, `${indent}  `);
  const line = (text: string) => [`${indent}${text}`];
  switch (node.kind) {
    case 'assign':
      return line(`${node.ghost ? 'ghost ' : ''}${node.variable} = ${print(node.value)}`);
    case 'assignField':
      return line(`this.${node.field} = ${print(node.value)}`);
    case 'assignElement': {
      const { place } = node;
      const name = place.kind === 'variable' ? place.variable : `this.${place.field}`;
      return line(`${name}[${print(node.index)}] = ${print(node.value)}`);
    }
    case 'choose':
      return line(`${node.variable}: ${describeType(node.type)} = any ${printChoice(node.choice)}`);
    case 'pick':
      return line(`${node.variable} = key of ${print(node.of)} except ${print(node.except)}`);
    case 'call': {
      const { callee, result } = node;
      const name =
        callee.kind === 'lower' ? `lower ${callee.operation}` : shortName(callee.function);
      const into = result ? `${result.variable}: ${describeType(result.type)} = ` : '';
      return line(`${into}call ${name}(${list(node.arguments)})`);
    }
    case 'construct':
      return line(`${node.variable} = new ${shortName(node.class)}(${list(node.arguments)})`);
    case 'if':
      return [
        ...line(`if ${print(node.condition)}`),
        ...inner(node.then),
        ...(node.else.length > 0 ? [...line('else'), ...inner(node.else)] : []),
      ];
    case 'loop':
      return printLoop(node, indent);
    case 'return':
      return line(node.value ? `return ${print(node.value)}` : 'return');
    case 'throw':
      return line(`throw ${shortName(node.error)}`);
    case 'try':
      return [
        ...line('try'),
        ...inner(node.body),
        ...node.handlers.flatMap((h) => [...line(`catch ${shortName(h.error)}`), ...inner(h.body)]),
      ];
    case 'assert':
    case 'requires':
      return line(`${node.kind} ${print(node.condition)} '${node.text}'`);
    case 'use':
      return line(`use ${shortName(node.lemma)}(${list(node.arguments)})`);
    case 'assume':
      return line(`assume ${print(node.condition)} '${node.because}'`);
    default:
      return line(node.kind);
  }
}

function printLoop(node: Statement & { kind: 'loop' }, indent: string): readonly string[] {
  const { measure } = node;
  const mark = (automatic: boolean) => (automatic ? ' (automatic)' : '');
  return [
    `${indent}loop`,
    ...node.invariants.map((i) => `${indent}  invariant${mark(i.automatic)} ${print(i.holds)}`),
    ...(measure ? [`${indent}  decreases${mark(measure.automatic)} ${print(measure.value)}`] : []),
    ...printStatements(node.before, `${indent}  `),
    `${indent}  while ${print(node.condition)}`,
    ...printStatements(node.body, `${indent}    `),
    ...(node.after.length > 0 ? [`${indent}  after`] : []),
    ...printStatements(node.after, `${indent}    `),
  ];
}

function printChoice(choice: Choice): string {
  if (choice.kind === 'integer') return `from ${print(choice.low)} to ${print(choice.high)}`;
  return choice.kind === 'element' ? `of ${print(choice.of)}` : choice.kind;
}

export function print(node: Expression): string {
  switch (node.kind) {
    case 'constant':
      return typeof node.value === 'string' ? `'${node.value}'` : String(node.value);
    case 'variable':
      return node.variable;
    case 'self':
      return 'this';
    case 'field':
      return `${print(node.of)}.${node.name}`;
    case 'apply':
      return `${node.function}(${list(node.arguments)})`;
    case 'conditional':
      return `(${print(node.condition)} ? ${print(node.then)} : ${print(node.else)})`;
    case 'record':
      return `{ ${node.fields.map((f) => `${f.name}: ${print(f.value)}`).join(', ')} }`;
    case 'array':
      return `[${list(node.elements)}]`;
    case 'is':
      return `(${print(node.value)} is ${describeType(node.is)})`;
    case 'convert':
      return `<${describeType(node.type)}>${print(node.value)}`;
    case 'invoke': {
      const self = node.self ? `${print(node.self)} ` : '';
      return `${shortName(node.function)}(${self}${list(node.arguments)})`;
    }
    case 'codec':
      return `${shortName(node.codec)}.${node.does}(${print(node.argument)})`;
    case 'each': {
      const names = `${node.element}, ${node.index}`;
      return `(${node.form} of ${print(node.of)}: (${names}) => ${print(node.body)})`;
    }
    case 'quantified': {
      const range = `${print(node.low)} <= ${node.variable} < ${print(node.high)}`;
      return `(${node.quantifier} ${range}: ${print(node.body)})`;
    }
    case 'everyKey':
      return `(every ${node.variable} of ${print(node.of)}: ${print(node.body)})`;
  }
}

function list(nodes: readonly Expression[]): string {
  return nodes.map(print).join(', ');
}

/** A key without its file. */
function shortName(key: string): string {
  return key.replace(/^.*\/[^/#]*#/, '');
}
