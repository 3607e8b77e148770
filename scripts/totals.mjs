/**
 * A vitest reporter: writes the totals, every skipped test by name, and every failure with its
 * first lines, to PLIMSOLL_TOTALS; until then, to the same file, which files are still under way.
 */
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export default class Totals {
  running = new Set();

  onTestModuleStart({ relativeModuleId }) {
    this.running.add(relativeModuleId);
    write({ running: [...this.running] });
  }

  onTestModuleEnd({ relativeModuleId }) {
    this.running.delete(relativeModuleId);
    write({ running: [...this.running] });
  }

  onTestRunEnd(modules, unhandled) {
    const totals = { passed: 0, failed: [], skipped: [] };
    fail(totals, 'outside every test', unhandled);
    for (const module of modules) {
      const file = module.relativeModuleId;
      // A file that cannot be loaded has no tests to fail.
      fail(totals, file, module.errors());
      for (const suite of module.children.allSuites())
        fail(totals, `${file} > ${suite.fullName}`, suite.errors());
      for (const test of module.children.allTests()) count(totals, file, test);
    }
    write(totals);
  }
}

function write(found) {
  if (process.env.PLIMSOLL_TOTALS)
    writeFileSync(process.env.PLIMSOLL_TOTALS, JSON.stringify(found));
}

function fail(totals, place, errors) {
  if (errors.length === 0) return;
  const why = errors.map(({ message }) => stripVTControlCharacters(message ?? 'no message'));
  totals.failed.push(`${place}: ${why.join('; ').split('\n').slice(0, 20).join('\n    ')}`);
}

function count(totals, file, test) {
  const { state, note, errors } = test.result();
  const place = `${file} > ${test.fullName}`;
  if (state === 'passed') totals.passed++;
  else if (state === 'skipped')
    totals.skipped.push(`${place}: ${note ?? 'what it needs is not here'}`);
  else fail(totals, place, errors?.length > 0 ? errors : [{ message: 'it did not end' }]);
}
