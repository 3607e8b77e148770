/** Code and promise contradict each other in a counterexample: the places where each says its. */
import type { Accused, Verdict } from '../../report/event.ts';
import type { ClassKey, LayerDeclaration, Program } from '../../symbolic/ir.ts';
import { placeOf } from '../discharge/discharge.ts';

type Refuted = Verdict & { kind: 'refuted' };

/** The same verdict, with what may be to blame, as far as can be told. */
export function accusing(program: Program, layer: LayerDeclaration, verdict: Refuted): Refuted {
  const accused = accusedBy(program, layer, verdict);
  return accused ? { ...verdict, accused } : verdict;
}

function accusedBy(
  program: Program,
  layer: LayerDeclaration,
  { trace }: Refuted,
): Accused | undefined {
  // A line that fails before the promise is asked: an assertion, or an error nobody declared.
  if (trace.at && trace.found === undefined) return { code: trace.at };
  const wrong = trace.steps.find((step) => step.wrong);
  const [called] = /^\w+/.exec(wrong?.call ?? '') ?? [];
  if (called === undefined) return undefined;
  const code = methodAt(program, layer.code, called);
  const owed = called === 'recover' ? 'crash' : called;
  const promise = methodAt(program, layer.promise, owed) ?? program.classes.get(layer.promise)?.at;
  return code && promise && { code: placeOf(code), promise: placeOf(promise) };
}

function methodAt(program: Program, of: ClassKey, name: string) {
  const method = program.classes.get(of)?.methods.find((m) => m.name === name);
  return method && program.functions.get(method.function)?.at;
}
