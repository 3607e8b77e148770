/**
 * Codecs in what is shown of storage: blocks stay what they are, values without parts. Of a codec
 * is known that what is decoded is what was encoded; that is shown for itself, bit by bit.
 */
import {
  and,
  call,
  constant,
  declare,
  equal,
  type FunctionSymbol,
  forall,
  implies,
  not,
  or,
  type Term,
  yes,
} from '../../logic/index.ts';
import type { CodecDeclaration, Expression } from '../ir.ts';
import { nullType } from '../type.ts';
import { elements, sameContent, short } from './content.ts';
import { convert } from './convert.ts';
import { decodedZero } from './decoded-zero.ts';
import { term } from './expression.ts';
import { bodyOf } from './pure.ts';
import { know, oblige, type Scope } from './run.ts';
import { BlockSort, isSealedSymbol, sortOf, typed, zeroBlockTerm } from './sorts.ts';
import { isAlternative, termOf } from './value.ts';

interface Symbols {
  readonly encode: FunctionSymbol;
  readonly decode: FunctionSymbol;
}

const symbols = new Map<string, Symbols>();
let declared = 0;

/** Two codecs of one name are two, as are two versions of one. */
function symbolsOf(codec: CodecDeclaration): Symbols {
  const [takes, gives] = [sortOf(codec.takes), sortOf(codec.gives)];
  const known = symbols.get(codec.key);
  if (known?.encode.argumentSorts[0] === takes && known.decode.resultSort === gives) return known;
  const name = `${codec.name} ${declared++}`;
  const made = {
    encode: declare(`encode ${name}`, [takes], BlockSort),
    decode: declare(`decode ${name}`, [BlockSort], gives),
  };
  symbols.set(codec.key, made);
  return made;
}

export function coded(e: Expression & { kind: 'codec' }, scope: Scope): Term {
  const codec = scope.run.program.codecs.get(e.codec);
  if (!codec) throw new Error(`the program has no codec ${e.codec}`);
  const { encode, decode } = symbolsOf(codec);
  const given = term(e.argument, scope);
  if (e.does === 'encode') oblige(scope, 'contract', e.at, accepted(codec, given, scope));
  const result = call(e.does === 'encode' ? encode : decode, given);
  if (codec.sealed) scope.state.know(not(call(isSealedSymbol, zeroBlockTerm)));
  const empty = decodedZero(codec, scope.run.program);
  if (empty) scope.state.know(equal(call(decode, zeroBlockTerm), empty));
  if (scope.quantified === 0) {
    know(scope, e.does === 'encode' ? returns(codec, given, scope) : found(codec, given, result));
    return result;
  }
  const { state } = scope;
  const value = constant('encoded', sortOf(codec.takes));
  const closed: Scope = { ...scope, guard: [], quantified: scope.quantified + 1 };
  state.know(forall([value], returns(codec, value, closed), [[call(encode, value)]]));
  const block = constant('block', BlockSort);
  const content = call(decode, block);
  const fact = found(codec, block, content);
  if (fact !== yes) state.know(forall([block], fact, [[content]]));
  return result;
}

/** What is known of a block that was decoded: of one that is not sealed, that nothing was found. */
function found({ sealed, gives }: CodecDeclaration, block: Term, content: Term): Term {
  const ofType = typed(gives, content);
  if (!sealed || gives.kind !== 'union') return ofType;
  return and(ofType, or(call(isSealedSymbol, block), isAlternative(gives, nullType, content)));
}

/** Whether a value may be encoded. */
function accepted(codec: CodecDeclaration, value: Term, scope: Scope): Term {
  const called = codec.accepts && scope.run.program.functions.get(codec.accepts);
  const ofType = and(typed(codec.takes, value), short(codec.takes, value, codec.longest ?? 0));
  if (!called) return ofType;
  const ghost: Scope = { ...scope, ghost: true, self: undefined };
  return and(ofType, termOf(bodyOf(called, [value], ghost)));
}

/** What was encoded is what is decoded. */
function returns(codec: CodecDeclaration, value: Term, scope: Scope): Term {
  const { encode, decode } = symbolsOf(codec);
  const block = call(encode, value);
  const back = convert(value, codec.takes, codec.gives).value;
  const same = sameContent(codec.gives, call(decode, block), back, scope);
  const sealed = codec.sealed ? call(isSealedSymbol, block) : yes;
  // Ghost code checks no types: there is no block of what is not of its type.
  const real = scope.ghost || scope.quantified > 0 ? elements(codec.takes, value, scope) : yes;
  return implies(and(accepted(codec, value, scope), real), and(sealed, same));
}
