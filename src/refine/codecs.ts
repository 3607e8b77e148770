/**
 * What has to be shown of codecs, in bit-vectors at their size: no rule of the language is broken,
 * the bytes are as many as declared, and what is decoded is what was encoded. From the last it
 * follows that no two values are encoded alike.
 */
import { equal, no, type Term, yes } from '../logic/index.ts';
import type { CodecDeclaration, Position, Program } from '../symbolic/ir.ts';
import {
  callFunction,
  type Duty,
  optionsOf,
  same,
  unknown,
  unknownBytes,
  type Value,
} from '../symbolic/vectors/index.ts';
import type { Collected, Obligation } from './obligation.ts';

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
  const [value, known] = unknown('value', codec.takes, codec.at);
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
  const about = (text: string, at: Position, given: readonly Term[], goal: Term): Obligation => ({
    phase: 'codec',
    about: codec.name,
    kind: 'codec',
    text,
    at,
    given,
    goal,
    scene: nowhere,
  });
  const { value, given, bytes, duties } = encoded(program, codec);
  const [known] = given;
  for (const duty of duties) yield about(duty.text, duty.at, [known!, duty.given], duty.goal);
  const size = bytes.kind === 'bytes' ? bytes.items.length : 0;
  const fits = `a value takes ${codec.bytes} bytes, as declared`;
  yield about(fits, codec.at, [], size === codec.bytes ? yes : no);
  if (size === codec.bytes) {
    const back = decoded(program, codec, bytes, []);
    const text = 'what is decoded is what was encoded';
    yield about(text, codec.at, given, agree(codec, value, back));
  }
  const [any, ofBytes] = unknownBytes(codec.bytes);
  const others: Duty[] = [];
  decoded(program, codec, any, others);
  for (const duty of others) yield about(duty.text, duty.at, [ofBytes, duty.given], duty.goal);
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
  const differ = equal(same(wrapped(codec, a.value), wrapped(codec, b.value)), no);
  return { a: a.value, b: b.value, given: [...a.given, ...b.given, equalBytes, differ] };
}

const wrapped = ({ takes }: CodecDeclaration, value: Value): Value => ({
  kind: 'union',
  options: optionsOf(value, takes),
});
