export { certified, type Listening } from './check.ts';
export { type Claim, digestOf, type Entry } from './entry.ts';
export { extract } from './extract.ts';
export { type Certificate, certificateText, Damaged, readCertificate } from './text.ts';
