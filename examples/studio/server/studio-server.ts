import fastify, { type FastifyInstance } from "fastify";
import { uploadLimits } from "../protocol.ts";
import type { Troubles } from "../trouble/open-troubles.ts";
import { chatRoutes, type ChatRoutesOptions } from "./chat-routes.ts";
import { eventStream } from "./event-stream.ts";
import { follow, statusOf, type Stage } from "./follow.ts";
import { guard } from "./guard.ts";
import { operatorRoute, type OperatorAddress } from "./operator-route.ts";
import { pageFiles } from "./page-files.ts";
import { troubleRoutes } from "./trouble-routes.ts";

export interface StudioServerOptions extends Stage, Pick<ChatRoutesOptions, "drawAlbum"> {
  readonly troubles: Troubles;
  /** The operator's page, to which the page leads. */
  readonly operator: OperatorAddress;
}

/** The server of the page, not listening yet. */
export async function studioServer({ drawAlbum, operator, ...stage }: StudioServerOptions): Promise<FastifyInstance> {
  const server = fastify({ forceCloseConnections: true });
  guard(server);
  server.removeContentTypeParser("text/plain");
  server.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (_request, bytes, done) =>
    done(null, bytes),
  );
  server.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return reply.code(statusCode).send({ error: plainly[statusCode] ?? message });
  });

  for (const [path, { contentType, body }] of Object.entries(await pageFiles()))
    server.get(path, async (_request, reply) => reply.header("content-type", contentType).send(body));

  const stream = eventStream();
  const { tell, stop } = follow(stage, stream);
  server.addHook("preClose", async () => {
    stop();
    stream.close();
  });
  server.get("/api/events", (_request, reply) => {
    const { chat, activities, bots, troubles } = stage;
    tell();
    stream.open(reply, {
      room: chat.room(),
      messages: chat.messages(),
      activities: activities.all(),
      bots: statusOf(bots),
      troubles: troubles.all(),
    });
  });
  chatRoutes(server, { chat: stage.chat, drawAlbum });
  troubleRoutes(server, stage.troubles);
  operatorRoute(server, operator);
  return server;
}

/** Texts for people, instead of Fastify's errors. */
const plainly: Readonly<Record<number, string>> = {
  413: `A file may have ${uploadLimits.bytes / 1024 / 1024} MB at most.`,
  415: "The studio's page does not send things like this.",
};
