import type { Update } from "grammy/types";
import type { ResultAsync } from "neverthrow";
import type { ChatError } from "../chat/press.ts";
import { isPostponable, postpone } from "../updates/postpone.ts";
import type { ShopPorts } from "./shop-ports.ts";

interface Otherwise {
  /** When the work cannot be repeated. */
  readonly orElse?: () => ResultAsync<unknown, unknown>;
}

/** Runs work that is safe to run twice; after a problem that may pass, the update is handled again if that is possible. */
export async function settled(
  { log }: ShopPorts,
  update: Update,
  actor: string,
  work: () => ResultAsync<unknown, ChatError>,
  { orElse }: Otherwise = {},
): Promise<void> {
  const outcome = await work();
  if (outcome.isOk()) return;
  const { type } = outcome.error;
  const ids = { actor, updateId: update.update_id, error: type };
  if (type === "unreachable") log.info(ids, "the person cannot be reached");
  else if (type !== "refused" && isPostponable(update) && postpone(update)) log.warn(ids, "the shop tries again");
  else {
    log.error(ids, "the shop could not do what was asked");
    await orElse?.();
  }
}
