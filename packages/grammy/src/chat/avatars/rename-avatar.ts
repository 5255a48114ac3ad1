import { safeTry, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatError, Press, PressAnswer } from "../press.ts";
import { moveStep } from "../wizard/move-step.ts";
import { showStep } from "../wizard/show-step.ts";
import { withAvatar } from "./with-avatar.ts";

/** Asks for another name; the person's next text is taken as the name. */
export const askForName = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, ({ avatar: { id: avatarId } }) =>
    safeTry(async function* () {
      yield* moveStep(ports, press.person, () => ({ name: "rename", avatarId }));
      return showStep(ports, press.person).map(() => undefined);
    }),
  );
