import type { AvatarOverview } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import { eraIn } from "../era.ts";
import { findOverview } from "../find-overview.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";

/**
 * Whether the avatar has moved on since the button was drawn. Buttons of older versions do not tell; those that would order
 * another training of an avatar that is ready count as old.
 */
export const isOutdated = ({ era }: Pick<Press, "era">, overview: AvatarOverview): boolean =>
  era === undefined ? overview.avatar.state.status === "ready" : era !== eraIn(overview);

/** Does something with the avatar that a button names, if it is the person's. A foreign one is answered like a missing one. */
export const withAvatar = (
  ports: Pick<ChatPorts, "likeness" | "say">,
  press: Pick<Press, "person" | "id">,
  work: (overview: AvatarOverview) => ResultAsync<PressAnswer, ChatError>,
): ResultAsync<PressAnswer, ChatError> =>
  findOverview(ports, press.person, press.id).andThen((overview) =>
    overview ? work(overview) : okAsync(oldButton(ports, press)),
  );
