/**
 * How long the obligations of the published design take to be tried, each from every state: layer
 * by layer and composed, with as many blocks of data and writes in the log as facts were published
 * for. CPU time, which the load of the machine changes less than the clock.
 *
 *     npx rolldown benchmarks/published.ts --platform node --dir build && node build/published.js
 */
import { availableParallelism, loadavg } from 'node:os';
import type { EverywhereOutcome } from '../src/explore/index.ts';
import { composed, logged, replicated } from '../tests/argosy/published/mutants.ts';

async function timed(what: string, explore: () => Promise<EverywhereOutcome>): Promise<void> {
  const before = process.cpuUsage();
  const { kind, obligations, counts } = await explore();
  const { user, system } = process.cpuUsage(before);
  const seconds = ((user + system) / 1e6).toFixed(2);
  console.log(
    `${what.padEnd(26)} ${kind}  ${String(obligations).padStart(6)} obligations  ` +
      `${seconds.padStart(6)} s CPU  ${counts.effects} operations of the machine below`,
  );
}

await timed('replication', () => replicated());
for (const [data, log] of [
  [1, 1],
  [2, 1],
  [2, 2],
] as const) {
  const size = { data, log, values: 2 };
  await timed(`log, N=${data} L=${log}`, () => logged(size));
  await timed(`both at once, N=${data} L=${log}`, () => composed(size));
}
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
const load = loadavg()[0]!.toFixed(1);
console.log(
  `Node ${process.version}, ${availableParallelism()} cores, load ${load}, ${megabytes} MB`,
);
