import type { Locator, Page } from "playwright-core";

/** More Tab stops than the page has at the end of a journey. */
const mostStops = 120;

/** Whatever is pressed without a mouse. */
export function keyboardSteps(page: Page) {
  const isFocused = (goal: Locator): Promise<boolean> => goal.evaluate((element) => element === document.activeElement);
  const tabTo = async (goal: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> => {
    let count = 0;
    // The chat may replace the goal meanwhile, and a newer one may come.
    while (!(await isFocused(goal))) {
      // Found once: the browser takes longer to find it again at each stop than to go there.
      const reached = await goal.evaluateHandle(
        (element) => (): boolean => element === document.activeElement || !element.isConnected,
      );
      do {
        if (count++ > mostStops) throw new Error(`${key} does not lead to the goal in ${mostStops} stops`);
        await page.keyboard.press(key);
      } while (!(await reached.evaluate((isReached) => isReached())));
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
