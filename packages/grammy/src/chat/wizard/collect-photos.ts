import { okAsync, safeTry } from "neverthrow";
import { findOverview } from "../find-overview.ts";
import { editable, oldButton, type PressHandler } from "../press.ts";
import { moveStep } from "./move-step.ts";
import { showStep } from "./show-step.ts";

/** *Photos*: from now on, photos are for this avatar. */
export const collectPhotos: PressHandler = (ports, press) =>
  safeTry(async function* () {
    const { person, id: avatarId } = press;
    const found = yield* findOverview(ports, person, avatarId);
    if (!found) return okAsync(oldButton(ports, press));
    if (found.avatar.state.status === "training") return okAsync(ports.say(person.locale, "toast.training-active"));
    yield* moveStep(ports, person, () => ({ name: "photos", avatarId }));
    return showStep(ports, person, { editing: editable(press) }).map(() => undefined);
  });
