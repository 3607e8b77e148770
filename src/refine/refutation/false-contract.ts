/** Small values for which what a lemma or a function says of itself is false, if there are any. */
import { and, atMost, type Pool, type Term } from '../../logic/index.ts';
import { lengthOf, State, said } from '../../symbolic/execute/index.ts';
import type { Function as Callable } from '../../symbolic/ir.ts';
import { failing } from '../discharge/scene.ts';
import { Model, silent } from '../obligations/model.ts';
import type { Obligation } from '../obligations/obligation.ts';

/** How long sequences are, and how deep functions call themselves. */
const sizes = [1, 2, 4] as const;

const effort = { resources: 1_000_000 } as const;

/**
 * A line for each argument; undefined if there are none. In small states bodies are all there is,
 * so this is no guess.
 */
export async function falseFor(
  pool: Pool,
  { program, layer }: Model,
  { about, phase }: Obligation,
): Promise<readonly string[] | undefined> {
  const called = [...program.functions.values()].find((f) => f.contract && f.name === about);
  const contract = called?.contract;
  if (phase !== 'contract' || !called || !contract) return undefined;
  for (const size of sizes) {
    const model = new Model(program, layer, size);
    const state = new State();
    const given = called.parameters.map((p) => {
      const value = model.unknownValue(p.variable, p.type, state);
      state.variables.set(p.variable, value);
      state.types.set(p.variable, p.type);
      return value;
    });
    const scope = { ...model.scope(model.run(silent), state), ghost: true };
    for (const required of contract.requires) state.assume(said(called, required, given, scope));
    const goal = and(...contract.ensures.map(({ holds }) => said(called, holds, given, scope)));
    const { objects, variables, types } = state;
    // Elements outside of an array are something, too; but people look inside first.
    for (const more of [inBounds(called, given), []]) {
      const query = { name: `${about} is false`, given: [...state.given(), ...more], goal };
      const answer = await pool.solve(query, effort);
      if (answer.kind === 'sat') return failing(pool, model, query, { objects, variables, types });
    }
  }
  return undefined;
}

/** That every number may be the end of a part of every array. */
function inBounds({ parameters }: Callable, given: readonly Term[]): readonly Term[] {
  const of = (kind: string) => given.filter((_, i) => parameters[i]!.type.kind === kind);
  return of('array').flatMap((array) => of('integer').map((n) => atMost(n, lengthOf(array))));
}
