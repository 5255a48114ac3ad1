import type { AvatarOverview } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import { eraIn } from "../era.ts";
import { findOverview } from "../find-overview.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";

/**
 * Whether the avatar has changed since the button was drawn. Buttons of older versions hold no era; of those, the ones
 * that would order another training of a ready avatar count as old.
 */
export const isOutdated = ({ era }: Pick<Press, "era">, overview: AvatarOverview): boolean =>
  era === undefined ? overview.avatar.state.status === "ready" : era !== eraIn(overview);

/**
 * Calls `act` with the avatar that a button names, if it is the person's. Another owner's is answered like a missing
 * one.
 */
export const withAvatar = (
  ports: Pick<ChatPorts, "likeness" | "say">,
  press: Pick<Press, "person" | "id">,
  work: (overview: AvatarOverview) => ResultAsync<PressAnswer, ChatError>,
): ResultAsync<PressAnswer, ChatError> =>
  findOverview(ports, press.person, press.id).andThen((overview) =>
    overview ? work(overview) : okAsync(oldButton(ports, press)),
  );
