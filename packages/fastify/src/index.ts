export { likenessPlugin as default } from "./plugin.ts";
export type { LikenessPluginOptions } from "./plugin.ts";
export type { ReadinessChecks } from "./probes.ts";
export type { WebhookAdmission, WebhookIntake, WebhookNotFound } from "./webhook-intake.ts";
