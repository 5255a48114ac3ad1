import fc from "fast-check";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { parseAvatarName } from "./avatar-name.ts";

const invalid = (problem: string, length: number) =>
  err({ type: "invalid-name", problem, length, minimum: 2, maximum: 50 });

describe("parseAvatarName", () => {
  it.each(["Ada", "_*[<&", "Әлия Қызы", "👩‍👩‍👧‍👦👍🏽", "a\u0301b".normalize("NFC"), 'O\'Neil "x" `y`'])(
    "takes %j as it is",
    (name) => {
      expect(parseAvatarName(name)).toStrictEqual(ok(name));
    },
  );

  it("trims and composes", () => {
    expect(parseAvatarName("  Zoe\u0308 \n")).toStrictEqual(ok("Zo\u00eb"));
  });

  it("counts what a person counts: a family emoji is one character", () => {
    expect(parseAvatarName("👩‍👩‍👧‍👦")).toStrictEqual(invalid("too-short", 1));
    expect(parseAvatarName("👩‍👩‍👧‍👦".repeat(50))).toStrictEqual(ok("👩‍👩‍👧‍👦".repeat(50)));
    expect(parseAvatarName("👩‍👩‍👧‍👦".repeat(51))).toStrictEqual(invalid("too-long", 51));
  });

  it.each([["a\nb"], ["a\tb"], ["a\u0000b"], ["a\u2028b"], ["a\ud800b"]])(
    "refuses the control character in %j",
    (name) => {
      expect(parseAvatarName(name)).toStrictEqual(invalid("control-character", 3));
    },
  );

  it.each([[""], ["   "], ["a"]])("refuses %j as too short", (name) => {
    expect(parseAvatarName(name)).toStrictEqual(invalid("too-short", name.trim().length));
  });

  it("answers a megabyte without counting it through", () => {
    expect(parseAvatarName("a".repeat(1_000_000))).toStrictEqual(invalid("too-long", 1_000_000));
  });

  it("is stable: a parsed name parses to itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (raw) => {
        const name = parseAvatarName(raw);
        if (name.isOk()) expect(parseAvatarName(name.value)).toStrictEqual(ok(name.value));
      }),
    );
  });
});
