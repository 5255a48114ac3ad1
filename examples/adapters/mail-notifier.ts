import {
  addSeconds,
  systemClock,
  type Clock,
  type Notification,
  type NotificationTemplate,
  type Notifier,
  type NotifierFailure,
  type NotifierOutcome,
} from "@likeness/core";
import { err, ok, okAsync, ResultAsync, type Result } from "neverthrow";
import type { Transporter } from "nodemailer";

export interface MailNotifierOptions {
  /** The address of the host, e.g. `avatars@bot.example`. */
  readonly from: string;
  /** Where a person reads mail. */
  readonly addressOf: (ownerId: string) => string | undefined;
  /** The page where a person sees an avatar and its pictures. */
  readonly pageOf: (avatarId: string) => string;
  readonly clock?: Clock | undefined;
}

/** All that can be told: the compiler finds a template without words. */
const words = {
  "training-ready": (name) => `${name} is ready. You can make pictures now.`,
  "model-unsaved": (name) => `${name} works, but its model could not be copied and may be lost later.`,
  "training-failed": (name) => `The training of ${name} did not work out. Nothing is lost: you can start it again.`,
  "training-unconfirmed": (name) => `We are still asking whether the training of ${name} has begun.`,
  "images-done": (name) => `The pictures of ${name} that you ordered are done.`,
  "first-look": (name) => `The first pictures of ${name} are there.`,
  "owner-leaving": (name) => `You have not been here for long. Soon ${name} will be deleted, with everything of yours.`,
} as const satisfies Record<NotificationTemplate, (avatarName: string) => string>;

/** How long a mail server that is busy is left alone. */
const pauseSeconds = 300;

/** Sends messages to owners by mail. The caller makes and closes the transport, and gives it timeouts. */
export function mailNotifier(transport: Pick<Transporter, "sendMail">, options: MailNotifierOptions): Notifier {
  const { from, addressOf, pageOf, clock = systemClock } = options;
  const mail = ({ id, avatarId, avatarName, content }: Notification, to: string) => ({
    from,
    to,
    // The same at each attempt: if an answer is lost and it is sent again, mail programs show it once.
    messageId: `<${id}@${from.split("@")[1]}>`,
    subject: words[content.template](avatarName),
    text: `${words[content.template](avatarName)}\n\n${pageOf(avatarId)}\n`,
  });
  return {
    send: (notification) => {
      const to = addressOf(notification.ownerId);
      if (to === undefined) return okAsync({ type: "unreachable" });
      return ResultAsync.fromPromise(transport.sendMail(mail(notification, to)), (cause) => cause)
        .map((): NotifierOutcome => ({ type: "sent" }))
        .orElse((cause) => outcomeOf(cause, clock));
    },
  };
}

/** By the reply of the mail server. https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3 */
function outcomeOf(cause: unknown, clock: Clock): Result<NotifierOutcome, NotifierFailure> {
  const code = (cause as { readonly responseCode?: number } | undefined)?.responseCode ?? 0;
  // No more than the code: what a server says may hold addresses.
  const detail = code === 0 ? "the mail server did not answer" : `the mail server answered ${code}`;
  if (code >= 400 && code < 500) return ok({ type: "retry-at", at: addSeconds(clock.now(), pauseSeconds) });
  if ([550, 551, 553].includes(code)) return ok({ type: "unreachable" });
  if (code >= 500) return ok({ type: "rejected", detail });
  return err({ type: "notifier-failure", detail });
}
