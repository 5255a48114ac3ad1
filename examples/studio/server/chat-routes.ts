import type { FastifyInstance } from "fastify";
import type { Chat, OutgoingFile } from "../chat/chat.ts";
import { languages, uploadLimits, type Language, type SendAs } from "../protocol.ts";
import { pictureType } from "./picture-type.ts";
import { uploads } from "./uploads.ts";

export interface ChatRoutesOptions {
  readonly chat: Chat;
  /** Sample pictures for the bot, different ones every time. */
  drawAlbum(): Promise<readonly OutgoingFile[]>;
}

const text = (maximum: number) => ({ type: "string", minLength: 1, maxLength: maximum }) as const;
const body = (properties: Readonly<Record<string, unknown>>) => ({
  schema: { body: { type: "object", required: Object.keys(properties), additionalProperties: false, properties } },
});

/** What a person can do in the chat. */
export function chatRoutes(server: FastifyInstance, { chat, drawAlbum }: ChatRoutesOptions): void {
  const waiting = uploads();

  server.post<{ Body: { text: string } }>(
    "/api/say",
    body({ text: text(4096) }),
    async ({ body: { text: said } }, reply) => {
      chat.says(said);
      return reply.code(204).send();
    },
  );

  const press = body({ messageId: { type: "integer" }, data: text(64) });
  server.post<{ Body: { messageId: number; data: string } }>(
    "/api/press",
    press,
    async ({ body: { messageId, data } }) => chat.presses(messageId, data),
  );

  const pay = body({ messageId: { type: "integer" }, forwarded: { type: "boolean" } });
  server.post<{ Body: { messageId: number; forwarded: boolean } }>(
    "/api/pay",
    pay,
    async ({ body: { messageId, forwarded } }) => chat.pays(messageId, forwarded),
  );

  const refund = body({ messageId: { type: "integer" } });
  server.post<{ Body: { messageId: number } }>("/api/refund", refund, async ({ body: { messageId } }) => ({
    refunded: chat.refunds(messageId),
  }));

  server.post<{ Body: { blocked: boolean } }>(
    "/api/block",
    body({ blocked: { type: "boolean" } }),
    async (request, reply) => {
      if (request.body.blocked) chat.blocks();
      else chat.unblocks();
      return reply.code(204).send();
    },
  );

  const speak = body({ language: { enum: Object.keys(languages) } });
  server.post<{ Body: { language: Language } }>("/api/language", speak, async (request, reply) => {
    chat.speaks(request.body.language);
    return reply.code(204).send();
  });

  const upload = {
    bodyLimit: uploadLimits.bytes,
    schema: { querystring: { type: "object", required: ["name"], properties: { name: text(255) } } },
  };
  server.post<{ Querystring: { name: string }; Body: Buffer }>(
    "/api/uploads",
    upload,
    async ({ query, body: bytes }) => ({
      id: waiting.add({ name: query.name, bytes }),
    }),
  );

  const send = body({
    uploads: { type: "array", minItems: 1, maxItems: uploadLimits.files, items: text(64) },
    as: { enum: ["photo", "document"] },
  });
  server.post<{ Body: { uploads: string[]; as: SendAs } }>(
    "/api/send",
    send,
    async ({ body: { uploads: ids, as } }, reply) => {
      const files = waiting.take(ids);
      if (!files) return reply.code(409).send({ error: "These files are not here any more. Please send them again." });
      await chat.sends(files, as);
      return reply.code(204).send();
    },
  );

  server.post("/api/sample-album", async (_request, reply) => {
    await chat.sends(await drawAlbum(), "photo");
    return reply.code(204).send();
  });

  server.get<{ Params: { id: string } }>("/files/:id", async ({ params: { id } }, reply) => {
    const bytes = chat.file(id);
    if (!bytes) return reply.code(404).send({ error: "There is no such file." });
    const shown = pictureType(bytes);
    return reply
      .header("content-type", shown ?? "application/octet-stream")
      .header("content-disposition", shown ? "inline" : "attachment")
      .header("cache-control", "private, max-age=31536000, immutable")
      .send(Buffer.from(bytes));
  });
}
