import { serveFetch, type Served, type ServeOptions } from "@likeness/fake-server";
import type { TelegramFake } from "./telegram-fake.ts";

/** Its `url` is grammY's `apiRoot`. */
export type ServedTelegramFake = Served;

/** Serves the fake over HTTP. What it answers as a network error becomes a reset connection. */
export const serveTelegramFake = (fake: TelegramFake, options?: ServeOptions): Promise<ServedTelegramFake> =>
  serveFetch(fake.fetch, options);
