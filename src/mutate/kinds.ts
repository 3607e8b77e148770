/** The mistakes that are made. */
export const mistakeKinds = [
  'statement removed',
  'flush removed',
  'condition negated',
  'condition always true',
  'condition always false',
  'operator',
  'constant',
  'effects exchanged',
] as const;
export type MistakeKind = (typeof mistakeKinds)[number];
