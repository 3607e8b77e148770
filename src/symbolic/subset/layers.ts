/** The declaration of a layer, and where its three classes must fit together. */
import ts from '@typescript/typescript6';
import { handlesOf } from './classes.ts';
import {
  bare,
  hasModifier,
  type Inspection,
  type Reason,
  type Role,
  refuse,
  symbolOf,
} from './inspection.ts';
import { handledMachine, isRefinement } from './own.ts';

export interface LayerSyntax {
  readonly literal: ts.ObjectLiteralExpression;
  readonly roles: ReadonlyMap<ts.ClassDeclaration, Role>;
}

/** The layers that a file declares, each as `export const name = refinement({...})`. */
export function layersOf(inspection: Inspection, file: ts.SourceFile): readonly LayerSyntax[] {
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations])
    .flatMap(({ initializer }) => {
      const call = initializer && bare(initializer);
      return call && isRefinement(inspection, call) ? layerOf(inspection, call) : [];
    });
}

function layerOf(inspection: Inspection, call: ts.CallExpression): readonly LayerSyntax[] {
  const literal = call.arguments[0] && bare(call.arguments[0]);
  if (!literal || !ts.isObjectLiteralExpression(literal)) {
    refuse(inspection, literal ?? call, reasons.literal);
    return [];
  }
  for (const property of literal.properties)
    if (ts.isSpreadAssignment(property)) refuse(inspection, property, reasons.literal);
  const promise = classNamed(inspection, literal, 'promise');
  const on = classNamed(inspection, literal, 'on');
  const code = classNamed(inspection, literal, 'code');
  if (!promise || !on || !code) return [];
  fits(inspection, promise, on, code);
  const roles: [ts.ClassDeclaration, Role][] = [
    [promise, 'machine'],
    [on, 'machine'],
    [code, 'code'],
  ];
  return [{ literal, roles: new Map(roles) }];
}

function classNamed(
  inspection: Inspection,
  literal: ts.ObjectLiteralExpression,
  name: string,
): ts.ClassDeclaration | undefined {
  const property = literal.properties.find((each) => each.name && nameOf(each.name) === name);
  const value = property && initializerOf(property);
  const declaration = value && symbolOf(inspection, value)?.valueDeclaration;
  if (declaration && ts.isClassDeclaration(declaration)) return declaration;
  refuse(inspection, property ?? literal, reasons.class);
  return undefined;
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

function initializerOf(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  return ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
}

/** What the type checker lets through: another machine behind the handle, narrower parameters. */
function fits(
  inspection: Inspection,
  promise: ts.ClassDeclaration,
  on: ts.ClassDeclaration,
  code: ts.ClassDeclaration,
): undefined {
  const { checker } = inspection;
  const [handle] = handlesOf(inspection, code);
  const machine = handle && handledMachine(checker.getTypeAtLocation(handle));
  if (machine && machine.getSymbol()?.valueDeclaration !== on)
    refuse(inspection, handle, reasons.machine);
  for (const { members } of [promise, on, code])
    for (const member of members)
      if (ts.isMethodDeclaration(member) && isPublic(member)) defaults(inspection, member);
  for (const operation of promise.members)
    if (ts.isMethodDeclaration(operation) && isPublic(operation)) {
      const own = code.members.find(
        (each) => ts.isMethodDeclaration(each) && sameName(each, operation),
      );
      if (own && ts.isMethodDeclaration(own)) {
        parameters(inspection, operation, own);
        result(inspection, operation, own);
      }
    }
}

/** Who leaves an argument out means something else above than below. */
function defaults(inspection: Inspection, operation: ts.MethodDeclaration): undefined {
  for (const parameter of operation.parameters)
    if (parameter.initializer) refuse(inspection, parameter, reasons.default);
}

function sameName(a: ts.MethodDeclaration, b: ts.MethodDeclaration): boolean {
  return ts.isIdentifier(a.name) && ts.isIdentifier(b.name) && a.name.text === b.name.text;
}

function isPublic(node: ts.MethodDeclaration): boolean {
  return (
    !ts.isPrivateIdentifier(node.name) &&
    ![
      ts.SyntaxKind.PrivateKeyword,
      ts.SyntaxKind.ProtectedKeyword,
      ts.SyntaxKind.StaticKeyword,
    ].some((kind) => hasModifier(node, kind))
  );
}

function parameters(
  inspection: Inspection,
  promised: ts.MethodDeclaration,
  own: ts.MethodDeclaration,
): undefined {
  const { checker } = inspection;
  own.parameters.forEach((parameter, i) => {
    const other = promised.parameters[i];
    if (!other) refuse(inspection, parameter, reasons.extra);
    else if (!takes(checker, other, parameter)) refuse(inspection, parameter, reasons.narrower);
  });
}

/** The type checker lets anything be returned where nothing is promised. */
function result(
  inspection: Inspection,
  promised: ts.MethodDeclaration,
  own: ts.MethodDeclaration,
): undefined {
  const { checker } = inspection;
  const [given, wanted] = [own, promised].map((each) => {
    const signature = checker.getSignatureFromDeclaration(each);
    return signature && checker.getReturnTypeOfSignature(signature);
  });
  if (!given || !wanted) return;
  const value = checker.getAwaitedType(given) ?? given;
  const nothing = ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Never;
  const fitting = wanted.flags & ts.TypeFlags.Void ? (value.flags & nothing) !== 0 : true;
  if (!fitting || !checker.isTypeAssignableTo(value, wanted))
    refuse(inspection, own.type ?? own.name, reasons.result);
}

function takes(
  checker: ts.TypeChecker,
  given: ts.ParameterDeclaration,
  taken: ts.ParameterDeclaration,
): boolean {
  return checker.isTypeAssignableTo(
    checker.getTypeAtLocation(given),
    checker.getTypeAtLocation(taken),
  );
}

const reasons = {
  literal: {
    construct: 'layer',
    why: 'a layer is what is written in its declaration',
    instead: 'refinement({ promise, code, on, ... }) with each part by its name',
  },
  class: {
    construct: 'layer',
    why: 'the machines and the code of a layer are classes',
    instead: 'the name of a class',
  },
  machine: {
    construct: 'handle',
    why: 'the code is written on another machine than the layer says',
    instead: 'Operations<M> with the M that stands after on:',
  },
  default: {
    construct: 'Parameter',
    why: 'an operation may be called without it, and then means what only its own body says',
    instead: 'a parameter that is always given; choose the value where it is called',
  },
  extra: {
    construct: 'Parameter',
    why: 'the promise has no such parameter, so that nobody gives a value to it',
    instead: 'the parameters of the promise',
  },
  result: {
    construct: 'result',
    why: 'the promise gives something else back: the type checker does not look here',
    instead: 'the type that the promise has',
  },
  narrower: {
    construct: 'Parameter',
    why: 'the promise takes values that do not fit: the type checker does not look here',
    instead: 'the type that the promise has for this parameter',
  },
} satisfies Record<string, Reason>;
