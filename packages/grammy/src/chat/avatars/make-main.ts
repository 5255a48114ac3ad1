import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import { hasModel } from "../has-model.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";
import { avatarCard } from "./avatar-card.ts";
import { redraw } from "./redraw.ts";
import { withAvatar } from "./with-avatar.ts";

/** Makes an avatar the person's main one and shows that on its card. */
export function makeMain(ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> {
  const { likeness, say } = ports;
  const { actor, locale } = press.person;
  return withAvatar(ports, press, (overview) =>
    safeTry(async function* () {
      if (!hasModel(overview.avatar)) return okAsync(oldButton(ports, press));
      const chosen = await likeness.avatars.setMain({ actor, avatarId: overview.avatar.id });
      if (chosen.isErr())
        return chosen.error.type === "avatar-not-found" ? okAsync(oldButton(ports, press)) : errAsync(chosen.error);
      const { said, keyboard } = avatarCard(ports, press.person, { ...overview, avatar: chosen.value });
      yield* redraw(ports, press, said, keyboard);
      return okAsync(say(locale, "toast.main", { name: chosen.value.name }));
    }),
  );
}
