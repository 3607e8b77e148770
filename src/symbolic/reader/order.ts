/** Operands in the order of evaluation. */
import type ts from '@typescript/typescript6';
import type { Expression, Statement } from '../ir.ts';
import { apart, type Context, keep, refuse } from './context.ts';

export interface Operand {
  readonly node: ts.Node;
  readonly lower: (inner: Context) => Expression;
  /** An array or bytes that can change and stays where it is: it is read after the others. */
  readonly late?: boolean;
}

/**
 * The values of operands that are evaluated one after the other. An operand followed by one with
 * statements is kept in a temporary, because these may change what it reads.
 */
export function inOrder(context: Context, operands: readonly Operand[]): readonly Expression[] {
  const parts = operands.map(({ lower }) => apart(context, lower));
  const last = parts.findLastIndex((part) => part.statements.length > 0);
  return parts.map(({ value, statements }, i) => {
    const { node, late } = operands[i]!;
    context.out.push(...statements);
    if (i >= last) return value;
    if (!late) return keep(context, node, value, 'value');
    const rest = parts.slice(i + 1).flatMap((part) => part.statements);
    if (touches(rest, value))
      refuse(
        node,
        'this array is changed while its index or argument is evaluated',
        'a const with the index or argument, before this expression',
      );
    return value;
  });
}

/** What statements may change. */
export interface Changes {
  /** Variables that get a new value. */
  readonly variables: Set<string>;
  /** Variables of which an element is written. */
  readonly elements: Set<string>;
  readonly fields: Set<string>;
  readonly fieldElements: Set<string>;
  /** Whether a method of the same object is called: it may change any field. */
  methods: boolean;
}

export function changesOf(statements: readonly Statement[]): Changes {
  const changes: Changes = {
    variables: new Set(),
    elements: new Set(),
    fields: new Set(),
    fieldElements: new Set(),
    methods: false,
  };
  for (const statement of statements) collect(statement, changes);
  return changes;
}

function collect(statement: Statement, changes: Changes): void {
  switch (statement.kind) {
    case 'assign':
    case 'choose':
    case 'construct':
    case 'pick':
      changes.variables.add(statement.variable);
      if (statement.kind === 'pick' && statement.value)
        changes.variables.add(statement.value.variable);
      break;
    case 'assignField':
      changes.fields.add(statement.field);
      break;
    case 'assignElement':
      if (statement.place.kind === 'variable') changes.elements.add(statement.place.variable);
      else changes.fieldElements.add(statement.place.field);
      break;
    case 'call':
      if (statement.callee.kind === 'method') changes.methods = true;
      if (statement.result) changes.variables.add(statement.result.variable);
      break;
    default:
  }
  for (const inner of within(statement)) collect(inner, changes);
}

/** The statements directly inside of a statement. */
export function within(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.then, ...statement.else];
    case 'loop':
      return [...statement.before, ...statement.body, ...statement.after];
    case 'try':
      return [...statement.body, ...statement.handlers.flatMap((h) => h.body)];
    default:
      return [];
  }
}

/** Whether statements may change the value of an expression. */
export function touches(statements: readonly Statement[], value: Expression): boolean {
  return reads(value, changesOf(statements));
}

export function reads(value: Expression, changes: Changes): boolean {
  if (value.kind === 'variable')
    return changes.variables.has(value.variable) || changes.elements.has(value.variable);
  if (value.kind === 'field' && value.of.kind === 'self')
    return (
      changes.methods || changes.fields.has(value.name) || changes.fieldElements.has(value.name)
    );
  if (value.kind === 'self' || (value.kind === 'invoke' && value.self?.kind === 'self'))
    return changes.methods || changes.fields.size + changes.fieldElements.size > 0;
  return parts(value).some((part) => reads(part, changes));
}

/** The expressions directly inside of an expression. */
export function parts(value: Expression): readonly Expression[] {
  switch (value.kind) {
    case 'field':
      return [value.of];
    case 'apply':
      return value.arguments;
    case 'conditional':
      return [value.condition, value.then, value.else];
    case 'record':
      return value.fields.map((f) => f.value);
    case 'array':
      return value.elements;
    case 'is':
    case 'convert':
      return [value.value];
    case 'invoke':
      return value.self ? [value.self, ...value.arguments] : value.arguments;
    case 'codec':
      return [value.argument];
    case 'each':
      return [value.of, value.body];
    case 'quantified':
      return [value.low, value.high, value.body];
    case 'everyKey':
      return [value.of, value.body];
    default:
      return [];
  }
}
