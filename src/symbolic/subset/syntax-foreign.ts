/** Kinds of syntax that no TypeScript source for storage has any use for. See syntax.ts. */

export interface RefusedKind {
  readonly kind: string;
  readonly why: string;
  readonly instead: string;
}

/** Several kinds refused for the same reason. */
export function group(kinds: readonly string[], why: string, instead: string): RefusedKind[] {
  return kinds.map((kind) => ({ kind, why, instead }));
}

const markup = group(
  [
    'JsxText',
    'JsxTextAllWhiteSpaces',
    'JsxElement',
    'JsxSelfClosingElement',
    'JsxOpeningElement',
    'JsxClosingElement',
    'JsxFragment',
    'JsxOpeningFragment',
    'JsxClosingFragment',
    'JsxAttribute',
    'JsxAttributes',
    'JsxSpreadAttribute',
    'JsxExpression',
    'JsxNamespacedName',
  ],
  'markup is not in the subset',
  'nothing: storage code has no markup',
);

const documentation = group(
  [
    'JSDocCommentTextToken',
    'JSDocTypeExpression',
    'JSDocNameReference',
    'JSDocMemberName',
    'JSDocAllType',
    'JSDocUnknownType',
    'JSDocNullableType',
    'JSDocNonNullableType',
    'JSDocOptionalType',
    'JSDocFunctionType',
    'JSDocVariadicType',
    'JSDocNamepathType',
    'JSDoc',
    'JSDocText',
    'JSDocTypeLiteral',
    'JSDocSignature',
    'JSDocLink',
    'JSDocLinkCode',
    'JSDocLinkPlain',
    'JSDocTag',
    'JSDocAugmentsTag',
    'JSDocImplementsTag',
    'JSDocAuthorTag',
    'JSDocDeprecatedTag',
    'JSDocClassTag',
    'JSDocPublicTag',
    'JSDocPrivateTag',
    'JSDocProtectedTag',
    'JSDocReadonlyTag',
    'JSDocOverrideTag',
    'JSDocCallbackTag',
    'JSDocOverloadTag',
    'JSDocEnumTag',
    'JSDocParameterTag',
    'JSDocReturnTag',
    'JSDocThisTag',
    'JSDocTypeTag',
    'JSDocTemplateTag',
    'JSDocTypedefTag',
    'JSDocSeeTag',
    'JSDocPropertyTag',
    'JSDocThrowsTag',
    'JSDocSatisfiesTag',
    'JSDocImportTag',
  ],
  'comments carry no types in TypeScript',
  'a type annotation',
);

const synthetic = group(
  [
    'Bundle',
    'SyntheticExpression',
    'SyntheticReferenceExpression',
    'NotEmittedStatement',
    'NotEmittedTypeElement',
    'PartiallyEmittedExpression',
  ],
  'the compiler makes it, never a source file',
  'TypeScript source',
);

export const foreignKinds: readonly RefusedKind[] = [...markup, ...documentation, ...synthetic];
