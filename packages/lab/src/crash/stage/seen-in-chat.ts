import { createHash } from "node:crypto";
import type { TelegramFake } from "@likeness/grammy/testing";
import { chatOf } from "../host/chat-of.ts";

/** What owners have seen in their chats. */
export interface SeenInChat {
  /** How many times the message about an order, or about a set of pictures, has come. */
  arrived(
    order: { readonly id: string; readonly owner: string; readonly pictureIds: readonly string[] },
    template: string,
  ): number;
  /** The SHA-256 of every picture that the bot has sent to an owner. */
  pictures(owner: string): readonly string[];
}

/** Reads the chats as they look now. */
export function seenInChat({ control }: TelegramFake): SeenInChat {
  const digests = new Map<string, string>();
  const digestOf = (fileId: string): string => {
    const known = digests.get(fileId) ?? sha256(control.file(fileId).bytes);
    digests.set(fileId, known);
    return known;
  };
  const sentTo = (owner: string) =>
    control
      .person(chatOf(owner))
      .chat()
      .filter(({ from }) => from === "bot");
  return {
    // The text about a training is its template. One about pictures has buttons that name the set, or its only picture.
    arrived: ({ id, owner, pictureIds }, template) =>
      sentTo(owner).filter(({ text, buttons }) => {
        if (template.startsWith("training-")) return text === template;
        const data = buttons.flat().map((button) => button.data ?? "");
        return [id, ...pictureIds].some((named) => data.some((each) => each.includes(named)));
      }).length,
    pictures: (owner) =>
      sentTo(owner).flatMap(({ photo, document }) => {
        const fileId = photo?.fileId ?? document?.fileId;
        return fileId === undefined ? [] : [digestOf(fileId)];
      }),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
