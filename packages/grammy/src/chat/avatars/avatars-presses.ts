import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { hasModel } from "../has-model.ts";
import { oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { moveStep } from "../wizard/move-step.ts";
import { showStep } from "../wizard/show-step.ts";
import { avatarCard } from "./avatar-card.ts";
import { askToDelete, deleteAvatar, keepAvatar } from "./delete-avatar.ts";
import { redraw } from "./redraw.ts";
import { openList, turnPage } from "./show-avatars.ts";
import { openAvatar } from "./show-card.ts";
import { withAvatar } from "./with-avatar.ts";

/** Makes an avatar the person's main one and shows that on its card. */
function makeMain(ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> {
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

/** Asks for another name; the person's next text is taken as the name. */
const askForName = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, ({ avatar: { id: avatarId } }) =>
    safeTry(async function* () {
      yield* moveStep(ports, press.person, () => ({ name: "rename", avatarId }));
      return showStep(ports, press.person).map(() => undefined);
    }),
  );

/** The buttons of the list of avatars and of the card of one. */
export const avatarsPresses = {
  avatars: openList,
  page: turnPage,
  open: openAvatar,
  main: makeMain,
  rename: askForName,
  "delete-ask": askToDelete,
  "delete-yes": deleteAvatar,
  "delete-no": keepAvatar,
} as const satisfies Partial<Record<Verb, PressHandler>>;
