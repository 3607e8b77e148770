import { exploreEverywhere } from '../../src/explore/index.ts';
import { compose } from '../../src/refine/compose.ts';
import { FailingPair } from './published/machines.ts';
import { replication, contentOf } from './published/replication.ts';
import { log, standsFor } from './published/log.ts';
import { contents, instanceOf, loggedDisks, onOneDisk, onTwoDisks, plainDisks, transactional } from './published/instance.ts';
async function show(name: string, run: () => Promise<any>) {
  const t = process.cpuUsage();
  const r = await run();
  const u = process.cpuUsage(t);
  console.log(name, r.kind, r.obligations, r.because ?? r.problem?.because ?? '', JSON.stringify(r.counts), ((u.user + u.system) / 1e6).toFixed(2), 's CPU');
}
const rep = replication(FailingPair);
await show('replication', () => exploreEverywhere(instanceOf(rep as never, 4, 4, contents(2)), { starts: onTwoDisks(FailingPair, plainDisks(4, 2)), stands: rep.abstraction as never }));
for (const [data, l] of [[1,1],[2,1],[2,2]] as const) {
  const size = { data, log: l, values: 2 };
  const layer = log(l);
  await show(`log ${data} ${l}`, () => exploreEverywhere(transactional(layer as never, size), { starts: onOneDisk(loggedDisks(size)), stands: layer.abstraction as never }));
  const stack = compose(rep, layer);
  await show(`composed ${data} ${l}`, () => exploreEverywhere(transactional(stack as never, size), { starts: onTwoDisks(FailingPair, loggedDisks(size)), stands: ((p: never, pair: never) => { const b = contentOf(pair); return b !== undefined && standsFor(p, b, l); }) as never }));
}
