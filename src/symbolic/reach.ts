/** Which functions a layer comes to, in code and in proofs. */
import type {
  CodecDeclaration,
  Expression,
  FunctionKey,
  LayerDeclaration,
  Program,
  Statement,
} from './ir.ts';
import { parts, within } from './reader/order.ts';

/** Every function that the three classes of a layer, or its proof, may call. */
export function reachedBy(program: Program, layer: LayerDeclaration): ReadonlySet<FunctionKey> {
  const { abstraction, crash, initially } = layer;
  const found = new Set<FunctionKey>([abstraction, ...crash.by.values()]);
  for (const key of [crash.all, initially]) if (key !== undefined) found.add(key);
  const classes = new Set([layer.promise, layer.code, layer.on]);
  for (const key of classes) {
    const of = program.classes.get(key);
    if (of)
      for (const method of [of.construct, ...of.methods.map((m) => m.function)]) found.add(method);
  }
  // A set that grows while one goes over it is gone over whole.
  for (const key of found) for (const used of usedBy(program, key)) found.add(used);
  return found;
}

/** The codecs that these functions use. */
export function codecsIn(
  program: Program,
  functions: ReadonlySet<FunctionKey>,
): readonly CodecDeclaration[] {
  return [...program.codecs.values()].filter(({ encode }) => functions.has(encode));
}

/** Whether one of these functions asks whether a block is sealed. */
export function asksOfSeals(program: Program, functions: ReadonlySet<FunctionKey>): boolean {
  const asks = (e: Expression): boolean =>
    (e.kind === 'apply' && e.function === 'isSealed') || parts(e).some(asks);
  const has = (s: Statement): boolean => expressionsOf(s).some(asks) || within(s).some(has);
  return [...functions].some((key) => program.functions.get(key)?.body.some(has));
}

function usedBy(program: Program, key: FunctionKey): readonly FunctionKey[] {
  const called = program.functions.get(key);
  if (!called) return [];
  const { contract, body } = called;
  const said = contract
    ? [
        ...contract.requires,
        ...contract.ensures.map((each) => each.holds),
        ...(contract.measure ? [contract.measure.value] : []),
      ]
    : [];
  return [
    ...said.flatMap((e) => inExpression(program, e)),
    ...body.flatMap((s) => inStatement(program, s)),
  ];
}

function inExpression(program: Program, e: Expression): readonly FunctionKey[] {
  const own = e.kind === 'invoke' ? [e.function] : [];
  const codec = e.kind === 'codec' && program.codecs.get(e.codec);
  const coded = codec
    ? [codec.encode, codec.decode, ...(codec.accepts ? [codec.accepts] : [])]
    : [];
  return [...own, ...coded, ...parts(e).flatMap((part) => inExpression(program, part))];
}

function inStatement(program: Program, statement: Statement): readonly FunctionKey[] {
  return [
    ...named(program, statement),
    ...expressionsOf(statement).flatMap((e) => inExpression(program, e)),
    ...within(statement).flatMap((inner) => inStatement(program, inner)),
  ];
}

function named(program: Program, statement: Statement): readonly FunctionKey[] {
  switch (statement.kind) {
    case 'use':
      return [statement.lemma];
    case 'call':
      return 'function' in statement.callee ? [statement.callee.function] : [];
    case 'construct': {
      const made = program.classes.get(statement.class);
      return made ? [made.construct] : [];
    }
    default:
      return [];
  }
}

/** The expressions that stand directly in a statement. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assign':
    case 'assignField':
      return [statement.value];
    case 'assignElement':
      return [statement.index, statement.value];
    case 'choose': {
      const { choice } = statement;
      if (choice.kind === 'integer') return [choice.low, choice.high];
      return choice.kind === 'element' ? [choice.of] : [];
    }
    case 'call':
    case 'construct':
    case 'use':
      return statement.arguments;
    case 'if':
    case 'assert':
    case 'requires':
    case 'assume':
      return [statement.condition];
    case 'loop': {
      const claims = statement.invariants.map((each) => each.holds);
      const measure = statement.measure ? [statement.measure.value] : [];
      return [statement.condition, ...claims, ...measure];
    }
    case 'return':
      return statement.value ? [statement.value] : [];
    default:
      return [];
  }
}
