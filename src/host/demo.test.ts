import { expect, test } from 'vitest';
import type { Block, Operations, TwoDisks } from '../model/index.ts';
import { Mirror } from '../stack/mirror/code.ts';
import { demo } from './demo.ts';
import { directory } from './testing/world.ts';

test('the demonstration says what happened', async () => {
  const lines: string[] = [];
  const place = directory();
  await demo(Mirror, (line) => lines.push(line.replaceAll(place, '.')), place);
  expect(lines).toMatchInlineSnapshot(`
    [
      "created two disks of 8 blocks of 512 bytes: ./first.img, ./second.img",
      "wrote 8 blocks and read them back",
      "cut power at 6 moments of one write: it may leave 16 states",
      "rebuilt and recovered each: 4 hold the old block, 12 the new one, and so does disk 1 alone",
      "started again, recovered, and read every block back",
      "removed the file of disk 0 while the store is in use",
      "note: disk 0 is dead: ./first.img: the file was removed",
      "wrote 4 more blocks and read every block back from disk 1",
      "put the old file of disk 0 back, and started again",
      "note: disk 0 is dead and is left as it is: ./first.img",
      "recovered, and read every block back: nothing stale, nothing lost",
    ]
  `);
});

test('a layer that is wrong does not get through', async () => {
  class Hasty extends Mirror {
    override recover(): void {}
  }
  class Single extends Mirror {
    private readonly both: Operations<TwoDisks>;
    constructor(pair: Operations<TwoDisks>) {
      super(pair);
      this.both = pair;
    }
    override write(address: number, block: Block): void {
      this.both.write(0, address, block);
    }
  }
  for (const layer of [Hasty, Single])
    await expect(demo(layer, () => {}, directory())).rejects.toThrow('does not hold');
});
