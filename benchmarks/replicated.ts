/**
 * A replicated disk on which power may be lost at any step, also during recovery: a model of known
 * size, to compare searches with. It is small enough to be written for any of them.
 */
import { flag, integer, list, oneOf, transitions } from '../src/explore/index.ts';
import { assert } from '../src/model/index.ts';

/** With `blocks` blocks of `values` contents; recovery copies `copied` of them. */
export function replicatedDisk(blocks: number, values: number, copied = blocks) {
  const value = integer(0, values - 1);
  return transitions({
    state: {
      first: list(blocks, value),
      second: list(blocks, value),
      promised: list(blocks, value),
      phase: oneOf('idle', 'first', 'second', 'recovery'),
      address: integer(0, blocks - 1),
      value,
      /** The block that recovery copies next. */
      next: integer(0, blocks),
      pending: flag,
    },
    steps: {
      write: {
        given: [blocks, values],
        when: (s) => s.phase === 'idle',
        does(s, address, value) {
          s.pending = true;
          s.address = address;
          s.value = value;
          s.phase = 'first';
        },
      },
      'first disk': {
        when: (s) => s.phase === 'first',
        does(s) {
          s.first[s.address] = s.value;
          s.phase = 'second';
        },
      },
      'second disk': {
        when: (s) => s.phase === 'second',
        does(s) {
          s.second[s.address] = s.value;
          s.promised[s.address] = s.value;
          s.pending = false;
          s.address = 0;
          s.value = 0;
          s.phase = 'idle';
        },
      },
      crash: {
        when: (s) => s.phase !== 'recovery' || s.next > 0,
        does(s) {
          s.phase = 'recovery';
          s.next = 0;
        },
      },
      copy: {
        when: (s) => s.phase === 'recovery' && s.next < copied,
        does(s) {
          s.second[s.next] = s.first[s.next]!;
          s.next++;
        },
      },
      done: {
        when: (s) => s.phase === 'recovery' && s.next === copied,
        does(s) {
          for (let i = 0; i < blocks; i++) {
            const written = s.pending && i === s.address && s.first[i] === s.value;
            assert(s.first[i] === s.second[i], 'the disks differ');
            assert(written || s.first[i] === s.promised[i], 'a block is neither old nor new');
          }
          if (s.pending) s.promised[s.address] = s.first[s.address]!;
          s.pending = false;
          s.address = 0;
          s.value = 0;
          s.next = 0;
          s.phase = 'idle';
        },
      },
    },
  });
}
