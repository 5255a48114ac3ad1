export { drainUnreadBodies, takeRawBodies } from "./bodies.ts";
export { likenessPlugin as default } from "./plugin.ts";
export type { LikenessPluginOptions } from "./plugin.ts";
export type { ProbePaths, ReadinessChecks } from "./probes.ts";
