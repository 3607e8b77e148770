/** What a codec makes of the block of zeros: that is one value, found by running its code. */
import { boolean, integer, literal, type Term, yes } from '../../logic/index.ts';
import type { CodecDeclaration, Program, Type } from '../ir.ts';
import { alternativesOf, nullType } from '../type.ts';
import { callFunction, Inexpressible, type Value, zeros } from '../vectors/index.ts';
import { knownValue } from '../vectors/integer.ts';
import { sortName } from './sorts.ts';
import { inject, makeRecord, unit } from './value.ts';

const known = new WeakMap<CodecDeclaration, { readonly term: Term | undefined }>();

/** The value in the block of zeros; undefined if it does not come out as one. */
export function decodedZero(codec: CodecDeclaration, program: Program): Term | undefined {
  const before = known.get(codec);
  if (before) return before.term;
  const term = found(codec, program);
  known.set(codec, { term });
  return term;
}

function found(codec: CodecDeclaration, program: Program): Term | undefined {
  // The block of zeros is not sealed.
  if (codec.sealed) return nothing(codec.gives);
  const called = program.functions.get(codec.decode);
  if (!called) return undefined;
  try {
    const frame = { program, duties: [], given: yes, depth: 0 };
    return termOf(callFunction(called, [zeros(codec.bytes)], frame), codec.gives);
  } catch (error) {
    // Why it cannot be said in bits is told where the codec is shown.
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

function nothing(type: Type): Term {
  return type.kind === 'union' ? inject(type, nullType, unit(nullType)) : unit(nullType);
}

function termOf(value: Value, type: Type): Term | undefined {
  switch (value.kind) {
    case 'integer': {
      const number = knownValue(value);
      return number === undefined ? undefined : integer(number);
    }
    case 'boolean': {
      const truth = literal(value.term);
      return typeof truth === 'boolean' ? boolean(truth) : undefined;
    }
    case 'unit':
      return unit(value.type);
    case 'record': {
      if (type.kind !== 'record') return undefined;
      const parts = type.fields.map((f) => termOf(value.fields.get(f.name)!, f.type));
      const all = parts.filter((part) => part !== undefined);
      return all.length === parts.length ? makeRecord(type, all) : undefined;
    }
    case 'union': {
      if (type.kind !== 'union') return undefined;
      const taken = [...value.options].find(([, option]) => option.when === yes);
      const of = taken && alternativesOf(type).find((t) => sortName(t) === taken[0]);
      const inner = taken && of && termOf(taken[1].value, of);
      return of && inner ? inject(type, of, inner) : undefined;
    }
    default:
      return undefined;
  }
}
