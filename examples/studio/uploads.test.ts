import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, Route } from "playwright-core";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { describeInBrowser } from "./__fixtures__/describe-in-browser.ts";
import { desktop, openPage } from "./__fixtures__/open-browser.ts";
import { servedPage, type ServedPage } from "./__fixtures__/served-page.ts";

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

  it("are sent in several runs when they are many", async () => {
    const names = Array.from({ length: 31 }, (_, index) => `${index}.jpg`);
    await choose(
      "Photos",
      names.map((name) => file(name, 1)),
    );
    await expect.poll(() => studio.chat.deeds, { timeout: 180_000 }).toHaveLength(2);
    expect(studio.chat.deeds).toStrictEqual([
      sent("photo", ...names.slice(0, 30).map((name): [string, number] => [name, 1])),
      sent("photo", ["30.jpg", 1]),
    ]);
  });

  it("that cannot be sent are named with the reason, and keep no others back", async () => {
    const folder = await mkdtemp(join(tmpdir(), "likeness-studio-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const large = join(folder, "large.jpg");
    await writeFile(large, Buffer.alloc(30 * 1024 * 1024 + 1));
    const good = Array.from({ length: 11 }, (_, index) => join(folder, `${index}.jpg`));
    for (const path of good) await writeFile(path, "jpeg");
    await choose("Photos", [large, ...good]);
    const told = "large.jpg is larger than 30 MB. The other 11 files were sent.";
    await page.getByRole("alert").getByText(told).waitFor();
    const others = good.map((_, index): [string, number] => [`${index}.jpg`, 4]);
    expect(studio.chat.deeds).toStrictEqual([sent("photo", ...others)]);

    await choose(
      "Files",
      Array.from({ length: 4 }, () => file("empty.jpg", 0)),
    );
    await page
      .getByRole("alert")
      .getByText("empty.jpg is empty. empty.jpg is empty. empty.jpg is empty. 1 more")
      .waitFor();
    expect(studio.chat.deeds).toHaveLength(1);
  });

  it("in HEIC are sent as files only, where the browser cannot read them as Telegram's apps can", async () => {
    const heic = {
      name: "IMG_1.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1"),
    };
    await choose("Photos", [heic, file("one.jpg", 3)]);
    await page.getByRole("alert").getByText("IMG_1.jpg is a HEIC picture.").waitFor();
    expect(studio.chat.deeds).toStrictEqual([sent("photo", ["one.jpg", 3])]);
    await choose("Files", [heic]);
    await expect.poll(() => studio.chat.deeds.at(-1)).toStrictEqual(sent("document", ["IMG_1.jpg", 16]));
  });

  it("wait for their turn, and the browser asks before it leaves them behind", async () => {
    const uploading = new Promise<Route>((resolve) => {
      void page.route("**/api/uploads?name=first.jpg", resolve);
    });
    await choose("Photos", [file("first.jpg", 1)]);
    const held = await uploading;
    await choose("Files", [file("second.jpg", 2)]);

    const asked = page.waitForEvent("dialog");
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await closing;

    await held.continue();
    await expect
      .poll(() => studio.chat.deeds)
      .toStrictEqual([sent("photo", ["first.jpg", 1]), sent("document", ["second.jpg", 2])]);
    await expect.poll(() => page.getByText(/^Sending/).count()).toBe(0);
  });

  it("of a sample album are sent with one button", async () => {
    await page.getByRole("button", { name: "Send a sample album" }).click();
    await expect
      .poll(() => studio.chat.deeds)
      .toMatchObject([{ did: "send", as: "photo", files: [{ name: "sample.jpg" }] }]);
  });
});
