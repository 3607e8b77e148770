import { join } from 'node:path';
import ts from '@typescript/typescript6';
import { defineConfig, type Plugin } from 'vitest/config';
import { counting } from './src/cli/explore/turns.ts';

/** Wrong layers are run, too, and some never end: their loops are counted, as the command does. */
const bounded: Plugin = {
  name: 'bounded-layers',
  enforce: 'pre',
  transform(code, file) {
    if (!/\/(?:tests\/layers\/fixtures|examples)\/.*\.ts$/.test(file)) return undefined;
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName: file,
      transformers: { before: [counting(ts)] },
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        sourceMap: true,
      },
    });
    return { code: outputText, map: sourceMapText ?? null };
  },
};

const source = (file: string) => join(import.meta.dirname, 'src', file);

/** Files share their worker, so tests keep no global state; solvers want the cores more. */
export default defineConfig({
  plugins: [bounded],
  // The examples import the package by its name, as users do: here, its sources.
  resolve: {
    alias: [
      { find: /^plimsoll$/, replacement: source('index.ts') },
      { find: /^plimsoll\/model$/, replacement: source('model/index.ts') },
      { find: /^plimsoll\/stack\/([a-z-]+)$/, replacement: source('stack/$1/proof.ts') },
    ],
  },
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
