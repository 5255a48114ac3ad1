import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { asJpeg, develop } from "./samples/develop.ts";
import { personBySeed, portrait } from "./samples/portrait.ts";
import { botSteps } from "./__fixtures__/bot-steps.ts";
import { botWords } from "./__fixtures__/bot-words.ts";
import { describeInBrowser } from "./__fixtures__/describe-in-browser.ts";
import { keyboardSteps } from "./__fixtures__/keyboard-steps.ts";
import { desktop, openPage, phone } from "./__fixtures__/open-browser.ts";
import { languages } from "./protocol.ts";
import { newFolder, startStudio } from "./__fixtures__/start-studio.ts";

/** What happens behind a training and a picture. */
const behind = [
  /^bot: submit /,
  /^fal: tells the outcome → 200$/,
  "training -> succeeded",
  "avatar -> ready",
  /^bot: submit fal-ai\/flux-lora, seed \d+$/,
  "picture copied",
  "message -> sent · images-done",
] as const;

describeInBrowser("the studio with the reference bot", (browser) => {
  let folder: string;
  beforeEach(async () => {
    folder = await newFolder();
  });

  const open = async (url: string, options = desktop as Parameters<typeof openPage>[2]) => {
    const opened = await openPage(browser(), url, options);
    onTestFinished(async () => {
      await opened.page.context().close();
      expect({ complaints: opened.complaints, foreign: opened.foreign }).toStrictEqual({ complaints: [], foreign: [] });
    });
    await opened.page.getByRole("log").waitFor();
    return { page: opened.page, ...botSteps(opened.page) };
  };

  it("remembers chat, avatar and a training under way when it is killed", async () => {
    const first = await startStudio(folder, ["--training-seconds", "5"]);
    const before = await open(first.url);
    await before.begins("Ada");
    await before.sendsSamples();
    await before.trains();
    await before.page.getByRole("complementary").getByText("training -> submitted").waitFor();
    await before.page.close();
    expect(await first.end("SIGKILL")).toMatchObject({ signal: "SIGKILL" });

    const second = await startStudio(folder, ["--port", new URL(first.url).port]);
    expect(second.url).toBe(first.url);
    const after = await open(second.url);
    expect(await after.page.getByRole("article").filter({ hasText: "Ada" }).count()).toBeGreaterThan(1);
    await after.reads("Ada is ready.");
    expect(await after.page.getByRole("article").filter({ hasText: "Ada is ready." }).count()).toBe(1);
    expect(await second.end("SIGTERM")).toStrictEqual({ code: 0, signal: null, complaints: "" });
  });

  it.each([
    ["en", phone, "Айгерім _*[<& 😀"],
    ["ru", desktop, "Ada"],
    ["kk", phone, "Ada"],
  ] as const)(
    "needs no mouse from the consent to a picture paid with Stars, a refund, a download and an erasure, in %s",
    async (language, device, name) => {
      const { url, end } = await startStudio(folder, ["--shop", "--training-seconds", "2"]);
      const { page, reads, pictures } = await open(url, device);
      const { tabTo, press, says } = keyboardSteps(page);
      const words = botWords[language];
      await press("You and this chat");
      await tabTo(page.getByRole("radio", { name: "English" }));
      for (const chosen of Object.values(languages).slice(1, Object.keys(languages).indexOf(language) + 1)) {
        await page.keyboard.press("ArrowDown");
        await page.getByRole("radio", { name: chosen, checked: true }).waitFor();
      }
      await page.getByRole("radio", { name: words.language, checked: true }).waitFor();
      await page.keyboard.press("Escape");
      await press("Start");
      await press(words.portrait);
      await press(words.female);
      await reads(words.asksName);
      await says(name);
      await reads(words.asksConsent);
      for (const box of words.boxes) {
        await press(`☐ ${box}`);
        await page.getByRole("button", { name: `☑ ${box}` }).waitFor();
      }
      await press(words.continue);
      await reads(words.asksPhotos);

      await says("/buy");
      await reads(words.pricesTraining);
      await press(words.package, "Shift+Tab");
      await press("Pay ⭐120", "Shift+Tab");
      await page.getByRole("dialog").waitFor();
      await press("Pay ⭐120");
      await reads(words.paid);

      await press("Send a sample album", "Shift+Tab");
      await reads(words.accepted);
      for (const reason of words.rejections) await reads(reason);
      await page.reload();
      // The status moves below the refusals at last: a button of the message above may go while it is pressed.
      await page.getByRole("article").last().filter({ hasText: words.accepted }).waitFor({ timeout: 180_000 });
      expect(await page.getByRole("img", { name: /^Photo \d+ of 10 from you$/ }).count()).toBe(10);
      await press(words.continue);
      await press(words.train);
      await reads(words.ready.replace("Ada", name));
      expect(await pictures()).toStrictEqual(
        [1, 2, 3, 4].map((place) => `${place} of 4: ${place} · ${words.madeWithAi}`),
      );
      await press(words.makePictures);
      await press(words.headshot);
      await reads(words.pricesPicture);
      await press(words.draw);
      const picture = `Photo from Likeness: ${words.madeWithAi}`;
      await press(picture);
      await page.getByRole("dialog", { name: picture }).getByText(words.madeWithAi, { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      const load = async (fileName: RegExp): Promise<Buffer> => {
        const link = page.getByRole("article").filter({ hasText: fileName }).getByRole("link").last();
        await link.waitFor();
        await tabTo(link);
        const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
        return readFile(await download.path());
      };
      await press(words.original);
      expect((await sharp(await load(/\.jpe?g.*kB/s)).metadata()).format).toBe("jpeg");

      if (device === phone) await press("Behind the chat", "Shift+Tab");
      const panel = page.getByRole("complementary");
      for (const line of behind) await panel.getByText(line).first().waitFor();
      // What ends with `yet` is repeated: on a busy machine a request may take too long.
      const troubles = panel.getByText("Trouble: ").locator("xpath=../../..").filter({ hasNotText: /yet$/ });
      expect(await troubles.allInnerTexts()).toStrictEqual([]);
      if (device === phone) await press("Chat", "Shift+Tab");

      await says("/paysupport");
      await press(words.asksRefund, "Shift+Tab");
      await reads(words.notesRefund);
      await press("Refund (as Telegram’s support)", "Shift+Tab");
      await reads(words.givenBack);
      await says("/privacy");
      await press(words.download, "Shift+Tab");
      await reads(words.downloaded);
      expect((await load(/likeness\.zip/)).toString("latin1", 0, 4)).toBe("PK\u0003\u0004");
      await press(words.erase, "Shift+Tab");
      await press(words.erasesForGood, "Shift+Tab");
      await reads(words.erased);
      expect(await end("SIGINT")).toStrictEqual({ code: 0, signal: null, complaints: "" });
    },
  );

  it("says what is wrong with a photo, cancels what was begun, and deletes an avatar", async () => {
    const { url } = await startStudio(folder, ["--training-seconds", "600"]);
    const { page, begins, sendsSamples, trains, press, reads, says } = await open(url);
    await begins("Ada");
    await page.getByRole("button", { name: "Attach" }).click();
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Photos", exact: true }).click();
    const tiny = await asJpeg((await develop(portrait(personBySeed(1), 1), 1)).resize(200));
    await (await choosing).setFiles({ name: "tiny.jpg", mimeType: "image/jpeg", buffer: tiny });
    await reads("It is too small");
    await page.getByRole("button", { name: "Answers You: Photo" }).waitFor();

    await says("/cancel");
    await reads("Ada is kept as a draft");
    await press("Go on");
    await sendsSamples();
    await trains();
    // While its submission is under way it cannot be cancelled.
    await reads(/In the queue|Training: \d+%/);
    await press("Cancel training");
    await reads("Cancel the training of Ada?");
    await press("Cancel training");
    await reads("The training of Ada is cancelled.");

    await says("/avatars");
    await press("Ada, draft");
    await press("Delete avatar");
    await press("Delete for good");
    await reads("Ada is deleted");
    await says("/avatars");
    await reads("You have no avatars yet.");
  });

  it("is blocked, and comes back", async () => {
    const { url } = await startStudio(folder);
    const { page, begins, reads } = await open(url);
    await begins("Ada");
    await page.getByRole("button", { name: "You and this chat" }).click();
    await page.getByRole("button", { name: "Block the bot" }).click();
    await page.getByText("You blocked the bot", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Unblock", exact: true }).click();
    await page.getByText("You unblocked the bot").waitFor();
    await page.getByRole("button", { name: "Commands" }).click();
    await page.getByRole("button", { name: "/start Start" }).click();
    await reads("You have not finished Ada.");
  });
});
