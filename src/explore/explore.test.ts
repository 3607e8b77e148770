import { expect, test } from 'vitest';
import { blockOf, zeroBlock } from '../model/block.ts';
import { mirror } from '../stack/mirror/proof.ts';
import { explore } from './explore.ts';
import type { Instance, Layer } from './instance.ts';

const one = blockOf(Uint8Array.of(1));
const blocks = [zeroBlock, one];
const addresses = [-1, 0, 1, 2];

function disks(layer: Layer, more: Partial<Instance> = {}): Instance {
  return {
    layer,
    operations: [
      { name: 'read', arguments: addresses.map((address) => [address]) },
      { name: 'write', arguments: addresses.flatMap((a) => blocks.map((block) => [a, block])) },
      { name: 'size', arguments: [[]] },
    ],
    blocks,
    length: 2,
    async: false,
    ...more,
  };
}

test('mirror', async () => {
  const t = Date.now();
  const out = await explore(disks(mirror));
  console.log(Date.now() - t, out);
});
