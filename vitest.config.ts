import { defineConfig } from 'vitest/config';

/** Files share their worker, so tests keep no global state; solvers want the cores more. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/fixtures/**'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    // A loaded machine must not turn slow into failed.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 20_000,
  },
});
