/** `new`: of a machine where a state is made, of arrays and bytes. */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import { arrayType, bytesType, safe } from '../type.ts';
import { values } from './calls.ts';
import { constructorKey, constructorSignature, machineClass } from './classes.ts';
import { coerce } from './coerce.ts';
import { type Context, emit, freshName, noteUse, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { apply, variable } from './make.ts';
import { newMap } from './maps.ts';
import { noteGhostly } from './names.ts';
import { inOrder } from './order.ts';
import { libraryName, resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { classKey, classOf, typeOf } from './types.ts';

export function construction(context: Context, node: ts.NewExpression, wanted?: Type): Expression {
  const { checker } = context.reader;
  const library = libraryName(resolve(checker, node.expression));
  if (library === 'Uint8Array') return newBytes(context, node);
  if (library === 'Map' || library === 'Set') return newMap(context, node, wanted);
  const declaration = classOf(checker.getTypeAtLocation(node));
  if (library || !declaration)
    return refuse(
      node,
      'this cannot be constructed in the subset',
      'a record, or an array literal',
      library,
    );
  return newMachine(context, node, declaration);
}

function newMachine(
  context: Context,
  node: ts.NewExpression,
  declaration: ts.ClassDeclaration,
): Expression {
  if (!context.scope.makesStates)
    noteGhostly(
      context,
      node,
      'the state of a machine is made by `initial` and by ghosts',
      'a record',
    );
  machineClass(context.reader, declaration, node);
  const key = classKey(declaration);
  const given = values(context, node, constructorSignature(context.reader, declaration));
  const at = positionOf(node);
  const name = freshName(context.scope, declaration.name?.text ?? 'machine', true);
  noteUse(context, constructorKey(declaration));
  emit(context, node, { kind: 'construct', at, variable: name, class: key, arguments: given });
  context.scope.stable.add(name);
  return variable(at, { kind: 'object', class: key }, name);
}

/** `new Uint8Array(n)`: zeros. */
function newBytes(context: Context, node: ts.NewExpression): Expression {
  const length = node.arguments?.[0];
  if (!length || node.arguments?.length !== 1)
    return refuse(node, 'bytes are made from a length', 'new Uint8Array(length)', 'Uint8Array');
  const value = expression(context, length, safe);
  if (value.type.kind !== 'integer')
    return refuse(length, 'bytes are made from a length', 'new Uint8Array(length)', 'Uint8Array');
  return apply(positionOf(node), bytesType, 'zeroBytes', coerce(length, value, safe));
}

/** `new Array<T>(n).fill(v)`. */
export function filled(context: Context, node: ts.CallExpression): Expression | undefined {
  const { checker } = context.reader;
  const made = ts.isPropertyAccessExpression(node.expression) && node.expression.expression;
  if (!made || !ts.isNewExpression(made)) return undefined;
  const [length, value] = [made.arguments?.[0], node.arguments[0]];
  if (
    libraryName(resolve(checker, made.expression)) !== 'Array' ||
    !length ||
    !value ||
    made.arguments?.length !== 1 ||
    node.arguments.length !== 1
  )
    return undefined;
  const type = typeOf(checker, checker.getTypeAtLocation(node), node);
  if (type.kind !== 'array') return undefined;
  const [count, element] = inOrder(context, [
    { node: length, lower: (inner) => coerce(length, expression(inner, length, safe), safe) },
    {
      node: value,
      lower: (inner) => coerce(value, expression(inner, value, type.element), type.element),
    },
  ]);
  return apply(positionOf(node), arrayType(type.element, true), 'filled', count!, element!);
}
