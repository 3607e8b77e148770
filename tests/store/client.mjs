/**
 * A process that does transactions until it is killed, and says which are durable.
 *
 * Transaction n writes its number to block 0 and to some others, as `writes` in killing.ts says.
 * When its commit has answered, the number is printed, at once.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../dist/store.js';

const [first = '', second = '', clients] = process.argv.slice(2);
const { store } = await openStore({ paths: [first, second] });

/** @param {Uint8Array} bytes */
const numberIn = (bytes) => Buffer.from(bytes).readUInt32LE(0);
/** @param {number} number */
const block = (number) => {
  const bytes = Buffer.alloc(store.blockSize, number % 251);
  bytes.writeUInt32LE(number, 0);
  return bytes;
};

async function client() {
  for (;;) {
    let number = 0;
    await store.transaction((own) => {
      number = numberIn(own.get(0)) + 1;
      own.put(0, block(number));
      for (let i = 0; i < number % 4; i++)
        own.put(1 + ((number * 7 + i * 5) % (store.size - 1)), block(number));
    });
    writeSync(1, `${number}\n`);
  }
}

await Promise.all(Array.from({ length: Number(clients) }, client));
