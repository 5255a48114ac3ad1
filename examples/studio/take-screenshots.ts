/** Takes the pictures of the docs: `node examples/studio/take-screenshots.ts`. Needs Chromium, see README.md. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { botSteps } from "./__fixtures__/bot-steps.ts";
import { findChromium } from "./__fixtures__/find-chromium.ts";
import { desktop, openBrowser, openPage, phone } from "./__fixtures__/open-browser.ts";
import { runStudio } from "./__fixtures__/run-studio.ts";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const chromium = findChromium();
if (!chromium) throw new Error("There is no Chromium: apt-get install chromium, or CHROMIUM=/path/to/it.");

async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const picture = sharp(await page.screenshot()).png({ palette: true, effort: 10 });
    await writeFile(join(folder, `${name}-${colorScheme}.png`), await picture.toBuffer());
  }
}

await mkdir(folder, { recursive: true });
const data = await mkdtemp(join(tmpdir(), "likeness-screenshots-"));
const studio = await runStudio(data, ["--training-seconds", "20"]);
const browser = await openBrowser(chromium);
try {
  const { page: wide } = await openPage(browser, studio.url, desktop);
  const { page: narrow } = await openPage(browser, studio.url, phone);
  const { begins, sendsSamples, trains, reads, draws, says, press } = botSteps(wide);
  await begins("Ada");
  await sendsSamples();
  await wide.mouse.move(0, 0);
  await take(wide, "desktop");
  await narrow.getByRole("log").evaluate((log) => log.scrollBy(0, -330));
  await take(narrow, "phone");
  await trains();
  await reads(/Training: \d+%/, 30_000);
  await narrow.getByRole("button", { name: /Newest message|new messages?/ }).click();
  await reads("Ada is ready.");
  await wide.mouse.move(0, 0);
  await take(wide, "desktop-ready");
  await narrow.mouse.move(0, 0);
  await take(narrow, "phone-ready");
  await draws("Autumn street");
  await wide.mouse.move(0, 0);
  await take(wide, "desktop-picture");
  await take(narrow, "phone-picture");
  await says("/images");
  await press("Gallery");
  await reads("1/5");
  await press("♡");
  await reads("❤");
  await take(narrow, "phone-gallery");
  await narrow.getByRole("button", { name: "Behind the chat" }).click();
  await take(narrow, "phone-behind");
  await wide.getByText("Make trouble").click();
  await wide.getByRole("button", { name: "Lose the training’s answer" }).click();
  await says("/avatars");
  await press("Ada, ready");
  await press("Train again");
  await press("Start training");
  await reads("It is being checked");
  await wide.getByRole("button", { name: "Lose the webhook" }).click();
  await wide.getByText("Armed: Lose the webhook").waitFor();
  await wide.mouse.move(0, 0);
  await take(wide, "trouble");
} finally {
  await studio.end("SIGTERM");
  await rm(data, { recursive: true });
}

const shopData = await mkdtemp(join(tmpdir(), "likeness-screenshots-"));
const shop = await runStudio(shopData, ["--shop"]);
try {
  const { page } = await openPage(browser, shop.url, phone);
  const { press, reads, says } = botSteps(page);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await reads("What kind of avatar");
  await says("/buy");
  await press("100 credits for 350 ⭐");
  await press("Pay ⭐350");
  await page.getByRole("dialog").getByRole("button", { name: "Pay ⭐350" }).click();
  await reads("350 Stars paid");
  await says("/buy");
  await reads("How many credits");
  await page.getByRole("button", { name: "10 credits for 50" }).waitFor();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await take(page, "phone-shop");
} finally {
  await browser.close();
  await shop.end("SIGTERM");
  await rm(shopData, { recursive: true });
}
