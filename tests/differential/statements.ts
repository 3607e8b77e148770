/** All ways to write a statement. */
import { setStatementRules } from './statement.ts';
import { nestedRules } from './statements-nested.ts';
import { simpleRules } from './statements-simple.ts';
import { switchRules } from './statements-switch.ts';

const off = new Set(['logical and assignment', 'logical or assignment', 'nullish assignment']);
setStatementRules(
  [...simpleRules, ...nestedRules, ...switchRules].filter((r) => !off.has(r.construct)),
);

export { statements } from './statement.ts';
