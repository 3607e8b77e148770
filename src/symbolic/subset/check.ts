/**
 * The rules of the subset, over everything that a layer reaches.
 *
 * The reader lowers what these rules let through. They look at the syntax and ask the type checker,
 * and refuse where they cannot tell.
 */
import ts from '@typescript/typescript6';
import { codecLiteral } from '../reader/codecs.ts';
import type { Refusal } from '../refusal.ts';
import { checkClassShape, roleOf } from './classes.ts';
import { closures } from './closures.ts';
import { isForGhosts } from './contracts.ts';
import { errors } from './errors.ts';
import { bytes, expressions } from './expressions.ts';
import { ghosts } from './ghosts.ts';
import { bare, type Frame, type Inspection, type Role, type Rule, refuse } from './inspection.ts';
import { keeping } from './keeping.ts';
import { layersOf } from './layers.ts';
import { checkModule, isPlimsoll } from './modules.ts';
import { names } from './names.ts';
import { calledMarker, ghostMarkers, isComposition } from './own.ts';
import { ownership } from './ownership.ts';
import { handles, promises } from './promises.ts';
import { declaredTypes, records } from './records.ts';
import { signatures, statements } from './statements.ts';
import { treatmentOf } from './syntax.ts';
import { isClass } from './types.ts';

/** The first rule to refuse a place is the one that is reported. */
const rules: readonly Rule[] = [
  names,
  handles,
  promises,
  ghosts,
  errors,
  statements,
  signatures,
  expressions,
  closures,
  records,
  ownership,
  keeping,
  bytes,
];

/**
 * Everything outside the subset in what the layers of `files` reach, in order of place. A file
 * that declares no layer is looked at whole.
 */
export function checkProgram(program: ts.Program, files: readonly string[]): readonly Refusal[] {
  const check = new Check(program);
  for (const file of program.getSourceFiles())
    if (!file.isDeclarationFile) checkModule(check.inspection, file);
  for (const name of files) {
    const file = program.getSourceFile(name);
    if (file) check.file(file);
  }
  return check.finish();
}

class Check {
  readonly inspection: Inspection;
  readonly #waiting: (() => void)[] = [];
  readonly #met = new Map<ts.Node, Set<boolean>>();
  readonly #roles = new Map<ts.ClassDeclaration, Role>();

  constructor(program: ts.Program) {
    this.inspection = {
      program,
      checker: program.getTypeChecker(),
      refusals: [],
      refused: new Set(),
      meet: (declaration, ghost) => this.#meet(declaration, ghost),
    };
  }

  file(file: ts.SourceFile): undefined {
    const layers = layersOf(this.inspection, file);
    for (const { literal, roles } of layers) {
      for (const [declaration, role] of roles) this.#roles.set(declaration, role);
      this.#waiting.push(() => walk(literal, { ghost: true }, this.inspection));
    }
    if (layers.length > 0 || isPlimsoll(this.inspection, file)) return;
    if (putsTogether(this.inspection, file)) return;
    for (const statement of file.statements) this.#whole(statement);
  }

