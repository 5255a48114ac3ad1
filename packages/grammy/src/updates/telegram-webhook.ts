import { createHash, timingSafeEqual } from "node:crypto";
import type { StorageFailure } from "@likeness/core";
import { err, errAsync, ok, type Result, type ResultAsync } from "neverthrow";
import type { UpdateMalformed } from "./read-update.ts";
import type { ReceiveUpdate } from "./telegram-updates.ts";

/** The request does not have the secret token. */
export interface UpdateForbidden {
  readonly type: "update-forbidden";
}

export interface UpdateRequest {
  /** The header `X-Telegram-Bot-Api-Secret-Token`. https://core.telegram.org/bots/api#setwebhook */
  readonly secretToken: string | undefined;
  readonly body: Uint8Array;
}

export interface ReceiveUpdateRequest {
  (request: UpdateRequest): ResultAsync<"new" | "known", UpdateForbidden | UpdateMalformed | StorageFailure>;
  /**
   * Compares the header's secret in constant time. The host calls it before it reads the body; `receive` checks it
   * again.
   */
  readonly admits: (secretToken: string | undefined) => boolean;
}

/** Receives updates from Telegram: checks the secret and stores the update, after which the host answers 200. */
export function telegramWebhook({
  secretToken,
  receive,
}: {
  readonly secretToken: string;
  readonly receive: ReceiveUpdate;
}): ReceiveUpdateRequest {
  const expected = digest(secretToken);
  const admits = (given = ""): boolean => timingSafeEqual(digest(given), expected);
  const take = (request: UpdateRequest): ReturnType<ReceiveUpdateRequest> =>
    admits(request.secretToken) ? parse(request.body).asyncAndThen(receive) : errAsync({ type: "update-forbidden" });
  return Object.assign(take, { admits });
}

/** Compares digests, which have equal lengths, so that the comparison takes constant time. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

function parse(body: Uint8Array): Result<unknown, UpdateMalformed> {
  try {
    return ok(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return err({ type: "update-malformed" });
  }
}
