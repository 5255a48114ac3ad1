import { webhookPath } from "@likeness/core";
import { Hono } from "hono";
import { updatesPath, type Endpoints } from "./endpoints.ts";

export function honoHost({ webhooks, updates }: Endpoints): Hono {
  const app = new Hono();
  app.all(webhookPath, ({ req }) => webhooks.handle(req.raw));
  app.all(updatesPath, ({ req }) => updates(req.raw));
  return app;
}
