import type { AvatarState } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import type { ChatMessage } from "../../../testing/person/chat-message.ts";
import type { ChatStage } from "../../photos/__fixtures__/chat-stage.ts";

/** An avatar without photos. */
export const anAvatarOf = async ({ ports, person }: ChatStage, name = "Ada", actor = person.actor): Promise<string> => {
  const command = { actor, kind: "portrait", gender: "female", name } as const;
  return (await valueOf(ports.likeness.avatars.create(command))).id;
};

/** Puts an avatar into a status. */
export async function putInto({ ports }: ChatStage, avatarId: string, state: AvatarState): Promise<void> {
  const { avatars } = ports.store;
  const avatar = await valueOf(avatars.find(avatarId));
  if (!avatar) throw new Error(`there is no avatar ${avatarId}`);
  await valueOf(avatars.save({ ...avatar, state }));
}

/** What the bot's messages say, and what their buttons send, whenever they were drawn. */
export const shownBy = ({ ada }: ChatStage) =>
  ada
    .chat()
    .filter(({ from }) => from === "bot")
    .map(shown);

export const shown = ({ text, caption, photo, buttons }: ChatMessage) => ({
  said: text ?? caption,
  photo: photo !== undefined,
  buttons: buttons.map((row) => row.map(({ data }) => data?.split(":").slice(0, 3).join(":"))),
});

/** Ada's app sends a button's data, from a message or the newest. Gives the toast. */
export async function pressing(stage: ChatStage, data: string, messageId?: number): Promise<unknown> {
  stage.ada.forges(data, messageId);
  const [toast] = await stage.handle();
  return toast;
}