  finish(): readonly Refusal[] {
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) next();
    return [...this.inspection.refusals].sort(
      ({ at: a }, { at: b }) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
    );
  }

  #whole(statement: ts.Statement): undefined {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      this.#meet(statement, this.#looksAtStates(statement));
    if (!ts.isVariableStatement(statement)) return;
    for (const declaration of statement.declarationList.declarations) {
      const { initializer } = declaration;
      if (initializer && ts.isArrowFunction(initializer)) this.#meet(initializer, false);
      else this.#meet(declaration, false);
    }
  }

  /** Only ghosts are given the state of a machine. */
  #looksAtStates(node: ts.FunctionDeclaration | ts.ClassDeclaration): boolean {
    if (!ts.isFunctionDeclaration(node)) return false;
    if (isForGhosts(node, this.inspection)) return true;
    return node.parameters.some((each) => isClass(this.inspection.checker.getTypeAtLocation(each)));
  }

  #meet(declaration: ts.Node, ghost: boolean): void {
    const met = this.#met.get(declaration) ?? new Set();
    if (met.has(ghost)) return;
    this.#met.set(declaration, met.add(ghost));
    this.#waiting.push(() => this.#look(declaration, ghost));
  }

  #look(declaration: ts.Node, ghost: boolean): undefined {
    if (ts.isClassDeclaration(declaration)) return this.#class(declaration);
    const codec = codecLiteral(this.inspection.checker, declaration);
    if (codec) walk(codec, { ghost: false }, this.inspection);
    if (!ts.isFunctionLike(declaration)) return;
    const { parent } = declaration;
    const owner = ts.isClassDeclaration(parent) ? parent : undefined;
    const role = owner && this.#roleOf(owner);
    walk(declaration, { ghost, within: declaration, ...(role ? { role } : {}) }, this.inspection);
  }

  #class(declaration: ts.ClassDeclaration): undefined {
    const role = this.#roleOf(declaration);
    checkClassShape(this.inspection, declaration, role);
    for (const modifier of declaration.modifiers ?? [])
      walk(modifier, { ghost: false, role }, this.inspection);
    for (const member of declaration.members)
      if (ts.isFunctionLike(member)) this.#meet(member, false);
      else walk(member, { ghost: false, role }, this.inspection);
  }

  #roleOf(declaration: ts.ClassDeclaration): Role {
    return this.#roles.get(declaration) ?? roleOf(this.inspection, declaration);
  }
}

/** Whether a file declares a stack: then it is no library. */
function putsTogether(inspection: Inspection, file: ts.SourceFile): boolean {
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .some(({ initializer }) => initializer && isComposition(inspection, bare(initializer)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function walk(node: ts.Node, frame: Frame, inspection: Inspection): undefined {
  const treatment = treatmentOf(node.kind);
  if (treatment.treatment === 'refused') return refuse(inspection, node, treatment);
  if (ts.isTypeNode(node)) return typeNode(node, inspection);
  for (const rule of rules) rule(node, frame, inspection);
  const inner = innerFrame(node, frame, inspection);
  ts.forEachChild(node, (child) => walk(child, inner, inspection));
  // What is wrong within a declaration says more than the type that follows from it.
  declaredTypes(node, frame, inspection);
}

/** A closure of a marker, or of the declaration of a layer, is ghost code. */
function innerFrame(node: ts.Node, frame: Frame, inspection: Inspection): Frame {
  // What a machine assumes is a statement about its state, too.
  if (frame.role === 'machine' && calledMarker(inspection, node) === 'assume')
    return { ...frame, ghost: true };
  if (!ts.isArrowFunction(node) || node === frame.within) return frame;
  const marker = calledMarker(inspection, node.parent);
  const ghost = frame.ghost || (marker !== undefined && ghostMarkers.has(marker));
  return { ...frame, ghost, within: node };
}

/** What a type says is looked at where a value has it; here, only what must not be written. */
function typeNode(node: ts.Node, inspection: Inspection): undefined {
  const treatment = treatmentOf(node.kind);
  if (treatment.treatment === 'refused') return refuse(inspection, node, treatment);
  const caught = ts.isVariableDeclaration(node.parent) && ts.isCatchClause(node.parent.parent);
  if (node.kind === ts.SyntaxKind.AnyKeyword) return refuse(inspection, node, reasons.any);
  if (node.kind === ts.SyntaxKind.UnknownKeyword && !caught)
    return refuse(inspection, node, reasons.unknown);
  ts.forEachChild(node, (child) => typeNode(child, inspection));
}

const reasons = {
  any: { why: 'any switches the type checker off', instead: 'the type of the value' },
  unknown: {
    why: 'nothing is known of a value of type unknown',
    instead: 'the type of the value',
  },
};
