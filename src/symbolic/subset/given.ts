/** Whether a value may be, or hold, an array that came into its function as a parameter. */
import ts from '@typescript/typescript6';
import { bare, everyNode, type Inspection, isAssignment, symbolOf } from './inspection.ts';
import { isLibrarySymbol } from './library.ts';
import { calledMarker } from './own.ts';
import { isCollection, isMutable, isRecord, isSequence } from './types.ts';

/** Deep enough for any type that a person writes; beyond that the answer is yes. */
const deepest = 8;

/**
 * Whether there may be a read-only array in a value of this type, which others may share. An array
 * that can change has one name: that is another rule.
 */
export function mayBeShared(inspection: Inspection, type: ts.Type, depth = 0): boolean {
  const inner = (each: ts.Type) => mayBeShared(inspection, each, depth + 1);
  if (depth > deepest || type.flags & ts.TypeFlags.Instantiable) return true;
  if (type.isUnion()) return type.types.some(inner);
  const { checker } = inspection;
  if (isSequence(inspection, type)) {
    if (!isMutable(inspection, type)) return true;
    return (
      (checker.isArrayType(type) || isCollection(inspection, type)) &&
      checker.getTypeArguments(type as ts.TypeReference).some(inner)
    );
  }
  if (!isRecord(inspection, type)) return false;
  return type.getProperties().some((each) => inner(checker.getTypeOfSymbol(each)));
}

/** Functions that may give back what they are given; while one is looked at, it is said to. */
const known = new WeakMap<Inspection, Map<ts.Node, boolean>>();

export function isGiven(inspection: Inspection, value: ts.Expression): boolean {
  return new Search(inspection).expression(value);
}

class Search {
  readonly #inspection: Inspection;
  readonly #seen = new Set<ts.Symbol>();

  constructor(inspection: Inspection) {
    this.#inspection = inspection;
  }

