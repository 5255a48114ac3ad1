import { okAsync, type ResultAsync } from "neverthrow";
import { isOutdated, withAvatar } from "../avatars/with-avatar.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";
import { showConfirm } from "../training/show-confirm.ts";
import { pendingIn } from "./burst-status.ts";

/** Shows the confirmation card if every photo is checked and there are enough of them. */
export const continueToTraining = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, (overview) => {
    const { avatar, photos, readiness } = overview;
    const { say } = ports;
    const { person } = press;
    const checking = pendingIn(photos);
    if (avatar.state.status === "training") return okAsync(say(person.locale, "toast.training-active"));
    if (isOutdated(press, overview)) return okAsync(oldButton(ports, press));
    if (checking > 0) return okAsync(say(person.locale, "toast.checking", { checking }));
    if (readiness.missing > 0) return okAsync(say(person.locale, "toast.missing", readiness));
    return showConfirm(ports, person, overview);
  });
