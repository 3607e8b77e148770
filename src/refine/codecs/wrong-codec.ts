/** Values that show a codec to be wrong, tried on the real code before anything is said of it. */
import { show } from '../../explore/index.ts';
import { not, type Pool, type Term } from '../../logic/index.ts';
import { bytesOf } from '../../model/block.ts';
import type { Codec } from '../../model/codec.ts';
import type { Verdict } from '../../report/event.ts';
import type { CodecDeclaration, Program } from '../../symbolic/ir.ts';
import { codecsIn, reachedBy } from '../../symbolic/reach.ts';
import { all, type Reading, reading } from '../../symbolic/vectors/index.ts';
import { placeOf, type Settled } from '../discharge/discharge.ts';
import type { Proving } from '../prove.ts';
import { alike, claims } from './codecs.ts';

/** A codec as it runs. */
export type RealCodec = Codec<unknown, unknown>;

const effort = { resources: 2_000_000 } as const;

/** The first codec that the real code shows to be wrong. */
export async function wrongCodec(
  { program, layer, pool, refuter }: Proving,
  failed: readonly Settled[],
): Promise<Verdict | undefined> {
  const names = new Set(failed.map(({ obligation: o }) => (o.phase === 'codec' ? o.about : '')));
  for (const codec of codecsIn(program, reachedBy(program, layer))) {
    const real = names.has(codec.name) ? await refuter?.codec?.(codec) : undefined;
    const found = real && (await refutedCodec(pool, program, codec, real));
    if (found) return found;
  }
  return undefined;
}

export async function refutedCodec(
  pool: Pool,
  program: Program,
  codec: CodecDeclaration,
  real: RealCodec,
): Promise<Verdict | undefined> {
  return (
    (await twoAlike(pool, program, codec, real)) ?? (await oneWrong(pool, program, codec, real))
  );
}

/** Two values that are encoded alike: whoever decodes cannot tell them apart. */
async function twoAlike(
  pool: Pool,
  program: Program,
  codec: CodecDeclaration,
  real: RealCodec,
): Promise<Verdict | undefined> {
  const { a, b, given } = alike(program, codec);
  const both = all([reading(a, codec.takes), reading(b, codec.takes)]);
  const values = await model(pool, `${codec.name}: two values alike`, given, both);
  if (!values) return undefined;
  const [first, second] = values as readonly unknown[];
  const bytes = [first, second].map((value) => attempt(() => hex(real, value)));
  if (bytes[0]?.value === undefined || bytes[0].value !== bytes[1]?.value) return undefined;
  const texts = `${show(first)} and ${show(second)}`;
  return refutation(codec, `two values are encoded alike: ${texts}, as ${bytes[0].value}`);
}

/** One value that does not come back, or bytes that cannot be decoded. */
async function oneWrong(
  pool: Pool,
  program: Program,
  codec: CodecDeclaration,
  real: RealCodec,
): Promise<Verdict | undefined> {
  for (const { text, given, goal, wanted } of claims(program, codec)) {
    const name = `${codec.name}: ${text}`;
    const value = await model(pool, name, [...given, not(goal)], wanted);
    if (value === undefined) continue;
    const because = wanted.bytes ? wrongBytes(real, value) : wrongValue(real, value);
    if (because) return refutation(codec, because);
  }
  return undefined;
}

function wrongValue(real: RealCodec, value: unknown): string | undefined {
  const text = show(value);
  const block = attempt(() => real.encode(value));
  if ('error' in block) return `encode(${text}) throws: ${block.error}`;
  const back = attempt(() => real.decode(block.value));
  const bytes = hex(real, value);
  if ('error' in back) return `${text} is encoded as ${bytes}, and decode throws: ${back.error}`;
  const found = show(back.value);
  return found === text ? undefined : `${text} is encoded as ${bytes}, and decoded as ${found}`;
}

function wrongBytes(real: RealCodec, block: unknown): string | undefined {
  const back = attempt(() => real.decode(block as never));
  return 'error' in back ? `decode throws for ${show(block)}: ${back.error}` : undefined;
}

function hex(real: RealCodec, value: unknown): string {
  const bytes = [...bytesOf(real.encode(value))];
  const text = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return text === '' ? 'zeros' : text;
}

type Attempt<T> = { readonly value: T } | { readonly value?: undefined; readonly error: string };

function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { value: run() };
  } catch (error) {
    const thrown = error as Error;
    return { error: thrown.message || thrown.constructor.name };
  }
}

async function model(
  pool: Pool,
  name: string,
  given: readonly Term[],
  { terms, build }: Reading,
): Promise<unknown> {
  const answer = await pool.solve({ name, given, want: [...terms] }, effort);
  return answer.kind === 'sat' ? build(answer.values) : undefined;
}

function refutation(codec: CodecDeclaration, because: string): Verdict {
  const said = `${codec.name}: ${because}`;
  return {
    kind: 'refuted',
    because: said,
    shown: said,
    trace: { because: said, at: placeOf(codec.at), steps: [] },
  };
}
