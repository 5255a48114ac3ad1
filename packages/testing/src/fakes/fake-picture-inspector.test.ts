import { describe, expect, it } from "vitest";
import { err, ok } from "neverthrow";
import { describePictureInspector } from "../contracts/describe-picture-inspector.ts";
import { pictureBytes } from "../fixtures/picture-bytes.ts";
import { fakePictureInspector } from "./fake-picture-inspector.ts";

describePictureInspector("fake", async () => fakePictureInspector());

describe("fakePictureInspector", () => {
  it("fails when it was told to, once, and counts", async () => {
    const inspector = fakePictureInspector();
    inspector.failNext("no memory");
    const picture = pictureBytes();
    expect(await inspector.inspect(picture)).toStrictEqual(err({ type: "inspector-failure", cause: "no memory" }));
    expect(await inspector.inspect(picture)).toStrictEqual(ok(expect.anything()));
    expect(inspector.inspected()).toBe(2);
  });

  it.each([
    [
      "a lossy WebP",
      "image/webp",
      "UklGRnwAAABXRUJQVlA4IHAAAABwAgCdASoQAAwAAsBMJbACdDBUQZ4p5Xe9e6YAAP657VfYYySnx9EoqwkRPF6hDhhjzXHblPjhxMjY55zheX5LLZBXXZyf3uC0X5dg/Z9UTHV0R/cSh1cPWPbfhHRn5BwQywfmZ8fPZ+vs1YcYAAAA",
    ],
    [
      "a lossless WebP",
      "image/webp",
      "UklGRooAAABXRUJQVlA4TH0AAAAvD8ACAG+gqI0UOLjnCwX4QBNm2rZNK7mqAhiPaaSmmJEkqP0N1mk9lmBfV89//MWZBpCs+0RERbVbAKiIANoBVrWtzTj/b+ZVABG86SGBJYEiIkgyB1BgummMESL6PwH8WK/FJdvUWaCS5AGLpOQhBhpJLpBvag1A2af8CQA=",
    ],
    [
      "a PNG with a palette",
      "image/png",
      "iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAMAAABcOc2zAAAAKlBMVEUzZpn/zDNKcY71xzjxxTr0xzi7qlW6qVZJcY5SdYq/rFO9q1TzxjnwxTqEpvuQAAAACXBIWXMAAAsTAAALEwEAmpwYAAAAQUlEQVQImWNgIAowcTMzc3Ei8VkYGRkZWZjgAtwgPiMjG1yAGSLAii7AAxfgggiwwwU4wYbyciBZw8bKyo7Exw8AULcAz45VmIsAAAAASUVORK5CYII=",
    ],
  ])("reads the size of %s that it has not made", async (_, contentType, base64) => {
    expect(await fakePictureInspector().inspect(Uint8Array.from(Buffer.from(base64, "base64")))).toStrictEqual(
      ok({ contentType, width: 16, height: 12, black: false }),
    );
  });
});
