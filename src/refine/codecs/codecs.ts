/**
 * What has to be shown of codecs, in bit-vectors at their size: no rule of the language is broken,
 * the bytes are as many as declared, and what is decoded is what was encoded. From the last it
 * follows that no two values are encoded alike.
 */
import { type ModelValue, no, not, type Term, yes } from '../../logic/index.ts';
import { blockOf } from '../../model/block.ts';
import type { CodecDeclaration, Position, Program } from '../../symbolic/ir.ts';
import {
  all,
  type Bytes,
  callFunction,
  type Duty,
  optionsOf,
  type Reading,
  reading,
  same,
  unknown,
  unknownBytes,
  type Value,
} from '../../symbolic/vectors/index.ts';
import type { Collected, Obligation } from '../obligations/obligation.ts';

const nowhere = { objects: new Map(), variables: new Map(), types: new Map() };

/** Any value that a codec accepts, and the bytes that it is encoded in. */
export interface Encoded {
  readonly value: Value;
  /** What is known of it. */
  readonly given: readonly Term[];
  readonly bytes: Value;
  readonly duties: readonly Duty[];
}

export function encoded(program: Program, codec: CodecDeclaration): Encoded {
  const duties: Duty[] = [];
  const [value, known] = unknown('value', codec.takes, codec.at, codec.longest);
  const run = (key: string, given: Value, holds: Term) =>
    callFunction(program.functions.get(key)!, [given], { program, duties, given: holds, depth: 0 });
  const accepts = codec.accepts === undefined ? undefined : run(codec.accepts, value, yes);
  const accepted = accepts?.kind === 'boolean' ? accepts.term : yes;
  const bytes = run(codec.encode, value, accepted);
  return { value, given: [known, accepted], bytes, duties };
}

export function codecObligations(
  program: Program,
  codecs: readonly CodecDeclaration[],
  into: Collected,
): void {
  for (const codec of codecs) into.obligations.push(...obligationsOf(program, codec));
}

function* obligationsOf(program: Program, codec: CodecDeclaration): Iterable<Obligation> {
  for (const { text, at, given, goal } of claims(program, codec))
    yield {
      phase: 'codec',
      about: codec.name,
      kind: 'codec',
      text,
      at,
      given,
      goal,
      scene: nowhere,
    };
}

/** One thing to be shown, and what to ask of a state in which it fails: a value, or a block. */
interface Claimed {
  readonly text: string;
  readonly at: Position;
  readonly given: readonly Term[];
  readonly goal: Term;
  readonly wanted: Reading & { readonly bytes: boolean };
}

export function* claims(program: Program, codec: CodecDeclaration): Iterable<Claimed> {
  const { value, given, bytes, duties } = encoded(program, codec);
  const [known] = given;
  const wanted = { ...reading(value, codec.takes), bytes: false };
  for (const { text, at, given: when, goal } of duties)
    yield { text, at, given: [known!, when], goal, wanted };
  const { at } = codec;
  const size = bytes.kind === 'bytes' ? bytes.items.length : 0;
  const fits = `a value takes ${codec.bytes} bytes, as declared`;
  yield { text: fits, at, given, goal: size === codec.bytes ? yes : no, wanted };
  if (size === codec.bytes) {
    const goal = agree(codec, value, decoded(program, codec, bytes, []));
    yield { text: 'what is decoded is what was encoded', at, given, goal, wanted };
  }
  const [any, ofBytes] = unknownBytes(codec.bytes);
  const others: Duty[] = [];
  decoded(program, codec, any, others);
  const block = { ...readingBytes(any), bytes: true };
  for (const duty of others) yield { ...duty, given: [ofBytes, duty.given], wanted: block };
}

/** A block, as a model gives its bytes. */
function readingBytes(bytes: Bytes): Reading {
  const list = all(bytes.items.map((item) => reading(item, { kind: 'integer', range: 'u8' })));
  const build = (values: readonly ModelValue[]) =>
    blockOf(Uint8Array.from(list.build(values) as number[]));
  return { terms: list.terms, build };
}

function decoded(program: Program, codec: CodecDeclaration, bytes: Value, duties: Duty[]): Value {
  const called = program.functions.get(codec.decode)!;
  return callFunction(called, [bytes], { program, duties, given: yes, depth: 0 });
}

/** Whether the value that came back is the one that went in; it may be one of several kinds. */
function agree({ takes, gives }: CodecDeclaration, value: Value, back: Value): Term {
  const into = optionsOf(value, takes);
  const found = optionsOf(back, gives);
  return same(
    { kind: 'union', options: into },
    { kind: 'union', options: new Map([...found].filter(([name]) => into.has(name))) },
  );
}

/** Two accepted values that differ, and are encoded alike. */
export function alike(program: Program, codec: CodecDeclaration) {
  const a = encoded(program, codec);
  const b = encoded(program, codec);
  const equalBytes = same(a.bytes, b.bytes);
  const differ = not(same(wrapped(codec, a.value), wrapped(codec, b.value)));
  return { a: a.value, b: b.value, given: [...a.given, ...b.given, equalBytes, differ] };
}

const wrapped = ({ takes }: CodecDeclaration, value: Value): Value => ({
  kind: 'union',
  options: optionsOf(value, takes),
});
