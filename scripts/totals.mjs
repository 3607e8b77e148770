/**
 * A vitest reporter: writes the totals, and every skipped test by name, to PLIMSOLL_TOTALS; until
 * then, to the same file, which files are still under way.
 */
import { writeFileSync } from 'node:fs';

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
    const totals = { passed: 0, failed: unhandled.length, skipped: [] };
    for (const module of modules) {
      // A file that cannot be loaded has no tests to fail.
      if (module.errors().length > 0) totals.failed++;
      for (const suite of module.children.allSuites())
        if (suite.errors().length > 0) totals.failed++;
      for (const test of module.children.allTests()) count(totals, module, test);
    }
    write(totals);
  }
}

function write(found) {
  if (process.env.PLIMSOLL_TOTALS)
    writeFileSync(process.env.PLIMSOLL_TOTALS, JSON.stringify(found));
}

function count(totals, module, test) {
  const { state, note } = test.result();
  if (state === 'passed') totals.passed++;
  else if (state === 'skipped')
    totals.skipped.push(
      `${module.relativeModuleId} > ${test.fullName}: ${note ?? 'what it needs is not here'}`,
    );
  else totals.failed++;
}
