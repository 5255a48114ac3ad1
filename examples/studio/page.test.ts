import type { Locator, Page } from "playwright-core";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { describeInBrowser } from "./__fixtures__/describe-in-browser.ts";
import { lowContrast } from "./__fixtures__/low-contrast.ts";
import { openCleanly } from "./__fixtures__/open-cleanly.ts";
import { desktop, openPage, phone } from "./__fixtures__/open-browser.ts";
import { servedPage, type ServedPage } from "./__fixtures__/served-page.ts";

const threeBots = ["Bot 1", "Bot 2", "Bot 3"];
const picture = { url: "/files/photo", width: 960, height: 1200 };

describeInBrowser("the page", (browser) => {
  let studio: ServedPage;
  beforeEach(async () => {
    studio = await servedPage();
  });

  const open = (options?: Parameters<typeof openPage>[2]): Promise<Page> => openCleanly(browser(), studio.url, options);

  it("explains itself when nothing was said yet, and starts with one key", async () => {
    const page = await open();
    const start = page.getByRole("button", { name: "Start", exact: true });
    while (!(await start.evaluate((button) => button === document.activeElement))) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => studio.chat.deeds).toStrictEqual([{ did: "say", text: "/start" }]);
  });

  it("shows the introduction from its beginning, and the chat from its end", async () => {
    const page = await open({ viewport: { width: 375, height: 600 } });
    const log = page.getByRole("log", { name: "Chat with" });
    const rest = () =>
      log.evaluate(({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop);
    expect(await log.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
    expect(await rest()).toBeGreaterThan(100);
    await log.evaluate((element) => element.scrollBy(0, 50));
    for (const id of [1, 2, 3]) studio.chat.put({ id, from: "bot", text: "one line\n".repeat(12) });
    await page.getByRole("article").nth(2).waitFor();
    await expect.poll(rest).toBeLessThan(2);
  });

  it("sends with Enter, and begins a line with Shift and Enter", async () => {
    const page = await open();
    await page.getByRole("textbox", { name: "Message" }).focus();
    await page.keyboard.type("Айгерім");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("_*[<&");
    await page.keyboard.press("Enter");
    await expect.poll(() => studio.chat.deeds).toStrictEqual([{ did: "say", text: "Айгерім\n_*[<&" }]);
    expect(await page.getByRole("textbox").inputValue()).toBe("");
  });

  it("shows formatted text, and markup in it as text", async () => {
    const text = "<img src=x onerror=alert(1)> bold link /start";
    studio.chat.put({
      id: 1,
      text,
      entities: [
        { type: "bold", offset: 29, length: 4 },
        { type: "text_link", offset: 34, length: 4, url: "https://example.com/" },
        { type: "bot_command", offset: 39, length: 6 },
      ],
    });
    const page = await open();
    const message = page.getByRole("article");
    expect(await message.locator(".text").textContent()).toBe(text);
    expect(await message.locator("strong").textContent()).toBe("bold");
    expect(await message.getByText("link").getAttribute("title")).toBe("https://example.com/");
    await message.getByRole("button", { name: "/start" }).click();
    await expect.poll(() => studio.chat.deeds).toStrictEqual([{ did: "say", text: "/start" }]);
  });

  it("shows an album as one, a picture in full, and what a message answers", async () => {
    for (const id of [1, 2, 3]) studio.chat.put({ id, from: "person", album: "a", photo: picture });
    studio.chat.put({ id: 4, text: "Too dark", replyTo: 2 });
    const page = await open();
    expect(await page.getByRole("article").count()).toBe(2);
    await page.getByRole("button", { name: "Photo 2 of 3 from you" }).click();
    const viewer = page.getByRole("dialog");
    await viewer.getByRole("img", { name: "Photo 2 of 3 from you" }).waitFor();
    await page.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Answers You: Photo" }).waitFor();
  });

  it("shows the bot's pictures with their captions: below one, in full those of an album", async () => {
    const text = "1 · Made with AI";
    studio.chat.put({ id: 1, photo: picture, text: `${"Ada ".repeat(60)}\nMade with AI` });
    for (const id of [2, 3])
      studio.chat.put({ id, album: "a", photo: picture, text: id === 2 ? text : "2 · Made with AI" });
    const page = await open();
    const [single, album] = [page.getByRole("article").first(), page.getByRole("article").last()];
    await single.getByText("Made with AI").waitFor();
    const widthOf = async (part: Locator) => Math.round((await part.boundingBox())?.width ?? 0);
    expect(await widthOf(single.locator(".paper"))).toBeLessThan((await widthOf(single.getByRole("img"))) + 20);
    expect(await album.getByText(text).count()).toBe(0);
    await album.getByRole("button", { name: `Photo 1 of 2 from Likeness: ${text}` }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText(text, { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("keeps the place of a picture that has not loaded", async () => {
    const page = await open();
    await page.route("**/files/slow", () => undefined);
    studio.chat.put({ id: 1, photo: { ...picture, url: "/files/slow" }, text: "Made with AI" });
    const box = await page.getByRole("img").boundingBox();
    expect([box?.width, box?.height]).toStrictEqual([307, 384]);
  });

  it("offers a file with its caption, and edits a picture in place", async () => {
    studio.chat.put({
      id: 1,
      document: { url: "/files/photo", name: "ada-1.jpg", bytes: 67_000 },
      text: "Made with AI",
    });
    studio.chat.put({ id: 2, photo: picture, text: "1 of 2" });
    const page = await open();
    const file = page.getByRole("article").filter({ hasText: "ada-1.jpg" });
    expect(await file.innerText()).toMatch(/ada-1\.jpg\s+67 kB\s+Made with AI/);
    const loading = page.waitForEvent("download");
    await file.getByRole("link").click();
    expect((await loading).suggestedFilename()).toBe("ada-1.jpg");
    const shown = page.getByRole("button", { name: "Photo from Likeness: 1 of 2" });
    await shown.focus();
    studio.chat.put({ id: 2, photo: { ...picture, url: "/files/photo?2" }, text: "2 of 2", edited: true });
    const edited = page.getByRole("button", { name: "Photo from Likeness: 2 of 2" });
    await edited.waitFor();
    expect(await edited.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await edited.getByRole("img").getAttribute("src")).toBe("/files/photo?2");
  });

  it("makes one Tab stop of an album, with arrow keys from photo to photo", async () => {
    for (const id of [1, 2, 3]) studio.chat.put({ id, from: "person", album: "a", photo: picture });
    studio.chat.put({ id: 4, text: "Seen", buttons: [[{ text: "Continue", data: "v1:go" }]] });
    const page = await open();
    const photo = (place: number) => page.getByRole("button", { name: `Photo ${place} of 3 from you` });
    const isFocused = (place: number) => photo(place).evaluate((button) => button === document.activeElement);
    await photo(1).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    expect(await isFocused(3)).toBe(true);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Continue");
    await page.keyboard.press("Shift+Tab");
    expect(await isFocused(3)).toBe(true);
    await page.keyboard.press("ArrowRight");
    expect(await isFocused(1)).toBe(true);
  });

  it("keeps the place of a keyboard when what it was on goes away", async () => {
    const buttons = (...texts: string[]) => [texts.map((text) => ({ text, data: `v1:${text}` }))];
    studio.chat.put({ id: 1, text: "Which?", buttons: buttons("One", "Two") });
    studio.chat.put({ id: 2, text: "Other", buttons: buttons("Else") });
    const page = await open();
    const focused = () =>
      page.evaluate(() => {
        const { id, textContent, ariaLabel, tagName } = document.activeElement ?? document.body;
        return tagName === "BODY" ? "nothing" : id || ariaLabel || textContent;
      });
    await page.getByRole("button", { name: "Two" }).focus();
    studio.chat.put({ id: 1, text: "And now?", buttons: buttons("Three") });
    await expect.poll(focused).toBe("Three");
    studio.chat.put({ id: 1, text: "Done", buttons: [] });
    await expect.poll(focused).toBe("message-1");
    studio.chat.remove(1);
    await expect.poll(focused).toBe("Chat with Likeness");

    await page.getByRole("button", { name: "You and this chat" }).click();
    await page.getByRole("button", { name: "Block the bot" }).click();
    await page.getByRole("button", { name: "Unblock", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Message");

    await page.getByRole("button", { name: "Else" }).focus();
    await page.keyboard.press("Enter");
    studio.chat.answer({ type: "unanswered" });
    await page.getByRole("button", { name: "Dismiss" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Else");
  });

  it("keeps words whole on a phone, however many keys are in a row", async () => {
    const texts = ["Сделать основным", "Переименовать", "Удалить"];
    studio.chat.put({ id: 1, text: "Ада", buttons: [texts.map((text) => ({ text, data: text }))] });
    const page = await open({ viewport: { width: 320, height: 568 } });
    const lines = await page.getByRole("button", { name: "Переименовать" }).evaluate((button) => {
      const range = document.createRange();
      range.selectNodeContents(button);
      return range.getClientRects().length;
    });
    expect(lines).toBe(1);
  });

  it.each([320, 390])(
    "shows the shapes of pictures in one line each, the chosen one too, on a phone of %d pixels",
    async (width) => {
      const rows = [
        ["1:1", "4:5", "3:4", "✓ 2:3"],
        ["✓ 9:16", "4:3", "3:2", "16:9"],
        ["1 picture", "✓ 4 pictures"],
      ].map((texts) => texts.map((text) => ({ text, data: text })));
      studio.chat.put({ id: 1, text: "Shape: 2:3", buttons: rows });
      const page = await open({ viewport: { width, height: 568 } });
      const keys = await page.getByRole("article").getByRole("button").all();
      const heights = await Promise.all(keys.map(async (key) => (await key.boundingBox())?.height));
      expect(heights).toStrictEqual(keys.map(() => 44));
    },
  );

  it("leaves the chat a height to read in when it is magnified four times", async () => {
    for (let id = 1; id <= 20; id++) studio.chat.put({ id, text: `message ${id}` });
    const page = await open({ viewport: { width: 320, height: 256 } });
    expect((await page.getByRole("log").boundingBox())?.height).toBeGreaterThan(150);
    await page.getByRole("textbox").fill("Still here");
    await page.keyboard.press("Enter");
    await expect.poll(() => studio.chat.deeds).toStrictEqual([{ did: "say", text: "Still here" }]);
    await page.getByRole("button", { name: "Behind the chat" }).click();
    expect((await page.getByRole("region", { name: /^What happened/ }).boundingBox())?.height).toBeGreaterThan(150);
  });

  it("folds what repeats behind the chat", async () => {
    const page = await open();
    for (const milliseconds of [0, 3, 1])
      studio.behind.add({
        kind: "job",
        line: `update: done, ${milliseconds} ms`,
        gist: "update: done",
        trouble: false,
      });
    await page.getByText("update: done, 3 times").waitFor();
  });

  it("keeps a button busy until the bot answers, then shows what it says", async () => {
    studio.chat.put({
      id: 5,
      text: "Ready?",
      buttons: [
        [
          { text: "Train", data: "v1:train" },
          { text: "Not yet", data: "v1:no" },
        ],
      ],
    });
    const page = await open();
    const train = page.getByRole("button", { name: "Train" });
    await train.click();
    await expect.poll(() => train.getAttribute("aria-busy")).toBe("true");
    await train.click({ force: true });
    expect(studio.chat.deeds).toStrictEqual([{ did: "press", messageId: 5, data: "v1:train" }]);
    studio.chat.answer({ type: "answered", text: "Training starts", alert: false });
    await page.getByRole("status").getByText("Training starts").waitFor();
    expect(await train.getAttribute("aria-busy")).toBe("false");

    await page.getByRole("button", { name: "Not yet" }).click();
    await expect.poll(() => studio.chat.deeds).toHaveLength(2);
    studio.chat.answer({ type: "answered", text: "Are you sure?", alert: true });
    await page.getByRole("dialog", { name: "Likeness says" }).getByText("Are you sure?").waitFor();
    await page.getByRole("button", { name: "OK", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await train.click();
    await expect.poll(() => studio.chat.deeds).toHaveLength(3);
    studio.chat.answer({ type: "unanswered" });
    await page.getByRole("alert").getByText("The bot has not answered this button").waitFor();
  });

  it("edits in place, takes back what was deleted, and shows that the bot types", async () => {
    studio.chat.put({ id: 1, text: "10 %" });
    studio.chat.put({ id: 2, text: "Other" });
    const page = await open();
    studio.chat.put({ id: 1, text: "20 %", edited: true });
    studio.chat.remove(2);
    await expect.poll(() => page.getByRole("article").locator(".text").allTextContents()).toStrictEqual(["20 %"]);
    await page.getByText("edited").waitFor();
    studio.chat.set({ action: "typing" });
    await page.getByText("typing …").waitFor();
    const dots = await page.locator(".dots i").first().boundingBox();
    expect(dots?.width).toBeGreaterThan(3);
    studio.chat.set({ action: "upload_photo" });
    await page.getByText("sending a photo …").waitFor();
  });

  it("stays at the end, unless the reader has scrolled up", async () => {
    for (let id = 1; id <= 40; id++) studio.chat.put({ id, text: `message ${id}` });
    const page = await open();
    const log = page.getByRole("log");
    const rest = () => log.evaluate((box) => Math.round(box.scrollHeight - box.clientHeight - box.scrollTop));
    await expect.poll(rest).toBe(0);
    studio.chat.put({ id: 41, text: "one more" });
    await page.getByText("one more").waitFor();
    await expect.poll(rest).toBe(0);

    await log.hover();
    await page.mouse.wheel(0, -600);
    await page.getByRole("button", { name: "Newest message" }).waitFor();
    const before = await log.evaluate((box) => box.scrollTop);
    studio.chat.put({ id: 42, text: "unseen" });
    studio.chat.put({ id: 43, text: "unseen, too" });
    await page.getByRole("button", { name: "2 new messages" }).waitFor();
    expect(await log.evaluate((box) => box.scrollTop)).toBe(before);
    await page.getByRole("button", { name: "2 new messages" }).click();
    await expect.poll(rest).toBe(0);
    await page.getByRole("button", { name: "2 new messages" }).waitFor({ state: "detached" });
  });

  it("lets the person block the bot and speak another language", async () => {
    const page = await open();
    const options = page.getByRole("button", { name: "You and this chat" });
    await options.click();
    await page.getByRole("radio", { name: "Русский" }).check();
    await expect.poll(() => studio.chat.room().language).toBe("ru");
    await page.getByRole("button", { name: "Block the bot" }).click();
    await page.getByText("You blocked the bot. It cannot write to you.").waitFor();
    expect(await page.getByRole("textbox").count()).toBe(0);
    await page.getByRole("button", { name: "Unblock", exact: true }).click();
    await page.getByRole("textbox").waitFor();
    expect(studio.chat.room().blocked).toBe(false);
  });

  it("offers the bot's commands, also by keyboard", async () => {
    studio.chat.set({
      commands: [
        { command: "start", description: "Menu" },
        { command: "avatars", description: "Your avatars" },
      ],
    });
    const page = await open();
    await page.getByRole("button", { name: "Commands" }).focus();
    await page.keyboard.press("Enter");
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await expect.poll(focused).toBe("/startMenu");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("/avatarsYour avatars");
    await page.keyboard.press("Enter");
    await expect.poll(() => studio.chat.deeds).toStrictEqual([{ did: "say", text: "/avatars" }]);
  });

  it("says that the bot is down", async () => {
    const page = await open();
    studio.become({ state: "waiting", line: "The bot ended by itself. It is started again in 2 s." });
    await page.getByRole("status").getByText("It is started again in 2 s.").waitFor();
    studio.become({ state: "running", line: "" });
    await page.getByText("It is started again in 2 s.").waitFor({ state: "detached" });
  });

  it("shows how each of several bots fares, and kills one", async () => {
    studio = await servedPage(threeBots);
    const page = await open();
    const bots = page.getByRole("list", { name: "Bots" });
    await page.getByText("Make trouble").click();
    expect(await page.getByRole("button", { name: /^Kill/ }).count()).toBe(3);
    const kill = bots.getByRole("button", { name: "Kill Bot 2" });
    await kill.click();
    await expect.poll(() => studio.troubles.all().filter(({ state }) => state === "armed")).toHaveLength(1);
    expect(studio.troubles.all()).toContainEqual({ name: "bot-killed", bot: "Bot 2", state: "armed" });
    studio.troubles.become("bot-killed", "busy", "Bot 2");
    studio.become({ name: "Bot 2", state: "waiting", line: "Bot 2 was killed." });
    await bots.getByText("down …").waitFor();
    expect(await bots.getByRole("listitem").allTextContents()).toStrictEqual([
      "Bot 1 runningKill",
      "Bot 2 down …Kill",
      "Bot 3 runningKill",
    ]);
    expect(await kill.getAttribute("aria-disabled")).toBe("true");
    const chat = page.getByRole("main").getByRole("status");
    expect(await chat.getByText("Bot 2 was killed.").count()).toBe(0);
    for (const name of ["Bot 1", "Bot 3"]) studio.become({ name, state: "waiting", line: `${name} was killed.` });
    await chat.getByText("Bot 1 was killed. Bot 2 was killed. Bot 3 was killed.").waitFor();
  });

  it.each([
    ["a phone", "light", { ...phone, colorScheme: "light" as const }],
    ["a phone", "dark", { ...phone, colorScheme: "dark" as const }],
    ["a desktop", "light", { ...desktop, colorScheme: "light" as const }],
    ["a desktop", "dark", { ...desktop, colorScheme: "dark" as const }],
    ["a narrow phone", "light", { viewport: { width: 320, height: 568 } }],
  ])("fits %s, and is readable in %s colours", async (_device, _look, options) => {
    studio = await servedPage(threeBots);
    for (let id = 1; id <= 6; id++) studio.chat.put({ id, from: "person", album: "a", photo: picture });
    studio.chat.put({
      id: 7,
      from: "person",
      document: { url: "/files/photo", name: `${"long-".repeat(30)}name.jpg`, bytes: 9 },
    });
    studio.chat.put({
      id: 8,
      replyTo: 7,
      text: "x".repeat(200),
      edited: true,
      buttons: [
        [
          { text: "Train with 12 photos", data: "a" },
          { text: "Undo the last one", data: "b" },
        ],
      ],
    });
    const [text, photo] = [`${"very-".repeat(30)}long\nMade with AI`, { ...picture, width: 540 }];
    studio.chat.put({ id: 8.0001, photo, text, buttons: [["♡", "Again", "Variation"].map((key) => ({ text: key }))] });
    studio.chat.put({ id: 8.0002, document: { url: "/files/photo", name: "ada-1.jpg", bytes: 67_000 }, text });
    studio.chat.put({ id: 8.001, from: "service", text: "You blocked the bot" });
    studio.troubles.become("answer-lost", "armed");
    studio.troubles.become("bot-killed", "busy", "Bot 2");
    studio.become({ name: "Bot 2", state: "waiting", line: "" });
    for (const kind of ["message", "fal", "webhook", "state", "job", "bot", "trouble"] as const)
      studio.behind.add({ kind, line: `${"very-".repeat(30)}long`, trouble: kind === "bot", details: "{}" });
    const page = await open(options);
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.getByText("You blocked the bot").waitFor();
    expect([await sideways(), await lowContrast(page)]).toStrictEqual([0, []]);
    await page.getByRole("button", { name: /^Photo from Likeness/ }).click();
    await page.getByRole("dialog").getByText("Made with AI").waitFor();
    expect([await sideways(), await lowContrast(page)]).toStrictEqual([0, []]);
    await page.keyboard.press("Escape");
    const tab = page.getByRole("button", { name: "Behind the chat" });
    if (await tab.isVisible()) {
      expect(await page.getByRole("complementary").isVisible()).toBe(false);
      await tab.click();
      expect(await page.getByRole("log").isVisible()).toBe(false);
    }
    await page.getByText("Make trouble").click();
    await page.getByRole("button", { name: "Restart the database" }).waitFor();
    expect([await sideways(), await lowContrast(page)]).toStrictEqual([0, []]);
  });
});

describeInBrowser("the page without its server", (browser) => {
  it("says so, and goes on by itself when it is back", async () => {
    const studio = await servedPage();
    const { page } = await openPage(browser(), studio.url);
    onTestFinished(() => page.context().close());
    await page.getByRole("log").waitFor();
    await studio.restart(async () => {
      await page.getByText("The studio does not answer. This page goes on by itself").waitFor();
      await page.getByRole("textbox").fill("hello");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").getByText("Does it still run in the terminal?").waitFor();
      expect(await page.getByRole("textbox").inputValue()).toBe("hello");
      studio.chat.put({ id: 1, text: "written meanwhile" });
    });
    await page.getByText("written meanwhile").waitFor();
  });
});
