import type { AvatarOverview } from "@likeness/core";
import { errAsync, type ResultAsync } from "neverthrow";
import { sendPhoto } from "../../telegram/messages.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError, Press, PressAnswer } from "../press.ts";
import { noteSaid, orNotSent, showMessage } from "../show-message.ts";
import { avatarCard } from "./avatar-card.ts";
import { firstPhoto } from "./first-photo.ts";
import { withAvatar } from "./with-avatar.ts";

/** Sends the card of an avatar: a photo with a caption, or a text when there is no photo or it has to be sent later. */
function sendCard(
  ports: Pick<ChatPorts, "store" | "api" | "blobs" | "say" | "log">,
  person: Person,
  overview: AvatarOverview,
): ResultAsync<number, ChatError> {
  const { api, log } = ports;
  const { said, keyboard } = avatarCard(ports, person, overview);
  const asText = () => showMessage(ports, person, said, { keyboard });
  return firstPhoto(ports, overview.photos).andThen((jpeg) =>
    jpeg
      ? sendPhoto(api, person, jpeg, said, { keyboard })
          .mapErr(orNotSent({ said, keyboard }))
          .andThen((messageId) => noteSaid(ports, person, messageId))
          .orElse((problem) => {
            if (problem.type !== "refused") return errAsync(problem);
            const ids = { avatarId: overview.avatar.id, actor: person.actor };
            log.warn({ ...ids, detail: problem.detail }, "Telegram refused a photo");
            return asText();
          })
      : asText(),
  );
}

/** Shows the card of an avatar that was chosen from the list. */
export const openAvatar = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, (overview) => sendCard(ports, press.person, overview).map(() => undefined));
