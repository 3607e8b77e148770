/** All ways to write a statement. */
import { setStatementRules } from './statement.ts';
import { closureStatements } from './statements-closures.ts';
import { mapStatements } from './statements-maps.ts';
import { nestedRules } from './statements-nested.ts';
import { patternStatements } from './statements-patterns.ts';
import { simpleRules } from './statements-simple.ts';
import { switchRules } from './statements-switch.ts';

setStatementRules([
  ...simpleRules,
  ...closureStatements,
  ...patternStatements,
  ...nestedRules,
  ...switchRules,
  ...mapStatements,
]);

export { statements } from './statement.ts';
