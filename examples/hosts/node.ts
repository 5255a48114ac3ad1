import { createServer, type Server } from "node:http";
import { toNodeListener, webhookPath } from "@likeness/core";
import { updatesPath, type Endpoints } from "./endpoints.ts";

export function nodeHost({ webhooks, updates }: Endpoints): Server {
  const listeners: Readonly<Record<string, ReturnType<typeof toNodeListener>>> = {
    [webhookPath]: toNodeListener(webhooks.handle),
    [updatesPath]: toNodeListener(updates),
  };
  return createServer((request, response) => {
    const listener = listeners[request.url?.split("?")[0] ?? ""];
    if (listener) listener(request, response);
    else response.writeHead(404).end();
  });
}
