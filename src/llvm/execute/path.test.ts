import { expect, test } from 'vitest';
import { bits, bitVector, fresh, no, type Term, yes } from '../../logic/index.ts';
import { Layout } from '../layout.ts';
import { Random } from '../testing/random.ts';
import { integer, pointer, type StructType, type Type } from '../type.ts';
import { type Distance, leavesOf, placeAt } from './path.ts';

const layout = new Layout('e-m:e-i64:64-i128:128-n8:16:32:64-S128');
const struct = (...fields: Type[]): StructType => {
  return { kind: 'struct', fields, packed: false, opaque: false };
};
const array = (count: number, element: Type): Type => ({ kind: 'array', count, element });

/** As in an array of 64 processes with 16 descriptors each. */
const link = struct(integer(64), integer(64));
const process = struct(integer(64), array(16, integer(64)), integer(32), link, pointer);
const processes = array(64, process);
const size = BigInt(layout.size(process));

const at = (constant: bigint, ...parts: Distance['parts']): Distance => ({ constant, parts });
const pid = fresh('pid', bitVector(64));
const descriptor = fresh('descriptor', bitVector(64));

test('byte distances lead to fields', () => {
  const place = placeAt(processes, layout, at(8n, { index: pid, stride: size }));
  expect(place).toMatchObject({ leaf: { fields: [1], counts: [64, 16], type: integer(64) } });
  expect(place?.indices).toEqual([pid, bits(64, 0)]);
  // A constant holds the index, the field and the index in it.
  const constant = placeAt(processes, layout, at(size * 3n + 8n + 16n));
  expect(constant?.indices).toEqual([bits(64, 3), bits(64, 2)]);
  expect(constant?.within).toBe(yes);
  const inner = at(8n, { index: descriptor, stride: 8n }, { index: pid, stride: size });
  expect(placeAt(processes, layout, inner)?.indices).toEqual([pid, descriptor]);
});

test('an index may be a multiple, and may count from behind', () => {
  const doubled = placeAt(array(9, integer(32)), layout, at(-4n, { index: pid, stride: 8n }));
  expect(doubled?.leaf.counts).toEqual([9]);
  expect(doubled?.within).not.toBe(yes);
  expect(placeAt(processes, layout, at(-size))?.within).toBe(no);
  expect(placeAt(processes, layout, at(size * 64n))?.within).toBe(no);
});

test('padding, and the middle of a scalar, are no place', () => {
  expect(placeAt(process, layout, at(BigInt(8 + 128 + 4)))).toBeUndefined();
  expect(placeAt(process, layout, at(1n))).toBeUndefined();
  expect(placeAt(process, layout, at(0n, { index: pid, stride: 4n }))).toBeUndefined();
});

test('leaves cover a type', () => {
  expect(leavesOf(processes).map(({ fields }) => fields.join('.'))).toEqual([
    '0',
    '1',
    '2',
    '3.0',
    '3.1',
    '4',
  ]);
});

/** Where each scalar begins, by the layout alone. */
function starts(type: Type, from: number, into: Map<number, string>, path: string): void {
  if (type.kind === 'array')
    for (let i = 0; i < type.count; i++)
      starts(type.element, from + i * layout.size(type.element), into, `${path}[${i}]`);
  else if (type.kind === 'struct')
    for (const [i, field] of type.fields.entries())
      starts(field, from + layout.offsets(type)[i]!, into, `${path}.${i}`);
  else into.set(from, path);
}

function some(random: Random, depth: number): Type {
  const kind = random.below(depth > 0 ? 5 : 3);
  if (kind === 3) return array(1 + random.below(4), some(random, depth - 1));
  if (kind === 4)
    return struct(...Array.from({ length: 1 + random.below(4) }, () => some(random, depth - 1)));
  return kind === 2 ? pointer : integer(random.pick([8, 16, 32, 64]));
}

test('of generated types every byte leads to the scalar that begins there, and to no other', () => {
  const random = new Random(7);
  for (let i = 0; i < 200; i++) {
    const type = some(random, 3);
    const expected = new Map<number, string>();
    starts(type, 0, expected, '');
    const end = layout.size(type);
    for (let offset = -3; offset < end + 3; offset++) {
      const place = placeAt(type, layout, at(BigInt(offset)));
      const own = place?.within === yes ? shown(type, place.leaf.fields, place.indices) : undefined;
      expect(own, `${JSON.stringify(type)} at ${offset}`).toBe(expected.get(offset));
    }
  }
});

function shown(type: Type, fields: readonly number[], indices: readonly Term[]): string {
  let [own, path] = [type, ''];
  const [restFields, restIndices] = [[...fields], [...indices]];
  for (;;) {
    if (own.kind === 'array') {
      const index = restIndices.shift();
      path += `[${index?.operator === 'bits' ? index.value : '?'}]`;
      own = own.element;
    } else if (own.kind === 'struct') {
      const field = restFields.shift()!;
      path += `.${field}`;
      own = own.fields[field]!;
    } else return path;
  }
}
