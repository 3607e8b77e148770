/** Removes what an earlier build left: a file that is gone from src/ must not be shipped. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

rmSync(join(import.meta.dirname, '../dist'), { recursive: true, force: true });
