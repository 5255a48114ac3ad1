export { defaultInspectionLimits } from "./inspection-limits.ts";
export type { InspectionLimitOverrides, InspectionLimits } from "./inspection-limits.ts";
export { sharpPictures } from "./pictures/sharp-pictures.ts";
export { sharpInspector } from "./sharp-inspector.ts";
export type { InspectionOptions } from "./sharp-inspector.ts";
export type { SharpModule } from "./sharp-module.ts";
export { serveInspector } from "./worker/serve-inspector.ts";
export { workerInspector } from "./worker/worker-inspector.ts";
