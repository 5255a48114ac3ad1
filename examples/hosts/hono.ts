import { webhookPath, type Likeness } from "@likeness/core";
import { Hono } from "hono";

export function honoHost({ webhooks }: Pick<Likeness, "webhooks">): Hono {
  const app = new Hono();
  app.all(webhookPath, ({ req }) => webhooks.handle(req.raw));
  return app;
}
