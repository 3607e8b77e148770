/**
 * What comes in as a parameter is somebody else's: an array of it that is kept must be a copy.
 *
 * A read-only array may be another's array that changes. The rule holds in every method, also in
 * private ones, so that a field never holds anything but arrays that nobody changes.
 */
import ts from '@typescript/typescript6';
import { isGiven, mayBeShared } from './given.ts';
import {
  bare,
  type Frame,
  type Inspection,
  isAssignment,
  type Reason,
  type Rule,
  refuse,
} from './inspection.ts';
import { aboutMaps } from './ownership.ts';
import { placeOf } from './places.ts';
import { isCollection, isSequence } from './types.ts';

export const keeping: Rule = (node, frame, inspection) => {
  if (frame.ghost || frame.role === undefined) return;
  if (isAssignment(node) && isKept(inspection, node.left)) kept(node.right, frame, inspection);
  if (ts.isCallExpression(node)) added(node, frame, inspection);
  if (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent))
    if (mayBeShared(inspection, inspection.checker.getTypeAtLocation(node)))
      refuse(inspection, node, reasons.property);
};

/** A field of `this`, or an element of one. */
function isKept(inspection: Inspection, target: ts.Expression): boolean {
  const place = bare(target);
  if (ts.isElementAccessExpression(place)) return isKept(inspection, place.expression);
  return placeOf(inspection, place)?.field ?? false;
}

/** `this.rows.push(row)`. */
function added(call: ts.CallExpression, frame: Frame, inspection: Inspection): void {
  const callee = bare(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !/^(push|set|add)$/.test(callee.name.text)) return;
  const list = inspection.checker.getTypeAtLocation(callee.expression);
  if (!isSequence(inspection, list) || !isKept(inspection, callee.expression)) return;
  for (const value of call.arguments) kept(value, frame, inspection);
}

function kept(value: ts.Expression, frame: Frame, inspection: Inspection): void {
  if (!frame.within || !isGiven(inspection, value)) return;
  const map = isCollection(inspection, inspection.checker.getTypeAtLocation(value));
  refuse(inspection, value, map ? aboutMaps(reasons.given) : reasons.given);
}

const reasons = {
  given: {
    construct: 'alias',
    why: 'an array that came in as a parameter is kept, and whoever called may change it',
    instead: 'a copy: [...x], or x.slice(); of a record, { ...x, list: [...x.list] }',
  },
  property: {
    construct: 'alias',
    why: 'the parameter is kept as it is, and whoever called may change an array in it',
    instead: 'a field, and a copy in the constructor: this.list = [...list]',
  },
} satisfies Record<string, Reason>;
