/** Keeps the instances that decide the claims of a proof. */
import { type Certificate, digestOf, type Entry, extract } from '../../logic/certificate/index.ts';
import { obligationName } from '../discharge/discharge.ts';
import type { Proof, Proving } from '../prove.ts';

export interface Certified {
  readonly certificate: Certificate;
  /** Claims that were proved, but for which no instances were found. */
  readonly missing: readonly string[];
}

/** `known`: an earlier certificate; what it says of claims that are still there is kept. */
export async function certify(
  { pool, report, layer }: Pick<Proving, 'pool' | 'report' | 'layer'>,
  { settled, restart }: Proof,
  known: Certificate['entries'],
): Promise<Certified> {
  const claims = new Map(settled.map((each) => [digestOf(each.claim), each]));
  const entries = new Map<string, Entry>();
  const missing: string[] = [];
  let done = 0;
  const ask = async (digest: string, { claim, obligation, part }: Proof['settled'][number]) => {
    const entry = known.get(digest) ?? (await extract(claim, pool));
    if (entry !== undefined) entries.set(digest, entry);
    else missing.push(obligationName(obligation, part));
    const progress = { layer: layer.name, done: ++done, of: claims.size, what: 'certified' };
    report.event({ event: 'progress', ...progress });
  };
  await Promise.all([...claims].map(([digest, each]) => ask(digest, each)));
  const hint = restart !== undefined && { restart };
  return { certificate: { layer: layer.name, ...hint, entries }, missing };
}
