import type { Locator, Page } from "playwright-core";

/** More Tab stops than the page has at the end of a journey. */
const mostStops = 120;

/** Whatever is pressed without a mouse. */
export function keyboardSteps(page: Page) {
  const tabTo = async (goal: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> => {
    const isFocused = (): Promise<boolean> => goal.evaluate((element) => element === document.activeElement);
    for (let count = 0; !(await isFocused()); count++) {
      if (count > mostStops) throw new Error(`${key} does not lead to the goal in ${mostStops} stops`);
      await page.keyboard.press(key);
    }
  };
  return {
    tabTo,
    /** Goes to the newest button of that name, and presses it. Repeated when the chat replaces the button meanwhile. */
    press: async (name: string, key?: "Shift+Tab"): Promise<void> => {
      const button = page.getByRole("button", { name, exact: true }).last();
      for (let isPressed = false; !isPressed;) {
        await button.waitFor({ timeout: 180_000 });
        await tabTo(button, key);
        const click = await button.evaluateHandle((element) => {
          const seen = { happened: false };
          element.addEventListener("click", () => (seen.happened = true), { once: true });
          return seen;
        });
        await page.keyboard.press("Enter");
        isPressed = await click.evaluate(({ happened }) => happened);
      }
    },
    /** Writes a message. */
    says: async (text: string): Promise<void> => {
      await tabTo(page.getByRole("textbox", { name: "Message" }));
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    },
  };
}
