/**
 * Codecs: values in blocks, in so many bytes. Bit by bit it is shown that what is decoded is what
 * was encoded; elsewhere nothing else is used of a codec, and no block is looked into.
 */
import { type Block, blockOf, bytesOf } from './block.ts';
import { contentOf, seal } from './seal.ts';

export interface Codec<T, R> {
  /** The block of a value; throws `NotAccepted` for a value that has none. */
  encode(value: T): Block;
  /** The value in a block; of a block that holds none, whatever `decode` says of its bytes. */
  decode(block: Block): R;
}

export interface CodecParts<T, R> {
  /** How many bytes there are. */
  readonly bytes: number;
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => R;
  /** Whether a block begins with its checksum; of one that does not, null is decoded. */
  readonly sealed?: boolean;
  /** The longest list that there may be in a value. */
  readonly longest?: number;
  /** The values that may be encoded; all, if this is left out. */
  readonly accepts?: (value: T) => boolean;
}

/** A value was to be encoded that its codec does not accept. */
export class NotAccepted extends RangeError {
  override readonly name = 'NotAccepted';
}

/** Declares a codec: `export const slots = codec({ bytes: 8, encode, decode })`. */
export function codec<T, R extends T | null>(parts: CodecParts<T, R>): Codec<T, R> {
  const { bytes, encode, decode, accepts, sealed = false, longest = 0 } = parts;
  return {
    encode(value) {
      if (hasLonger(value, longest))
        throw new NotAccepted(`the codec accepts no list of more than ${longest}`);
      if (accepts && !accepts(value)) throw new NotAccepted('the codec does not accept this value');
      const encoded = encode(value);
      if (encoded.length !== bytes)
        throw new RangeError(`encoded in ${encoded.length} bytes instead of ${bytes}`);
      return sealed ? seal(encoded) : blockOf(encoded);
    },
    decode(block) {
      const whole = new Uint8Array(bytes);
      const content = sealed ? contentOf(block) : bytesOf(block);
      // The reader sees to it that null is among the answers of a codec that seals.
      if (content === null) return null as R;
      whole.set(content.subarray(0, bytes));
      return decode(whole);
    },
  };
}

/** Whether some list in a value has more than so many elements. */
function hasLonger(value: unknown, longest: number): boolean {
  if (Array.isArray(value) && value.length > longest) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => hasLonger(part, longest));
}
