import { toNodeListener, webhookPath, type Likeness } from "@likeness/core";
import express, { type Express } from "express";

export function expressHost({ webhooks }: Pick<Likeness, "webhooks">): Express {
  const app = express();
  // Before express.json(): a signature covers the bytes, which can be read once.
  app.all(webhookPath, toNodeListener(webhooks.handle));
  app.use(express.json());
  return app;
}
