import { createServer, type Server } from "node:http";
import { toNodeListener, webhookPath, type Likeness } from "@likeness/core";

export function nodeHost({ webhooks }: Pick<Likeness, "webhooks">): Server {
  const listener = toNodeListener(webhooks.handle);
  return createServer((request, response) => {
    if (request.url?.startsWith(webhookPath)) listener(request, response);
    else response.writeHead(404).end();
  });
}
