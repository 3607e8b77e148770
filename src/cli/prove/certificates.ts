/** Where certificates are kept: one file for each layer, below a folder of the project. */
import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  type Certificate,
  certificateText,
  readCertificate,
} from '../../logic/certificate/index.ts';
import type { Pool } from '../../logic/index.ts';
import { certify } from '../../refine/certificates/certify.ts';
import type { Proof } from '../../refine/prove.ts';
import { pathText } from '../../report/frame.ts';
import type { LayerDeclaration } from '../../symbolic/ir.ts';
import { WrongUse } from '../command/exit.ts';
import { packageRoot } from '../command/package.ts';
import type { Session } from '../command/session.ts';
import { replaceFile, tryOut } from '../command/whole-file.ts';

export interface CertificateOptions {
  readonly certificates?: string;
}

const mostBytes = 50_000_000;

export function certificateFile(
  { certificates }: CertificateOptions,
  { name, at }: LayerDeclaration,
  { root, folder }: Pick<Session, 'folder' | 'root'>,
): string {
  const where = certificates === undefined ? standard(root) : resolve(folder, certificates);
  return join(where, placed(at.file, root).replace(/\.ts$/, ''), `${name}.certificate`);
}

const standard = (root: string): string => join(root, '.plimsoll/certificates');

/** The path of a source, wherever the project lies and Plimsoll is installed. */
function placed(file: string, root: string): string {
  const own = relative(root, file);
  if (!own.startsWith('..') && !own.startsWith('node_modules')) return own;
  const shipped = relative(packageRoot, file);
  return shipped.startsWith('..') ? join('elsewhere', file) : join('plimsoll', shipped);
}

/** What is there is checked in full; anything amiss is thrown, and says what. */
export function readLayerCertificate(file: string, layer: LayerDeclaration): Certificate {
  const found = statSync(file);
  if (!found.isFile()) throw new Error('it is no file');
  if (found.size > mostBytes) throw new Error('it is too long to be one');
  const certificate = readCertificate(readFileSync(file, 'utf8'));
  if (certificate.layer !== layer.name) throw new Error(`it is of ${certificate.layer}`);
  return certificate;
}

/** A long proof must not end with a certificate that has no place to go. */
export function expectRoom({ certificates }: CertificateOptions, { root, folder }: Session): void {
  const where = certificates === undefined ? standard(root) : resolve(folder, certificates);
  attempt(() => tryOut(join(where, 'room')));
}

interface Kept {
  readonly layer: LayerDeclaration;
  readonly pool: Pool;
  readonly proof: Proof;
  readonly options: CertificateOptions;
  readonly session: Session;
}

/** Writes the certificate of a proof; what an earlier one says of the same claims is used. */
export async function keepCertificate(kept: Kept): Promise<void> {
  const { layer, pool, proof, options, session } = kept;
  const file = certificateFile(options, layer, session);
  const earlier = earlierEntries(file, layer);
  const { certificate, missing } = await certify({ layer, pool, report: session }, proof, earlier);
  const text = certificateText(certificate);
  attempt(() => replaceFile(file, text));
  const claims = certificate.entries.size.toLocaleString('en');
  const size = `${claims} claims, ${text.length.toLocaleString('en')} bytes`;
  session.note(`certificate: ${pathText(file, session.folder)} (${size})`);
  const [first] = missing;
  if (first === undefined) return;
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  session.warn(
    `warning: no instances were found for "${first}"${more}: recheck will leave it open`,
  );
}

function earlierEntries(file: string, layer: LayerDeclaration): Certificate['entries'] {
  try {
    return readLayerCertificate(file, layer).entries;
  } catch {
    return new Map();
  }
}

function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    const { message } = error as Error;
    const remedy = 'name a folder of yours with --certificates';
    throw new WrongUse(`the certificate cannot be written: ${message}; ${remedy}`, 'output');
  }
}
