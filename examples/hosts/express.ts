import { toNodeListener, webhookPath } from "@likeness/core";
import express, { type Express } from "express";
import { updatesPath, type Endpoints } from "./endpoints.ts";

export function expressHost({ webhooks, updates }: Endpoints): Express {
  const app = express();
  // Before express.json(): a signature covers the bytes, which can be read once.
  app.all(webhookPath, toNodeListener(webhooks.handle));
  app.all(updatesPath, toNodeListener(updates));
  app.use(express.json());
  return app;
}
