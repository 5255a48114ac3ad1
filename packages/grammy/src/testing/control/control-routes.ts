import { z } from "zod";
import type { World } from "../state/world.ts";
import { schemas } from "./control-schemas.ts";
import { eventStream } from "./event-stream.ts";
import type { TelegramControl, TelegramFileContent } from "./telegram-control.ts";

export const controlPrefix = "/_control/";

type Handler = (control: TelegramControl, body: unknown) => unknown;

/** Bytes are in base64. A person who is not known yet gets to be. */
const commands: Readonly<Record<string, Handler>> = {
  person: (control, body) => {
    const { person, ...profile } = schemas.person.parse(body);
    control.person(person, profile);
  },
  says: (control, body) => {
    const { person, text, replyTo } = schemas.says.parse(body);
    return control.person(person).says(text, { replyTo });
  },
  "sends-photo": (control, body) => {
    const { person, ...photo } = schemas.sendsPhoto.parse(body);
    return control.person(person).sendsPhoto(photo);
  },
  "sends-album": (control, body) => {
    const { person, items } = schemas.sendsAlbum.parse(body);
    return control.person(person).sendsAlbum(items);
  },
  "sends-file": (control, body) => {
    const { person, file } = schemas.sendsFile.parse(body);
    return control.person(person).sendsFile(file);
  },
  "sends-voice": (control, body) => control.person(schemas.alone.parse(body).person).sendsVoice(),
  "sends-sticker": (control, body) => control.person(schemas.alone.parse(body).person).sendsSticker(),
  "sends-video": (control, body) => control.person(schemas.alone.parse(body).person).sendsVideo(),
  "sends-location": (control, body) => control.person(schemas.alone.parse(body).person).sendsLocation(),
  edits: (control, body) => {
    const { person, messageId, ...change } = schemas.edits.parse(body);
    control.person(person).edits(messageId, change);
  },
  presses: (control, body) => {
    const { person, button, messageId } = schemas.presses.parse(body);
    return { id: control.person(person).presses(button, { messageId }).id };
  },
  forges: (control, body) => {
    const { person, data, messageId } = schemas.forges.parse(body);
    return { id: control.person(person).forges(data, messageId).id };
  },
  pays: (control, body) => {
    const { person, ...choice } = schemas.pays.parse(body);
    return { id: control.person(person).pays(choice).id };
  },
  refund: (control, body) => control.refund(schemas.refund.parse(body).chargeId),
  "creates-topic": (control, body) => {
    const { person, name } = schemas.createsTopic.parse(body);
    return control.person(person).createsTopic(name);
  },
  "opens-topic": (control, body) => {
    const { person, topicId } = schemas.opensTopic.parse(body);
    control.person(person).opensTopic(topicId);
  },
  "deletes-topic": (control, body) => {
    const { person, topicId } = schemas.deletesTopic.parse(body);
    control.person(person).deletesTopic(topicId);
  },
  blocks: (control, body) => control.person(schemas.alone.parse(body).person).blocks(),
  unblocks: (control, body) => control.person(schemas.alone.parse(body).person).unblocks(),
  fault: (control, body) => control.fault(schemas.fault.parse(body)),
  "clear-faults": (control, body) => {
    schemas.nothing.parse(body);
    control.clearFaults();
  },
  "break-file": (control, body) => {
    const { fileId, trouble } = schemas.breakFile.parse(body);
    control.breakFile(fileId, trouble);
  },
  "mend-file": (control, body) => control.mendFile(schemas.mendFile.parse(body).fileId),
  "lose-file": (control, body) => control.loseFile(schemas.loseFile.parse(body).fileId),
  "deliver-again": (control, body) => control.deliverAgain(schemas.deliverAgain.parse(body).updateId),
  "hold-updates": (control, body) => {
    schemas.nothing.parse(body);
    control.holdUpdates();
  },
  "release-updates": (control, body) => control.releaseUpdates(schemas.releaseUpdates.parse(body)),
};

type View = (control: TelegramControl, query: URLSearchParams, world: World, request: Request) => unknown;

const personIn = (control: TelegramControl, query: URLSearchParams) =>
  control.person(z.coerce.number().int().positive().parse(query.get("person")));

const views: Readonly<Record<string, View>> = {
  chat: (control, query) => ({ chat: personIn(control, query).chat() }),
  commands: (control, query) => ({ commands: personIn(control, query).commands() }),
  presses: (control, query, { state }) => {
    const { id } = personIn(control, query);
    return { presses: Object.values(state.presses).filter(({ personId }) => personId === id) };
  },
  checkouts: (control, query, { state }) => {
    const { id } = personIn(control, query);
    return { checkouts: Object.values(state.checkouts).filter(({ personId }) => personId === id) };
  },
  stars: (control) => ({ stars: control.stars }),
  people: (_control, _query, { state }) => ({
    people: Object.values(state.chats).map(({ person, blocked }) => ({ ...person, blocked })),
  }),
  calls: (control) => ({ calls: control.calls }),
  updates: (control) => ({ updates: control.updates }),
  deliveries: (control) => ({ deliveries: control.deliveries }),
  file: (control, query) => fileView(control.file(query.get("id") ?? "")),
  events: (control, query, { timers }, request) =>
    eventStream(control, query.get("person"), [request.signal, timers.closing]),
};

/**
 * The control over HTTP: `POST /_control/says` and so on with JSON, answered with `{ "ok": true }` and what the method
 * returns as `answer`; `GET /_control/chat?person=42`, `commands`, `presses`, `checkouts`, `people`, `stars`, `calls`, `updates`,
 * `deliveries`, `file?id=…`, and `events` as a stream of server-sent events. Bad input is 400 with `error`. There is no
 * key, so do not make a fake reachable for others.
 */
export function controlRoutes(control: TelegramControl, world: World) {
  return async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const name = url.pathname.slice(controlPrefix.length);
    const view = request.method === "GET" && Object.hasOwn(views, name) ? views[name] : undefined;
    const command = request.method === "POST" && Object.hasOwn(commands, name) ? commands[name] : undefined;
    try {
      if (view) {
        const shown = view(control, url.searchParams, world, request);
        return shown instanceof Response ? shown : Response.json(shown);
      }
      if (!command) return Response.json({ error: `There is no ${request.method} ${url.pathname}` }, { status: 404 });
      const text = await request.text();
      const answer = command(control, text === "" ? {} : JSON.parse(text));
      return Response.json({ ok: true, answer });
    } catch (problem) {
      return Response.json({ error: describe(problem) }, { status: 400 });
    }
  };
}

const describe = (problem: unknown): string =>
  problem instanceof z.ZodError ? z.prettifyError(problem) : problem instanceof Error ? problem.message : "Bad input";

/** A file for a page. Its type is set by the sender, so only pictures are shown; everything else is a download. */
const fileView = ({ bytes, mimeType }: TelegramFileContent): Response =>
  new Response(bytes, {
    headers: {
      "content-type": mimeType,
      "content-disposition": pictures.includes(mimeType) ? "inline" : "attachment",
      "x-content-type-options": "nosniff",
    },
  });

const pictures = ["image/jpeg", "image/png", "image/webp", "image/gif"];