  expression(value: ts.Expression): boolean {
    const node = bare(value);
    if (ts.isSpreadElement(node)) return this.#elements(node.expression);
    if (!this.#holds(node)) return false;
    if (ts.isIdentifier(node)) return this.#name(node);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      return this.expression(node.expression);
    if (ts.isConditionalExpression(node))
      return this.expression(node.whenTrue) || this.expression(node.whenFalse);
    if (ts.isBinaryExpression(node))
      return this.expression(node.left) || this.expression(node.right);
    if (ts.isAwaitExpression(node)) return this.expression(node.expression);
    if (ts.isArrayLiteralExpression(node))
      return node.elements.some((each) => this.expression(each));
    if (ts.isObjectLiteralExpression(node)) return this.#record(node);
    if (ts.isNewExpression(node)) return node.arguments?.some((e) => this.#elements(e)) ?? false;
    return ts.isCallExpression(node) && this.#call(node);
  }

  #holds(node: ts.Expression): boolean {
    const { checker } = this.#inspection;
    return mayBeShared(this.#inspection, checker.getTypeAtLocation(node));
  }

  /** A copy of an array has the same arrays as elements. */
  #elements(list: ts.Expression): boolean {
    const type = this.#inspection.checker.getTypeAtLocation(list);
    return this.#sharesElements(type) && this.expression(list);
  }

  #sharesElements(type: ts.Type): boolean {
    if (type.isUnion()) return type.types.some((each) => this.#sharesElements(each));
    const { checker } = this.#inspection;
    const collection = isCollection(this.#inspection, type);
    if (!collection && !checker.isArrayType(type) && !checker.isTupleType(type)) return false;
    const elements = checker.getTypeArguments(type as ts.TypeReference);
    return elements.some((each) => mayBeShared(this.#inspection, each));
  }

  #name(node: ts.Identifier): boolean {
    const symbol = symbolOf(this.#inspection, node);
    return symbol ? this.#variable(symbol) : false;
  }

  #variable(symbol: ts.Symbol): boolean {
    const { valueDeclaration: declaration } = symbol;
    if (!declaration || this.#seen.has(symbol)) return false;
    this.#seen.add(symbol);
    const root = rootOf(declaration);
    if (defaultsOf(declaration).some((each) => this.expression(each))) return true;
    if (ts.isParameter(root)) return true;
    if (!ts.isVariableDeclaration(root)) return false;
    const loop = root.parent.parent;
    if (ts.isForOfStatement(loop)) return this.expression(iterated(loop.expression));
    if (root.initializer && this.expression(root.initializer)) return true;
    return this.#laterValues(symbol, root).some((each) => this.expression(each));
  }

  /** What is assigned to a variable, and what is put into the array that it holds. */
  #laterValues(symbol: ts.Symbol, declaration: ts.Node): readonly ts.Expression[] {
    const found: ts.Expression[] = [];
    const isTarget = (node: ts.Expression): boolean => {
      const target = bare(node);
      if (ts.isElementAccessExpression(target)) return isTarget(target.expression);
      return ts.isIdentifier(target) && symbolOf(this.#inspection, target) === symbol;
    };
    everyNode(functionAround(declaration), (node) => {
      if (isAssignment(node) && isTarget(node.left)) found.push(node.right);
      if (!ts.isCallExpression(node)) return;
      const callee = bare(node.expression);
      if (ts.isPropertyAccessExpression(callee) && isTarget(callee.expression))
        found.push(...node.arguments);
    });
    return found;
  }

  #record(node: ts.ObjectLiteralExpression): boolean {
    return node.properties.some((property, i) => {
      if (ts.isPropertyAssignment(property)) return this.expression(property.initializer);
      if (ts.isShorthandPropertyAssignment(property)) return this.expression(property.name);
      return ts.isSpreadAssignment(property) && this.#spread(property, node.properties.slice(i));
    });
  }

  /** Fields that are given anew after a spread do not come from it. */
  #spread(spread: ts.SpreadAssignment, rest: readonly ts.ObjectLiteralElementLike[]): boolean {
    const { checker } = this.#inspection;
    const names = new Set(rest.flatMap(({ name }) => (name ? [name.getText()] : [])));
    const type = checker.getTypeAtLocation(spread.expression);
    const shared = type
      .getProperties()
      .some(
        (each) =>
          !names.has(each.name) && mayBeShared(this.#inspection, checker.getTypeOfSymbol(each)),
      );
    return shared && this.expression(spread.expression);
  }

  #call(call: ts.CallExpression): boolean {
    const declaration = this.#inspection.checker.getResolvedSignature(call)?.declaration;
    const symbol = declaration && (declaration as { symbol?: ts.Symbol }).symbol;
    if (symbol && isLibrarySymbol(symbol, this.#inspection.program)) return this.#copy(call);
    const marker = calledMarker(this.#inspection, call);
    if (declaration && !marker && !this.#givesBack(declaration)) return false;
    return call.arguments.some((each) => this.expression(each));
  }

  /** `slice`, `concat`, `fill`: new arrays, with elements that were there. */
  #copy(call: ts.CallExpression): boolean {
    const callee = bare(call.expression);
    const list = ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
    const lists = [...list, ...call.arguments].filter((each) => this.#isSequence(each));
    return lists.some((each) => this.#elements(each)) || this.#filled(call) || this.#folded(call);
  }

  /** What a closure gives back, and what a fold begins with. */
  #folded(call: ts.CallExpression): boolean {
    if (!call.arguments.some((each) => ts.isArrowFunction(bare(each)))) return false;
    return call.arguments.some((each) => {
      const node = bare(each);
      const results = ts.isArrowFunction(node) ? (resultsOf(node) ?? []) : [node];
      return results.some((result) => this.expression(result));
    });
  }

  #filled(call: ts.CallExpression): boolean {
    const callee = bare(call.expression);
    const fills = ts.isPropertyAccessExpression(callee) && callee.name.text === 'fill';
    return fills && call.arguments.some((each) => this.expression(each));
  }

  #isSequence(node: ts.Expression): boolean {
    const { checker } = this.#inspection;
    return isSequence(this.#inspection, checker.getTypeAtLocation(node));
  }

  /** Whether a function may return what it was given, or a part of it. */
  #givesBack(declaration: ts.Node): boolean {
    const all = known.get(this.#inspection) ?? new Map<ts.Node, boolean>();
    known.set(this.#inspection, all);
    const before = all.get(declaration);
    if (before !== undefined) return before;
    all.set(declaration, true);
    const results = resultsOf(declaration);
    const given = results?.some((each) => isGiven(this.#inspection, each)) ?? true;
    all.set(declaration, given);
    return given;
  }
}

/** The array of `xs.entries()`. */
function iterated(over: ts.Expression): ts.Expression {
  const node = bare(over);
  if (!ts.isCallExpression(node)) return node;
  const callee = bare(node.expression);
  const listed = /^(entries|keys|values)$/;
  const entries = ts.isPropertyAccessExpression(callee) && listed.test(callee.name.text);
  return entries ? callee.expression : node;
}

/** The declaration of which a name in a pattern is a part. */
function rootOf(declaration: ts.Node): ts.Node {
  return ts.isBindingElement(declaration) ? rootOf(declaration.parent.parent) : declaration;
}

/** The defaults of a name in a pattern, and of the patterns around it. */
function defaultsOf(declaration: ts.Node): readonly ts.Expression[] {
  if (!ts.isBindingElement(declaration)) return [];
  const own = declaration.initializer ? [declaration.initializer] : [];
  return [...own, ...defaultsOf(declaration.parent.parent)];
}

function functionAround(node: ts.Node): ts.Node {
  return ts.isFunctionLike(node) || ts.isSourceFile(node) ? node : functionAround(node.parent);
}

/** What a function may return; without a body, nobody knows. */
function resultsOf(declaration: ts.Node): readonly ts.Expression[] | undefined {
  if (!('body' in declaration) || !declaration.body) return undefined;
  if (ts.isArrowFunction(declaration) && !ts.isBlock(declaration.body)) return [declaration.body];
  const found: ts.Expression[] = [];
  everyNode(declaration, (node) => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
  });
  return found;
}
