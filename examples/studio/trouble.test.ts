import { beforeEach, expect, it } from "vitest";
import { botSteps } from "./__fixtures__/bot-steps.ts";
import { describeInBrowser } from "./__fixtures__/describe-in-browser.ts";
import { openCleanly } from "./__fixtures__/open-cleanly.ts";
import { newFolder, startStudio } from "./__fixtures__/start-studio.ts";

const trainings = /submit fal-ai\/\S+-trainer/;

describeInBrowser("the reference bot in the studio's troubles", (browser) => {
  let url: string;
  beforeEach(async () => {
    ({ url } = await startStudio(await newFolder(), ["--training-seconds", "2"]));
  });

  /** A chat with everything there that a training takes. */
  const prepare = async () => {
    const page = await openCleanly(browser(), url);
    const steps = botSteps(page);
    await steps.begins("Ada");
    await steps.sendsSamples();
    await page.getByText("Make trouble").click();
    const panel = page.getByRole("complementary");
    const said = (text: string): Promise<number> => page.getByRole("article").filter({ hasText: text }).count();
    return { page, panel, ...steps, said, makes: (name: string) => panel.getByRole("button", { name }).click() };
  };

  it("heal when the answer to the order is lost, and then a webhook", async () => {
    const { panel, makes, trains, reads, press, says, said } = await prepare();
    await makes("Lose the training’s answer");
    await trains();
    await reads("It is being checked");
    await reads("Ada is ready.");
    await panel.getByRole("status").getByText("the webhook says which order it is. Orders of it at fal: 1.").waitFor();
    expect(await panel.getByText(trainings).count()).toBe(1);

    await makes("Lose the webhook");
    await says("/avatars");
    await press(/^Ada, ready/);
    await press("Train again");
    await press("Start training");
    await panel
      .getByRole("status")
      .getByText("Healed: the bot asked fal itself and has the outcome.")
      .waitFor({ timeout: 180_000 });
    await expect.poll(() => said("Ada is ready."), { timeout: 180_000 }).toBe(2);
    expect(await panel.getByText(trainings).count()).toBe(2);
  });

  it("heal when it is killed in the middle, a picture is flagged, and the answer to another one is lost", async () => {
    const { page, panel, makes, trains, reads, said, press, draws } = await prepare();
    await trains();
    await panel.getByText("training -> submitted").waitFor();
    await makes("Kill the bot");
    await page.getByText("The bot was killed. It is started again in 1 s.").first().waitFor();
    await reads("Ada is ready.");
    await panel.getByRole("status").getByText("Healed: the bot runs again").waitFor();
    expect([await said("Ada is ready."), await panel.getByText(trainings).count()]).toStrictEqual([1, 1]);

    await makes("Block a picture");
    await press("Make pictures");
    await press("Café");
    await press("Draw");
    await reads("the safety filter blocked it.");
    await panel.getByRole("status").getByText("Healed: the bot knows that it was flagged").waitFor();
    expect(await page.getByRole("img", { name: "Photo from Likeness: Made with AI" }).count()).toBe(0);

    await makes("Lose the picture’s answer");
    await draws();
    await panel.getByRole("status").getByText("by its seed. Orders of it at fal: 1.").waitFor();
    await panel.getByText("image -> unknown").waitFor();
  });
});
