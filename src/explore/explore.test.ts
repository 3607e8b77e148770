import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blockOf, zeroBlock } from '../model/block.ts';
import { Disk } from '../model/disk.ts';
import type { Operations } from '../model/machine.ts';
import type { TwoDisks } from '../model/two-disks.ts';
import { Mirror } from '../stack/mirror/code.ts';
import { mirror } from '../stack/mirror/proof.ts';
import { explore } from './explore.ts';
import type { Instance, Layer } from './instance.ts';
import { render } from './render.ts';
import { replay } from './replay.ts';
import { shrink } from './shrink.ts';

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
  for (let i = 0; i < 1; i++) {
    const t = Date.now();
    const out = await explore(disks(mirror));
    console.log(Date.now() - t, out);
  }
});

test('wrong', async () => {
  class Skips extends Mirror {
    override recover(): void {
      const pair = (this as unknown as { pair: Operations<TwoDisks> }).pair;
      const size = this.size();
      for (let address = 0; address < size - 1; address++) {
        const block = pair.read(0, address);
        if (block === null) return;
        pair.write(1, address, block);
      }
    }
  }
  const instance = disks({ ...mirror, code: Skips });
  const t = Date.now();
  const out = await explore(instance);
  console.log(Date.now() - t, JSON.stringify(out, null, 1));
  if (out.kind === 'violation') {
    const small = await shrink(instance, out.counterexample);
    console.log(JSON.stringify(small.steps));
    console.log(
      render(await replay(instance, small), (f) => readFileSync(f, 'utf8'), {
        command: 'plimsoll replay x.json',
      }),
    );
  }
});
