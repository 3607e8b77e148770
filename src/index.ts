/** What a layer is written with. */
export * from './model/index.ts';
export {
  type Beside,
  beside,
  compose,
  type Layered,
  type RecoveryOrder,
  type Stack,
  type StackOptions,
} from './refine/compose.ts';
export { type Bounds, type Refinement, refinement } from './refine/layer.ts';
