/**
 * Ghost code: what only the prover and the explorer look at. It has no effect, and nothing of it
 * gets into code that is run.
 */
import ts from '@typescript/typescript6';
import { isCalledAtOnce, isTurn } from './closures.ts';
import { isLemma, opensFunction } from './contracts.ts';
import {
  around,
  bare,
  type Frame,
  type Inspection,
  isAssignment,
  isStep,
  isValue,
  type Reason,
  type Rule,
  refuse,
  symbolOf,
  wrapped,
} from './inspection.ts';
import { calledMarker, choices, ghostMarkers, isRefinement, statementMarkers } from './own.ts';
import { doingWith, isMutableAt, placeOf, sourcesOf } from './places.ts';
import { isClass, isSequence } from './types.ts';

export const ghosts: Rule = (node, frame, inspection) => {
  const marker = calledMarker(inspection, node);
  if (marker && ghostMarkers.has(marker))
    markerCall(node as ts.CallExpression, marker, frame, inspection);
  if (marker === 'stateOf' && !frame.ghost)
    refuse(inspection, node, named('stateOf', reasons.state));
  if (marker === 'visited' && !frame.ghost)
    refuse(inspection, node, named('visited', reasons.visited));
  if (marker === 'implies' && !frame.ghost)
    refuse(inspection, node, named('implies', reasons.implies));
  if (ts.isArrowFunction(node)) closure(node, inspection);
  if (ts.isIdentifier(node) && !frame.ghost) leak(node, inspection);
  if (marker === 'opaque' && !opensFunction(node as ts.CallExpression, inspection))
    refuse(inspection, node, named(marker, reasons.contract));
  if (frame.ghost && !says(node, marker, frame, inspection))
    effect(node, frame, marker, inspection);
};

/** Whether a statement is part of a contract, or of the proof of a lemma. */
function says(
  node: ts.Node,
  marker: string | undefined,
  frame: Frame,
  inspection: Inspection,
): boolean {
  if (!marker || !statementMarkers.has(marker)) return false;
  if (marker === 'assert') return frame.within !== undefined && isLemma(frame.within, inspection);
  return marker !== 'assume' && opensFunction(node as ts.CallExpression, inspection);
}

function named(construct: string, reason: Reason): Reason {
  return { construct, ...reason };
}

function markerCall(
  call: ts.CallExpression,
  marker: string,
  frame: Frame,
  inspection: Inspection,
): undefined {
  const quantified = marker === 'forall' || marker === 'exists' || marker === 'everyKey';
  const contract =
    (marker === 'ensures' || marker === 'decreases') && opensFunction(call, inspection);
  if (marker === 'decreases' && contract) return;
  if (marker === 'ensures' && !contract) refuse(inspection, call, named(marker, reasons.contract));
  if (marker === 'use' && !ts.isExpressionStatement(call.parent))
    refuse(inspection, call, named(marker, reasons.use));
  if (quantified && !frame.ghost) refuse(inspection, call, named(marker, reasons.quantifier));
  if (!quantified && !contract && marker !== 'use' && frame.ghost)
    refuse(inspection, call, named(marker, reasons.nested));
  const body = call.arguments[quantified ? call.arguments.length - 1 : 0];
  if (!body || !ts.isArrowFunction(body) || body.parameters.length > (quantified ? 1 : 0))
    refuse(inspection, body ?? call, named(marker, reasons.closure));
  if (marker === 'ghost') ghostValue(call, inspection);
  if ((marker === 'invariant' || marker === 'decreases') && !opensLoop(call, inspection))
    refuse(inspection, call, named(marker, reasons.place));
}

/** `const old = ghost(() => ...)`, a value that later changes do not reach. */
function ghostValue(call: ts.CallExpression, inspection: Inspection): undefined {
  const declaration = call.parent;
  const constant =
    ts.isVariableDeclaration(declaration) &&
    ts.isIdentifier(declaration.name) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  if (!constant) return refuse(inspection, call, named('ghost', reasons.constant));
  const [body] = call.arguments;
  if (!body || !ts.isArrowFunction(body) || ts.isBlock(body.body)) return;
  for (const source of sourcesOf(body.body))
    if (isLive(inspection, source)) refuse(inspection, source, named('ghost', reasons.live));
}

function isLive(inspection: Inspection, source: ts.Expression): boolean {
  const type = inspection.checker.getTypeAtLocation(source);
  if (isClass(type)) return true;
  // A function may give back what it was given.
  if (ts.isCallExpression(source) && isSequence(inspection, type)) return !isCopy(source);
  const literal = ts.isArrayLiteralExpression(source) || ts.isNewExpression(source);
  const made = literal || isCopy(source);
  return isMutableAt(inspection, source) && !made;
}

function isCopy(source: ts.Expression): boolean {
  if (!ts.isCallExpression(source)) return false;
  const { expression } = source;
  return (
    ts.isPropertyAccessExpression(expression) &&
    /^(slice|concat|map|filter)$/.test(expression.name.text)
  );
}

