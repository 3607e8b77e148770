/** All ways to write a statement. */
import { setStatementRules } from './statement.ts';
import { nestedRules } from './statements-nested.ts';
import { simpleRules } from './statements-simple.ts';

setStatementRules([...simpleRules, ...nestedRules]);

export { statements } from './statement.ts';
