/** Proves, explores and runs the smallest layer that ships, and says what the verdicts rest on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo } from '../../host/index.ts';
import { paintFor } from '../../report/colour.ts';
import { list, wrap } from '../../report/words.ts';
import type { Exit } from '../command/exit.ts';
import { loadLayer } from '../command/load.ts';
import { mirrorProof } from '../command/proof-files.ts';
import { Session } from '../command/session.ts';
import { exploreLayers } from '../explore/explore-layers.ts';
import { proveLayers } from '../prove/prove-layers.ts';
import { ofRuns } from '../trusts/trusted.ts';

const indent = ' '.repeat(10);
const report = { format: 'text' } as const;

export async function demonstrate(): Promise<Exit> {
  const paint = paintFor(process.stdout, process.env);
  const session = new Session(report);
  const files = [mirrorProof()];
  const title = (text: string) => session.note(paint('bold', text));
  title('Proving the mirror, for every size and content');
  const jobs = availableParallelism();
  await proveLayers(files, { ...report, cache: true, solver: 'auto', seeds: 1, jobs }, session);
  title('Exploring it: every crash, choice and sequence of operations of a small instance');
  await exploreLayers(files, report, session);
  title('Running mirror on two disk images, through a power cut and the loss of a disk');
  await runMirror(session);
  session.note('');
  return session.end();
}

async function runMirror(session: Session): Promise<void> {
  const mirror = await loadLayer(mirrorProof(), 'mirror');
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  try {
    const line = (text: string) =>
      session.note(wrap(text.replaceAll(folder, '.').split(' '), 100, indent));
    await demo(mirror.code as Parameters<typeof demo>[0], line, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const trusts = ofRuns().flatMap(({ items }) => items);
  session.note(`  trusts  ${list(trusts, 100, indent).trimStart()}`);
}
