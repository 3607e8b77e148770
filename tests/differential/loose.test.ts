import { test } from 'vitest';
import { agreement } from './agreement.ts';

test(
  'JavaScript, the interpreter and the executor agree where elements are taken to be there',
  { timeout: 1_200_000 },
  () => agreement(false),
);
