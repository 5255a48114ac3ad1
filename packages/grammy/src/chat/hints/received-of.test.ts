import type { Message } from "grammy/types";
import { describe, expect, it } from "vitest";
import { receivedKinds } from "../received.ts";
import { receivedOf } from "./received-of.ts";

const message = (...fields: readonly string[]) =>
  ({ message_id: 1, date: 1, ...Object.fromEntries(fields.map((field) => [field, {}])) }) as unknown as Message;

describe("receivedOf", () => {
  it.each(receivedKinds.filter((kind) => kind !== "other" && kind !== "command"))("tells a %s", (kind) => {
    expect(receivedOf(message(kind))).toBe(kind);
  });

  it("tells a GIF from the document and a live photo from the photo beside it", () => {
    expect(receivedOf(message("document", "animation"))).toBe("animation");
    expect(receivedOf(message("live_photo", "photo"))).toBe("photo");
  });

  it("tells a command from other texts", () => {
    expect(receivedOf({ ...message(), text: "/foo bar" })).toBe("command");
    expect(receivedOf({ ...message(), text: "either/or" })).toBe("text");
  });

  it("takes a round video for a video, a venue for a location, and anything else for something other", () => {
    expect(receivedOf(message("video_note"))).toBe("video");
    expect(receivedOf(message("venue", "location"))).toBe("location");
    expect(receivedOf(message("dice"))).toBe("other");
  });
});
