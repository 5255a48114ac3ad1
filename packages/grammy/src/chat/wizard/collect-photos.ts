import { okAsync, safeTry } from "neverthrow";
import { isOutdated, withAvatar } from "../avatars/with-avatar.ts";
import { oldButton, type PressHandler } from "../press.ts";
import { moveStep } from "./move-step.ts";
import { showBelow } from "./show-step.ts";

/** *Photos*: the photos sent next are for this avatar. */
export const collectPhotos: PressHandler = (ports, press) =>
  withAvatar(ports, press, (overview) =>
    safeTry(async function* () {
      const { person, id: avatarId } = press;
      const { status } = overview.avatar.state;
      if (status === "training") return okAsync(ports.say(person.locale, "toast.training-active"));
      if (isOutdated(press, overview)) return okAsync(oldButton(ports, press));
      yield* moveStep(ports, person, () => ({ name: "photos", avatarId }));
      return showBelow(ports, press).map(() => undefined);
    }),
  );
