/** Runs one program in every way on the same input, and says where the traces differ. */
import { Undecidable } from '../../src/symbolic/execute/index.ts';
import type { Rules } from '../../src/symbolic/interpreter/frame.ts';
import type { Runnable } from './batch.ts';
import { type Input, randomInput } from './input.ts';
import { Endless } from './model.ts';
import { Random } from './random.ts';
import { runExecutor } from './run-executor.ts';
import { runInterpreter } from './run-interpreter.ts';
import { runJavaScript } from './run-javascript.ts';
import { difference, type Trace } from './trace.ts';

export interface Case {
  readonly program: Runnable;
  readonly input: Input;
  /** The run as JavaScript, which the others must agree with. */
  readonly right: Trace;
}

export const isOutside = (trace: Trace): boolean => trace.outcome.startsWith('outside');

/** Runs a program as JavaScript; plain, and with checks. */
export async function makeCase(
  program: Runnable,
  seed: readonly number[],
): Promise<{ readonly made: Case; readonly differs: string | undefined }> {
  const input = randomInput(program.entry, seed);
  const right = await runJavaScript(program.checked, program.entry, input);
  const made = { program, input, right };
  if (isOutside(right)) return { made, differs: undefined };
  const plain = await runJavaScript(program.plain, program.entry, input);
  return { made, differs: difference(plain, right) };
}

export function againstInterpreter(
  { program, input, right }: Case,
  rules?: Rules,
): string | undefined {
  return difference(right, runInterpreter(program.entry, input, rules ? { rules } : {}));
}

export function againstExecutor({ program, input, right }: Case): string | undefined {
  return difference(right, runExecutor(program.entry, input));
}

/** Whether a program is given up: it has too many paths, or what is known of one is a tangle. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof Endless || (error instanceof Undecidable && error.reason === 'bound');
}

/** Loses power before some effect, in JavaScript and in the interpreter. */
export async function acrossCrash({ program, input, right }: Case): Promise<string | undefined> {
  if (isOutside(right)) return undefined;
  const crashBefore = new Random(input.picks).below(right.effects.length + 1);
  const javaScript = await runJavaScript(program.checked, program.entry, input, crashBefore);
  const crashed = crashBefore < right.effects.length;
  if (crashed !== (javaScript.outcome === 'crashed')) return `went on: ${javaScript.outcome}`;
  const interpreted = runInterpreter(program.entry, input, { crashBefore });
  // The object is lost with the power.
  return difference({ ...javaScript, fields: '' }, { ...interpreted, fields: '' });
}
