import { expect, test } from 'vitest';
import { inThread, TimeUp } from './in-thread.ts';

const module = (name: string) => new URL(`./fixtures/${name}.mjs`, import.meta.url);

test('a thread that answers has its time', async () => {
  expect(await inThread(module('answers'), 60_000, { workerData: 1 })).toBe(2);
});

test('a thread that loops is ended', async () => {
  await expect(inThread(module('loops'), 100)).rejects.toBeInstanceOf(TimeUp);
});

test('a thread that cannot be started says why', async () => {
  await expect(inThread(module('absent'), 60_000)).rejects.toThrow('absent');
});
