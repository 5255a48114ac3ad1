import { describe, expect, it } from "vitest";
import { differenceHash } from "./difference-hash.ts";
import type { GreyPicture } from "./grey-picture.ts";

/** 9 × 8 blocks of 10 × 10 pixels. */
function blocks(light: (column: number, row: number) => number): GreyPicture {
  const [width, height] = [90, 80];
  const pixels = Uint8Array.from({ length: width * height }, (_, index) =>
    light(Math.floor((index % width) / 10), Math.floor(index / width / 10)),
  );
  return { width, height, pixels };
}

describe("differenceHash", () => {
  it("sets no bit where nothing gets brighter to the right", () => {
    expect(differenceHash(blocks(() => 128))).toBe("0000000000000000");
    expect(differenceHash(blocks((column) => 200 - 10 * column))).toBe("0000000000000000");
  });

  it("sets every bit where everything gets brighter to the right", () => {
    expect(differenceHash(blocks((column) => 10 * column))).toBe("ffffffffffffffff");
  });

  it("begins with the top row, its left end first", () => {
    expect(differenceHash(blocks((column, row) => (row === 0 && column === 1 ? 200 : 100)))).toBe("8000000000000000");
    expect(differenceHash(blocks((column, row) => (row === 7 && column === 8 ? 200 : 100)))).toBe("0000000000000001");
  });
});
