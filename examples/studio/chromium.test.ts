import { expect, it } from "vitest";
import { findChromium } from "./__fixtures__/find-chromium.ts";

/** `BROWSER_TESTS=required` is for machines that must not leave the tests in a browser out. */
const required = process.env["BROWSER_TESTS"] === "required";

it("Chromium is there, or the run says what is left out without it", () => {
  const found = findChromium();
  if (required) expect(found, "Chromium, in PATH or in CHROMIUM").toBeDefined();
  else if (!found)
    process.stdout.write(
      "Left out: the studio's tests in a browser. To run them: apt-get install chromium-headless-shell, or CHROMIUM=/path/to/it.\n",
    );
});
