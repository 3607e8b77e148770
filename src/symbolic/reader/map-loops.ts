/**
 * Loops over maps and sets. Each turn takes some key that has not been visited: which one is not
 * known, so nothing can be shown that depends on the order.
 */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import { booleanType, describeType, type MapType, safe, sameType } from '../type.ts';
import { isPlace } from './access.ts';
import { unparenthesised } from './branches.ts';
import { coerce, convert } from './coerce.ts';
import { apart, type Context, emit, freshName, keep, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { type Claims, claimsOf, isNew, loop, loopName, partOf, withFacts } from './loops.ts';
import { apply, assign, not, variable } from './make.ts';
import { expressionText } from './maps.ts';
import { changesOf, reads } from './order.ts';
import { libraryName, resolve } from './origin.ts';
import { declareLocal } from './parameters.ts';
import { positionOf } from './position.ts';
import { statements } from './statements.ts';
import { typeOf } from './types.ts';

/** What the names of a loop stand for. */
interface Head {
  readonly map: ts.Expression;
  readonly gives: 'entries' | 'keys' | 'values';
}

/** A name of the loop, or a temporary, and what it is given each turn. */
interface Part {
  readonly type: Type;
  readonly name?: ts.Identifier;
}

interface Parts {
  readonly key: Part;
  readonly value: Part | undefined;
}

const collections = /^(Readonly)?(Map|Set)$/;

/** Whether a loop goes over a map or set, and how. */
export function mapHeadOf(context: Context, node: ts.ForOfStatement): Head | undefined {
  const { checker } = context.reader;
  const over = unparenthesised(node.expression);
  const named = libraryName(checker.getTypeAtLocation(over).symbol) ?? '';
  if (collections.test(named))
    return { map: over, gives: named.endsWith('Map') ? 'entries' : 'keys' };
  if (!ts.isCallExpression(over) || !ts.isPropertyAccessExpression(over.expression))
    return undefined;
  const { expression: map, name } = over.expression;
  const [owner, member] = (libraryName(resolve(checker, name)) ?? '').split('.');
  if (!collections.test(owner ?? '')) return undefined;
  if (member === 'keys') return { map, gives: 'keys' };
  if (member === 'entries' && owner?.endsWith('Map')) return { map, gives: 'entries' };
  if (member === 'values') return { map, gives: owner?.endsWith('Map') ? 'values' : 'keys' };
  return refuse(over, 'a set has keys only', 'for (const key of set)');
}

export function forOfMap(context: Context, node: ts.ForOfStatement, head: Head): void {
  overMap(context, {
    node,
    map: unparenthesised(head.map),
    parts: (type) => partsOf(node, head, type),
    claims: (within) => claimsOf(within, node.statement),
    turn: (inner, _entry, { rest }) => statements(inner, rest),
  });
}

/** A loop over a map: what it gives names to, says of itself, and does with each entry. */
interface Over {
  readonly node: ts.Node;
  readonly map: ts.Expression;
  readonly parts: (type: MapType) => Parts;
  readonly claims: (within: Context) => Claims;
  readonly turn: (inner: Context, entry: readonly Expression[], claims: Claims) => void;
}

export function overMap(
  context: Context,
  { node, map, parts, claims: said, turn: body }: Over,
): void {
  const found = expression(context, map);
  if (found.type.kind !== 'map')
    refuse(map, `${describeType(found.type)} has no entries`, 'a map or a set');
  const whole = isPlace(found) && !isNew(map) ? found : keep(context, map, found, 'map');
  const type: MapType = { ...found.type, mutable: false };
  const at = positionOf(node);
  const name = freshName(context.scope, 'visited', true);
  const seen = variable(at, type, name);
  emit(context, node, assign(at, name, apply(at, type, 'emptyMap')));
  const { key, value } = parts(type);
  const within = { ...context, going: goingOver(context, key.name, found, seen) };
  const claims = said(within);
  const turn = apart(within, (inner) => {
    const entry = picked(inner, node, { key, value }, convert(whole, type), seen);
    body(inner, entry, claims);
    return entry;
  });
  if (isPlace(whole) && reads(whole, changesOf(turn.statements)))
    refuse(map, 'the map changes while the loop goes over it', 'new Map(map), a copy of it');
  const more = type.value ? 'withEntry' : 'withKey';
  const after = [assign(at, name, apply(at, type, more, seen, ...turn.value))];
  const left = not(apply(at, booleanType, 'sameMap', seen, convert(whole, type)));
  const [done, size] = [apply(at, safe, 'size', seen), apply(at, safe, 'size', whole)];
  const facts = {
    invariants: [apply(at, booleanType, 'lessOrEqual', done, size)],
    measure: apply(at, safe, 'subtract', size, done),
  };
  const test = { value: left, statements: [] };
  emit(context, node, withFacts(loop(node, test, turn.statements, after, claims), facts));
}

/** The key of the turn names the loop, for `visited`. */
function goingOver(
  context: Context,
  key: ts.Identifier | undefined,
  found: Expression,
  seen: Expression,
): NonNullable<Context['going']> {
  const symbol = key && context.reader.checker.getSymbolAtLocation(key);
  const own = symbol ? ([[symbol, { over: expressionText(found), visited: seen }]] as const) : [];
  return new Map([...(context.going ?? []), ...own]);
}

function partsOf(node: ts.ForOfStatement, head: Head, type: MapType): Parts {
  const name = loopName(node);
  const part = (of: Type, given: ts.BindingName | undefined): Part => {
    if (!given) return { type: of };
    if (ts.isIdentifier(given)) return { type: of, name: given };
    return refuse(given, 'an entry gets a name before it is taken apart', 'a plain name');
  };
  const ofValue = (given: ts.BindingName | undefined) =>
    type.value ? part(type.value, given) : undefined;
  if (head.gives === 'keys') return { key: part(type.key, name), value: ofValue(undefined) };
  if (head.gives === 'values') return { key: { type: type.key }, value: ofValue(name) };
  if (!ts.isArrayBindingPattern(name))
    return refuse(name, 'entries are taken apart at once', 'for (const [key, value] of map)');
  const [first, second] = name.elements.map((element) => partOf(element));
  return { key: part(type.key, first), value: ofValue(second) };
}

/** Takes a key, and its value; the variables in which they are. */
function picked(
  context: Context,
  node: ts.Node,
  { key, value }: Parts,
  of: Expression,
  except: Expression,
): readonly Expression[] {
  const at = positionOf(node);
  const into = (part: Part, hint: string) => {
    const name = freshName(context.scope, hint, true);
    context.scope.stable.add(name);
    return variable(at, part.type, name) as Expression & { kind: 'variable' };
  };
  const taken = into(key, 'key');
  const content = value && into(value, 'value');
  emit(context, node, {
    kind: 'pick',
    at,
    variable: taken.variable,
    type: key.type,
    of,
    except,
    ...(content && { value: { variable: content.variable, type: content.type } }),
  });
  declareNamed(context, key, taken);
  if (value && content) declareNamed(context, value, content);
  return content ? [taken, content] : [taken];
}

function declareNamed(context: Context, { name }: Part, value: Expression): void {
  if (!name) return;
  const { checker } = context.reader;
  const declared = typeOf(checker, checker.getTypeAtLocation(name), name);
  const local = declareLocal(context, name, declared, false);
  const stored = sameType(declared, value.type) ? value : coerce(name, value, declared);
  emit(context, name, assign(positionOf(name), local, stored));
}
