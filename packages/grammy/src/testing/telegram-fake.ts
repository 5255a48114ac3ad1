import { systemClock, type Clock } from "@likeness/core";
import { timers } from "@likeness/fake-server/timers";
import { events } from "./control/events.ts";
import { control } from "./control/control.ts";
import { controlPrefix, controlRoutes } from "./control/control-routes.ts";
import type { TelegramControl } from "./control/telegram-control.ts";
import type { MethodContext } from "./methods/method.ts";
import { people } from "./person/people.ts";
import type { Paying } from "./person/pays.ts";
import type { Waiting } from "./person/presses.ts";
import { restored, snapshotOf } from "./state/snapshot.ts";
import type { TelegramSnapshot } from "./state/telegram-snapshot.ts";
import { longPoll } from "./updates/long-poll.ts";
import { updateQueue } from "./updates/update-queue.ts";
import { webhookCourier } from "./updates/webhook-courier.ts";
import { botApi, refused } from "./wire/bot-api.ts";
import { downloads } from "./wire/downloads.ts";
import { faults } from "./wire/faults.ts";
import { refuse } from "./wire/refusal.ts";

export interface TelegramFakeOptions {
  /** The only one that is accepted; others get 401. Default `123456:fake-token`. */
  readonly token?: string | undefined;
  /** Default: the id out of the token, "Likeness", `likeness_bot`. */
  readonly bot?:
    | {
        readonly id?: number | undefined;
        readonly first_name?: string | undefined;
        readonly username?: string | undefined;
      }
    | undefined;
  readonly clock?: Clock | undefined;
  /** Continues from the state of another fake, with the same bot. */
  readonly snapshot?: TelegramSnapshot | undefined;
  /** Delivers webhooks. Default: the global fetch. */
  readonly deliver?: typeof fetch | undefined;
}

export interface TelegramFake {
  /**
   * All of it as one handler: `/bot<token>/<method>`, `/file/bot<token>/<path>`, and the control under `/_control/`.
   */
  fetch(request: Request): Promise<Response>;
  readonly control: TelegramControl;
  /** Its whole state, as one JSON value. */
  snapshot(): TelegramSnapshot;
  /** Stops timers, polls and webhooks. Afterwards every request is a network error. */
  close(): Promise<void>;
}

/**
 * A local Telegram: unmodified grammY talks to it through `apiRoot`, and the control plays the people. Only private
 * chats. It sends requests only to its webhook, which may be plain HTTP at any port.
 *
 * @example
 * const fake = telegramFake({ token: "123456:fake-token" });
 * const server = await serveTelegramFake(fake);
 * const bot = new Bot("123456:fake-token", { client: { apiRoot: server.url } });
 * fake.control.person(42, { firstName: "Ada" }).says("/start");
 */
export function telegramFake(options: TelegramFakeOptions = {}): TelegramFake {
  const {
    token = "123456:fake-token",
    bot,
    clock = systemClock,
    snapshot,
    deliver = (...call) => fetch(...call),
  } = options;
  const { state, bytes } = restored(snapshot, {
    id: bot?.id ?? Number.parseInt(token, 10),
    is_bot: true,
    first_name: bot?.first_name ?? "Likeness",
    username: bot?.username ?? "likeness_bot",
  });
  const time = timers(clock);
  const news = events(time.now);
  const updates = updateQueue(state, time);
  const poll = longPoll(updates, time);
  const courier = webhookCourier({
    state,
    queue: updates,
    timers: time,
    events: news,
    deliver,
    execute: (method, fields) => api.execute(method, fields),
  });
  const waiting: Waiting = new Map();
  const paying: Paying = new Map();
  const context: MethodContext = { state, bytes, timers: time, events: news, updates, poll, courier, waiting, paying };
  const troubles = faults();
  const api = botApi(context, troubles);
  const steering = control({
    world: context,
    people: people(context, { waiting, paying }),
    faults: troubles,
    api,
    courier,
  });
  const handleControl = controlRoutes(steering, context);
  const download = downloads(context);
  // The snapshot may contain updates that are due at a webhook.
  courier.restart();

  const handle = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname.replaceAll(/%3a/gi, ":");
    if (path.startsWith(controlPrefix)) return handleControl(request);
    const { file, given, rest = "" } = /^\/(?<file>file\/)?bot(?<given>[^/]+)\/(?<rest>.+)$/.exec(path)?.groups ?? {};
    if (given === undefined) return refused(refuse(404).error);
    if (given !== token) return refused(refuse(401).error);
    return file === undefined ? api.fetch(rest, request) : download(rest);
  };

  return {
    fetch: async (request) => (time.closing.aborted ? Response.error() : handle(request)),
    control: steering,
    snapshot: () => snapshotOf(state, bytes),
    close: async () => {
      time.close();
      await courier.idle();
    },
  };
}
