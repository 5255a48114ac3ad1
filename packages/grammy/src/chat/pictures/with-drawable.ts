import type { AvatarOverview } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import { withAvatar } from "../avatars/with-avatar.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { hasModel } from "../has-model.ts";
import type { ChatError, Press, PressAnswer } from "../press.ts";

/** Calls `work` with the avatar that a button names, if it can be drawn. */
export const withDrawable = (
  ports: Pick<ChatPorts, "likeness" | "say">,
  press: Pick<Press, "person" | "id">,
  work: (overview: AvatarOverview) => ResultAsync<PressAnswer, ChatError>,
): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, (overview) =>
    hasModel(overview.avatar)
      ? work(overview)
      : okAsync(ports.say(press.person.locale, "toast.no-model", { status: overview.avatar.state.status })),
  );