/** Among the first statements of the body of a loop, or of what is done for each element. */
function opensLoop(call: ts.CallExpression, inspection: Inspection): boolean {
  const statement = call.parent;
  const block = statement.parent;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(block)) return false;
  const { parent } = block;
  if (!ts.isIterationStatement(parent, false) && !isTurn(inspection, parent)) return false;
  return block.statements.slice(0, block.statements.indexOf(statement)).every((each) => {
    const marker = ts.isExpressionStatement(each) && calledMarker(inspection, each.expression);
    return marker === 'invariant' || marker === 'decreases';
  });
}

/** A closure stands where it is looked into at once, or is a function of the module. */
function closure(node: ts.ArrowFunction, inspection: Inspection): undefined {
  const holder = around(node);
  const marker = calledMarker(inspection, holder);
  if (marker && ghostMarkers.has(marker)) return;
  if (ts.isVariableDeclaration(holder) && ts.isSourceFile(holder.parent.parent.parent)) return;
  if (isCalledAtOnce(inspection, node)) return;
  if (ts.isPropertyAssignment(holder) && isLayerLiteral(inspection, holder.parent)) return;
  refuse(inspection, node, reasons.arrow);
}

function isLayerLiteral(inspection: Inspection, literal: ts.Node): boolean {
  const { parent } = literal;
  if (ts.isPropertyAssignment(parent)) return isLayerLiteral(inspection, parent.parent);
  return isRefinement(inspection, parent) && parent.arguments[0] === wrapped(literal);
}

/** A ghost in code that is run: there it is undefined. */
function leak(node: ts.Identifier, inspection: Inspection): undefined {
  const declaration = symbolOf(inspection, node)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || declaration.name === node) return;
  const value = declaration.initializer && bare(declaration.initializer);
  if (value && calledMarker(inspection, value) === 'ghost')
    refuse(inspection, node, named('ghost', reasons.leak));
}

function effect(
  node: ts.Node,
  frame: Frame,
  marker: string | undefined,
  inspection: Inspection,
): undefined {
  if (marker && (choices.has(marker) || statementMarkers.has(marker)))
    return refuse(inspection, node, named(marker, reasons.effect));
  if (ts.isAwaitExpression(node) || isAsync(node)) return refuse(inspection, node, reasons.effect);
  if (ts.isIterationStatement(node, false)) return refuse(inspection, node, reasons.loop);
  if (ts.isThrowStatement(node) || ts.isTryStatement(node))
    return refuse(inspection, node, reasons.effect);
  if (isAssignment(node)) return target(node, node.left, frame, inspection);
  if (isStep(node)) return target(node, node.operand, frame, inspection);
  if (isValue(node) && changesInPlace(node, inspection))
    refuse(inspection, node, named('change', reasons.effect));
}

function isAsync(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  );
}

function changesInPlace(node: ts.Expression, inspection: Inspection): boolean {
  return isMutableAt(inspection, node) && doingWith(inspection, node) === 'change';
}

/** A ghost function may have variables of its own. */
function target(
  node: ts.Node,
  left: ts.Expression,
  frame: Frame,
  inspection: Inspection,
): undefined {
  const place = ts.isIdentifier(bare(left)) ? placeOf(inspection, left) : undefined;
  const declaration = place?.symbol.valueDeclaration;
  for (let at: ts.Node | undefined = declaration; at; at = at.parent)
    if (at === frame.within) return;
  refuse(inspection, node, named('assignment', reasons.effect));
}

const reasons = {
  state: {
    why: 'the state behind the handle is there for ghosts only, never when the code runs',
    instead: 'stateOf within invariant(() => ...), or an operation of the machine',
  },
  visited: {
    why: 'what a loop has gone over depends on the order of the map',
    instead: 'visited within invariant(() => ...), or a map of your own',
  },
  implies: {
    why: 'both sides are always evaluated',
    instead: '!a || b; implies is for invariants',
  },
  quantifier: {
    why: 'it is for invariants, abstractions and the like',
    instead: 'a loop',
  },
  nested: {
    why: 'it says something about code that is run, and this is not',
    instead: 'the statement itself, joined with &&',
  },
  closure: {
    why: 'the prover must see what is meant',
    instead: 'a closure written in place, as in invariant(() => x > 0)',
  },
  place: {
    why: 'it speaks of the loop whose body it opens',
    instead: 'the same line as the first one in the body of the loop; or assert(...)',
  },
  contract: {
    why: 'it is part of the contract of a lemma or an opaque function',
    instead: 'the same line before anything else in the body of a function of the module',
  },
  use: {
    why: 'a lemma has no value',
    instead: 'use(() => lemma(...)) as a statement of its own',
  },
  constant: {
    why: 'a ghost has a name, and nothing else',
    instead: 'const name = ghost(() => ...)',
  },
  live: {
    why: 'it is kept by reference, so that later changes would reach the ghost',
    instead: 'what is needed of it, copied: [...x]',
  },
  arrow: {
    why: 'a closure is read where a function of arrays calls it at once, and nowhere else',
    instead: 'a function of the module, or a private method',
  },
  leak: {
    why: 'a ghost is undefined when the code runs',
    instead: 'a variable of its own for the code',
  },
  effect: {
    why: 'ghost code must have no effect: it is not run for real',
    instead: 'an expression that only looks',
  },
  loop: {
    why: 'ghost code has no loops',
    instead: 'forall or exists',
  },
} satisfies Record<string, Reason>;
