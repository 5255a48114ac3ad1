import type { Page } from "playwright-core";

const fromBot = /^Photo (?:(?<place>\d+ of \d+) )?from Likeness(?<caption>.*)$/;

/** The steps of a person in the chat, by the bot's English texts. */
export function botSteps(page: Page) {
  const log = page.getByRole("log");
  const messages = log.getByRole("article");
  const press = (name: string | RegExp): Promise<void> => log.getByRole("button", { name }).last().click();
  const reads = (text: string | RegExp, timeout = 180_000): Promise<void> =>
    messages.filter({ hasText: text }).last().waitFor({ timeout });
  const says = async (text: string): Promise<void> => {
    await page.getByRole("textbox", { name: "Message" }).fill(text);
    await page.keyboard.press("Enter");
  };
  return {
    press,
    reads,
    says,
    /** From the empty chat to the step that takes photos. */
    begins: async (name: string): Promise<void> => {
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await press("Portrait");
      await press("Female");
      await reads("What shall we call it?");
      await says(name);
      await reads("One thing before your photos");
      await press("My photos, or with permission");
      await log.getByRole("button", { name: "☑ My photos" }).waitFor();
      await press("Everyone is 18 or older");
      await log.getByRole("button", { name: "☑ Everyone is 18" }).waitFor();
      await press("Continue");
      await reads("Now send");
    },
    sendsSamples: async (): Promise<void> => {
      await page.getByRole("button", { name: "Send a sample album" }).click();
      const judged = messages.filter({ hasText: "Accepted: 12 (10–20 needed)", hasNotText: "Being checked" });
      await judged.last().waitFor({ timeout: 180_000 });
    },
    /** The names of the bot's pictures, without what all have in common. */
    pictures: async (): Promise<string[]> => {
      const names = await log.getByRole("img").evaluateAll((all) => all.map((picture) => picture.getAttribute("alt")));
      return names.flatMap((name) => {
        const { place = "", caption } = fromBot.exec(name ?? "")?.groups ?? {};
        return caption === undefined ? [] : `${place}${caption}`;
      });
    },
    /** From the ready message to a picture. */
    draws: async (scene = "Headshot"): Promise<void> => {
      await press("Make pictures");
      await press(scene);
      await press("Draw");
      await log.getByRole("img", { name: "Photo from Likeness: Made with AI" }).last().waitFor({ timeout: 180_000 });
    },
    trains: async (): Promise<void> => {
      await press("Continue");
      await reads("Ready to train?");
      await press("Start training");
      await reads(/Preparing the photos|In the queue|Training: \d+%/);
    },
  };
}
