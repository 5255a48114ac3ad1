import type { Update } from "grammy/types";
import { err, type Result, type ResultAsync } from "neverthrow";
import { redact } from "../../telegram/telegram-problem.ts";
import { postpone } from "../../updates/postpone.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import { orNotSent, putMessage, type MessageNotSent } from "../show-message.ts";
import { sayLater } from "./say-later.ts";

/** An exception: a defect of ours or of the host's code. */
interface Thrown {
  readonly type: "thrown";
  readonly cause: unknown;
}

/** An update and the person who caused it. */
export interface UpdateContext {
  readonly update: Update;
  readonly person: Person;
}

/**
 * Runs a part of the chat and returns its value, or `undefined` after an error, which is logged and not passed on. When
 * the store fails, the update is delivered again if possible; otherwise the person is told once. A message that
 * Telegram did not accept is sent later.
 */
export async function guarded<T>(
  ports: ChatPorts,
  context: UpdateContext,
  work: () => ResultAsync<T, ChatError>,
): Promise<T | undefined> {
  const outcome = await caught(work);
  if (outcome.isOk()) return outcome.value;
  await report(ports, context, outcome.error);
  return undefined;
}

async function caught<T>(work: () => ResultAsync<T, ChatError>): Promise<Result<T, ChatError | Thrown>> {
  try {
    return await work();
  } catch (cause) {
    return err({ type: "thrown", cause });
  }
}

async function report(ports: ChatPorts, context: UpdateContext, error: ChatError | Thrown): Promise<void> {
  const { log, say } = ports;
  const { person, update } = context;
  const { locale } = person;
  const ids = { actor: person.actor, updateId: update.update_id };
  switch (error.type) {
    case "message-not-sent":
      log.warn({ ...ids, problem: error.problem }, "Telegram does not take a message now");
      return keep(ports, context, error);
    case "rate-limited":
    case "telegram-failure":
      log.warn({ ...ids, problem: error }, "Telegram does not take a call now");
      return;
    case "unreachable":
      log.info(ids, "the person cannot be reached");
      return;
    case "refused":
    case "storage-failure":
    case "thrown": {
      if (error.type === "storage-failure" && postpone(update)) {
        log.warn({ ...ids, detail: detailOf(error) }, "the store failed, so an update waits");
        return;
      }
      log.error({ ...ids, error: error.type, detail: detailOf(error) }, "the chat could not do what was asked");
      const said = say(locale, "trouble");
      const told = await putMessage(ports, person, said).mapErr(orNotSent({ said }));
      if (told.isErr() && told.error.type === "message-not-sent") return keep(ports, context, told.error);
      if (told.isErr()) log.warn({ ...ids, problem: told.error }, "the person could not be told about trouble");
    }
  }
}

async function keep(ports: ChatPorts, { update, person }: UpdateContext, notSent: MessageNotSent): Promise<void> {
  const kept = await sayLater(ports, person, notSent);
  if (kept.isOk() || postpone(update)) return;
  const ids = { actor: person.actor, updateId: update.update_id };
  ports.log.error({ ...ids, error: kept.error.type }, "a message is lost");
}

type Reported = Extract<ChatError | Thrown, { readonly type: "refused" | "storage-failure" | "thrown" }>;

const detailOf = (error: Reported): string => (error.type === "refused" ? error.detail : redact(describe(error.cause)));

/** Describes any thrown value, without throwing itself. */
function describe(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  if (typeof cause === "object" && cause !== null && "type" in cause)
    return typeof cause.type === "string" ? cause.type : "object";
  return typeof cause === "string" ? cause : typeof cause;
}
