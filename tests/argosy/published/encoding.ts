/** What the log keeps in blocks. The published encodings truncate; these answer with an error. */
import { type Block, blockOf, bytesOf, codec } from '../../../src/model/index.ts';

export interface Header {
  readonly committed: boolean;
  readonly length: number;
}

const word = 2 ** 32;

export const header = codec<Header, Header>({
  bytes: 5,
  accepts: ({ length }) => Number.isInteger(length) && length >= 0 && length < word,
  encode({ committed, length }) {
    const bytes = new Uint8Array(5);
    bytes[0] = committed ? 1 : 0;
    new DataView(bytes.buffer).setUint32(1, length, true);
    return bytes;
  },
  decode: (bytes) => ({
    committed: bytes[0] === 1,
    length: new DataView(bytes.buffer).getUint32(1, true),
  }),
});

/** A list of addresses; how long it is, is known otherwise. */
export const addresses = {
  encode(list: readonly number[]): Block {
    const wrong = list.find((each) => !Number.isInteger(each) || each < 0 || each >= word);
    if (wrong !== undefined) throw new RangeError(`${wrong} is no address below 2^32`);
    return blockOf(new Uint8Array(Uint32Array.from(list).buffer));
  },

  decode(block: Block, length: number): number[] {
    const bytes = new Uint8Array(4 * length);
    bytes.set(bytesOf(block).subarray(0, 4 * length));
    return [...new Uint32Array(bytes.buffer)];
  },
};
