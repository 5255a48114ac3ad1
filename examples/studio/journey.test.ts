import sharp from "sharp";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { asJpeg, develop } from "./samples/develop.ts";
import { personBySeed, portrait } from "./samples/portrait.ts";
import { botSteps } from "./__fixtures__/bot-steps.ts";
import { botWords } from "./__fixtures__/bot-words.ts";
import { describeInBrowser } from "./__fixtures__/describe-in-browser.ts";
import { keyboardSteps } from "./__fixtures__/keyboard-steps.ts";
import { desktop, openPage, phone } from "./__fixtures__/open-browser.ts";
import { newFolder, startStudio } from "./__fixtures__/start-studio.ts";

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

  it("goes from start to a picture, with a reload in the middle", async () => {
    const { url, end } = await startStudio(folder, ["--training-seconds", "20"]);
    const { page, begins, sendsSamples, reads, trains, press, says, draws, pictures } = await open(url, phone);
    const name = "Айгерім _*[<& 😀";
    await begins(name);
    await sendsSamples();
    for (const reason of ["too dark", "blurry", "too small", "the same", "not a picture"]) await reads(reason);

    await page.reload();
    await reads("Accepted: 12 (10–20 needed)");
    expect(await page.getByRole("img", { name: /^Photo \d+ of 10 from you$/ }).count()).toBe(10);
    await trains();
    await reads(/Training: \d+%/);
    await reads(`${name} is ready.`);
    expect(await pictures()).toStrictEqual([1, 2, 3, 4].map((place) => `${place} of 4: ${place} · Made with AI`));
    await draws();
    await press("Original");
    const original = page.getByRole("article").filter({ hasText: "kB" }).getByRole("link").last();
    const [download] = await Promise.all([page.waitForEvent("download"), original.click()]);
    expect((await sharp(await download.path()).metadata()).format).toBe("jpeg");
    await says("/avatars");
    await reads("1 avatar");

    await page.getByRole("button", { name: "Behind the chat" }).click();
    const panel = page.getByRole("complementary");
    const ofPictures = [/^bot: submit fal-ai\/flux-lora, seed \d+$/, "picture copied", "message -> sent · images-done"];
    for (const line of [
      /^bot: submit /,
      /^fal: tells the outcome → 200$/,
      "training -> succeeded",
      "avatar -> ready",
      ...ofPictures,
    ])
      await panel.getByText(line).first().waitFor();
    expect(await panel.getByText("Trouble: ").locator("xpath=../../..").allInnerTexts()).toStrictEqual([]);
    expect(await end("SIGINT")).toStrictEqual({ code: 0, signal: null, complaints: "" });
  });

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

  it("needs no mouse from start to a picture, in Russian", async () => {
    const { url } = await startStudio(folder, ["--training-seconds", "2"]);
    const { page, reads, pictures } = await open(url);
    const { tabTo, press } = keyboardSteps(page);
    const words = botWords.ru;
    await press("You and this chat");
    const english = page.getByRole("radio", { name: "English" });
    await expect.poll(() => english.evaluate((radio) => radio === document.activeElement)).toBe(true);
    const told = page.waitForResponse("**/api/language");
    await page.keyboard.press("ArrowDown");
    await told;
    await page.keyboard.press("Escape");
    await press("Start");
    await press(words.portrait);
    await press(words.female);
    await reads(words.asksName);
    await tabTo("TEXTAREA");
    await page.keyboard.type("Ada");
    await page.keyboard.press("Enter");
    await reads(words.asksConsent);
    for (const box of words.boxes) {
      await press(`☐ ${box}`);
      await page.getByRole("button", { name: `☑ ${box}` }).waitFor();
    }
    await press(words.continue);
    await reads(words.asksPhotos);
    await press("Send a sample album", "Shift+Tab");
    await reads(words.accepted);
    await press(words.continue, "Shift+Tab");
    await press(words.train);
    await reads(words.ready);
    expect(await pictures()).toStrictEqual(
      [1, 2, 3, 4].map((place) => `${place} of 4: ${place} · ${words.madeWithAi}`),
    );
    await press(words.makePictures);
    await press(words.headshot);
    await press(words.draw);
    const name = `Photo from Likeness: ${words.madeWithAi}`;
    await press(name);
    await page.getByRole("dialog", { name }).getByText(words.madeWithAi, { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await tabTo("Оригинал");
  });

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

  it("is blocked, comes back and buys credits", async () => {
    const { url } = await startStudio(folder, ["--shop"]);
    const { page, begins, reads, says, press } = await open(url);
    await begins("Ada");
    await page.getByRole("button", { name: "You and this chat" }).click();
    await page.getByRole("button", { name: "Block the bot" }).click();
    await page.getByText("You blocked the bot", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Unblock", exact: true }).click();
    await page.getByText("You unblocked the bot").waitFor();
    await page.getByRole("button", { name: "Commands" }).click();
    await page.getByRole("button", { name: "/start Start" }).click();
    await reads("You have not finished Ada.");

    await says("/buy");
    await reads("Training an avatar: 20 credits");
    await press("30 credits for 120 ⭐");
    await press("Pay ⭐120");
    await page.getByRole("dialog").getByRole("button", { name: "Pay ⭐120" }).click();
    await reads("120 Stars paid, 30 credits added.");
    await press("Show my avatars");
    await press("Ada, draft");
  });
});
