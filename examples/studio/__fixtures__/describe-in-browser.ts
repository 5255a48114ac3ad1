import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { findChromium } from "./find-chromium.ts";
import { openBrowser } from "./open-browser.ts";

/** Tests that need Chromium; left out where there is none, see chromium.test.ts. */
export function describeInBrowser(name: string, define: (browser: () => Browser) => void): void {
  const executable = findChromium();
  describe.skipIf(!executable)(name, { timeout: 900_000 }, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      if (executable) browser = await openBrowser(executable);
    });
    afterAll(() => browser?.close());
    define(() => {
      if (!browser) throw new Error("the browser is not open yet");
      return browser;
    });
  });
}
