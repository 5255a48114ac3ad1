import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { describeInBrowser } from "./testing/describe-in-browser.ts";
import { desktop, openPage } from "./testing/open-browser.ts";
import { servedPage, type ServedPage } from "./testing/served-page.ts";

const sent = (as: string, ...files: [name: string, bytes: number][]) => ({
  did: "send",
  as,
  files: files.map(([name, bytes]) => ({ name, bytes })),
});

describeInBrowser("files", (browser) => {
  let studio: ServedPage;
  let page: Page;
  beforeEach(async () => {
    studio = await servedPage();
    ({ page } = await openPage(browser(), studio.url, desktop));
    onTestFinished(() => page.context().close());
    await page.getByRole("log").waitFor();
  });

  const choose = async (way: string, files: { name: string; mimeType: string; buffer: Buffer }[] | string[]) => {
    await page.getByRole("button", { name: "Attach" }).click();
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: way, exact: true }).click();
    await (await choosing).setFiles(files);
  };
  const file = (name: string, size: number) => ({ name, mimeType: "image/jpeg", buffer: Buffer.alloc(size) });

  /** As a browser does it when something is dragged in from elsewhere. */
  const drag = (selector: string, type: "dragenter" | "drop") =>
    page.evaluate(
      ([where, event]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["12345"], "dragged.jpg", { type: "image/jpeg" }));
        const init = { dataTransfer, bubbles: true, cancelable: true };
        document.querySelector(String(where))?.dispatchEvent(new DragEvent(String(event), init));
      },
      [selector, type],
    );

  it("are chosen and sent as photos or as they are", async () => {
    await choose("Photos", [file("one.jpg", 3), file("two.jpg", 4)]);
    await expect.poll(() => studio.chat.deeds).toStrictEqual([sent("photo", ["one.jpg", 3], ["two.jpg", 4])]);
    await choose("Files", [file("Әлия 1.heic", 5)]);
    await expect.poll(() => studio.chat.deeds.at(-1)).toStrictEqual(sent("document", ["Әлия 1.heic", 5]));
  });

  it("are dropped on the chat, where it says how they will be sent", async () => {
    await drag(".log", "dragenter");
    await page.getByText("Send as photos").waitFor();
    await drag(".drop-zone:last-child", "drop");
    await expect.poll(() => studio.chat.deeds).toStrictEqual([sent("document", ["dragged.jpg", 5])]);
    expect(await page.getByText("Send as photos").count()).toBe(0);
    await drag(".log", "dragenter");
    await drag(".drop-zone", "drop");
    await expect.poll(() => studio.chat.deeds.at(-1)).toStrictEqual(sent("photo", ["dragged.jpg", 5]));
  });

  it("are pasted as photos", async () => {
    await page.getByRole("textbox").evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(["123"], "image.png", { type: "image/png" }));
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect.poll(() => studio.chat.deeds).toStrictEqual([sent("photo", ["image.png", 3])]);
  });

  it("are refused with a reason when they are too many or too large", async () => {
    await choose(
      "Photos",
      Array.from({ length: 31 }, (_, index) => file(`${index}.jpg`, 1)),
    );
    await page.getByRole("alert").getByText("At most 30 files can be sent at once.").waitFor();

    const folder = await mkdtemp(join(tmpdir(), "likeness-studio-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const large = join(folder, "large.jpg");
    await writeFile(large, Buffer.alloc(30 * 1024 * 1024 + 1));
    await choose("Photos", [large]);
    await page.getByRole("alert").getByText("large.jpg is larger than 30 MB.").waitFor();
    expect(studio.chat.deeds).toStrictEqual([]);
  });

  it("of a sample album are sent with one button", async () => {
    await page.getByRole("button", { name: "Send a sample album" }).click();
    await expect
      .poll(() => studio.chat.deeds)
      .toMatchObject([{ did: "send", as: "photo", files: [{ name: "sample.jpg" }] }]);
  });
});
