/** All ways to write a statement. */
import { setStatementRules } from './statement.ts';
import { mapStatements } from './statements-maps.ts';
import { nestedRules } from './statements-nested.ts';
import { simpleRules } from './statements-simple.ts';
import { switchRules } from './statements-switch.ts';

setStatementRules([...simpleRules, ...nestedRules, ...switchRules, ...mapStatements]);

export { statements } from './statement.ts';
