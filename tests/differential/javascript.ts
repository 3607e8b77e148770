/** Runs generated programs as JavaScript. */
import ts from '@typescript/typescript6';
import { type Chooser, NoChoice, withChooser } from '../../src/model/choice.ts';
import { StatementFailed } from '../../src/model/ghost.ts';
import * as model from '../../src/model/index.ts';
import * as layer from '../../src/refine/layer.ts';
import { instrument } from './instrument.ts';
import { checks, Outside } from './outside.ts';
import * as store from './store.ts';

/** What a generated file exports. */
export type Exports = Readonly<Record<string, new (handle: object) => Instance>>;

type Method = (...given: unknown[]) => unknown;
export type Instance = Record<string, unknown> & { fields(): Record<string, unknown> };

/** Private fields can only be seen from inside. */
const window = `fields() { return { ...this, '#p': this.#p }; }
  seed({ '#p': secret, ...rest }) {
    this.#p = secret;
    Object.assign(this, rest);
  }`;

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
};

/** The plain program, and the one that notices when it leaves the model. */
export function load(
  text: string,
  strict: boolean,
): { readonly plain: Exports; readonly checked: Exports } {
  return { plain: evaluate(text), checked: evaluate(text, { before: [instrument(strict)] }) };
}

function evaluate(text: string, transformers?: ts.CustomTransformers): Exports {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: options,
    ...(transformers ? { transformers } : {}),
  });
  const code = outputText.replaceAll('/* fields */', window);
  const exports = {};
  new Function('require', 'exports', '$', code)(required, exports, checks);
  return exports;
}

function required(path: string): object {
  if (path.endsWith('layer.ts')) return layer;
  return path.endsWith('store.ts') ? store : model;
}

export type Ended =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: string }
  | { readonly kind: 'outside'; readonly obligation: string; readonly line: number | undefined }
  | { readonly kind: 'crashed' }
  | { readonly kind: 'failed'; readonly error: unknown };

class PowerLost extends Error {}

/** The handle of a machine: logs every operation, answers its choices, loses power if told. */
export function handleOf(
  machine: object,
  use: {
    readonly async: boolean;
    readonly chooser: Chooser;
    readonly crashBefore: number | undefined;
    readonly onEffect: (operation: string, given: readonly unknown[]) => void;
  },
): object {
  let effects = 0;
  const perform = (name: string, given: readonly unknown[]): unknown => {
    if (effects === use.crashBefore) throw new PowerLost();
    effects++;
    use.onEffect(name, given);
    const operations = machine as Readonly<Record<string, Method>>;
    return withChooser(use.chooser, () => {
      operations.fault!();
      return operations[name]!(...given);
    });
  };
  const operation = (name: string): Method =>
    use.async ? async (...given) => perform(name, given) : (...given) => perform(name, given);
  return new Proxy({}, { get: (_target, name) => operation(String(name)) });
}

/** Calls a method to its end. */
export async function invoke(
  instance: Instance,
  name: string,
  given: readonly unknown[],
): Promise<Ended> {
  try {
    return { kind: 'returned', value: await (instance[name] as Method)(...given) };
  } catch (error) {
    return endedBy(error);
  }
}

function endedBy(error: unknown): Ended {
  if (error instanceof Outside)
    return { kind: 'outside', obligation: error.obligation, line: error.line };
  if (error instanceof PowerLost) return { kind: 'crashed' };
  if (error instanceof store.Busy) return { kind: 'threw', error: 'Busy' };
  if (error instanceof store.Lost) return { kind: 'threw', error: 'Lost' };
  if (error instanceof NoChoice) return { kind: 'outside', obligation: 'choice', line: undefined };
  if (error instanceof StatementFailed)
    return { kind: 'outside', obligation: 'requires', line: undefined };
  return { kind: 'failed', error };
}
