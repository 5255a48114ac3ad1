import { safeTry, okAsync, type ResultAsync } from "neverthrow";
import { changeConversation } from "../../conversation/conversations.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatError, Press, PressAnswer } from "../press.ts";
import { showStep } from "../wizard/show-step.ts";
import { withAvatar } from "./with-avatar.ts";

/** Asks for another name; what is written next is taken as one. */
export const askForName = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, ({ avatar }) =>
    safeTry(async function* () {
      yield* changeConversation(ports.store.sessions, press.person.chatId, (conversation) => ({
        ...conversation,
        step: { name: "rename", avatarId: avatar.id },
        promptId: undefined,
      }));
      yield* showStep(ports, press.person);
      return okAsync(undefined);
    }),
  );
