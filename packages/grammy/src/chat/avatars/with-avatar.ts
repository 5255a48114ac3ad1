import type { AvatarOverview } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";

/** Does something with the avatar that a button names, if it is the person's. A foreign one is answered like a missing one. */
export const withAvatar = (
  ports: Pick<ChatPorts, "likeness" | "say">,
  press: Pick<Press, "person" | "id">,
  work: (overview: AvatarOverview) => ResultAsync<PressAnswer, ChatError>,
): ResultAsync<PressAnswer, ChatError> =>
  findOverview(ports, press.person, press.id).andThen((overview) =>
    overview ? work(overview) : okAsync(oldButton(ports, press)),
  );
