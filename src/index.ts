/** What a layer is written with. */
export * from './model/index.ts';
export { type Bounds, type Refinement, refinement } from './refine/layer.ts';
