import { onceHeard } from "./once-heard.ts";
import type { Audience, Trouble, TroubleStage } from "./trouble.ts";

/** The webhook of an outcome is lost. */
export function loseWebhook(
  { fal: { fake, connection } }: Pick<TroubleStage, "fal">,
  { changed, tell }: Audience,
): Trouble {
  let armed = false;
  const lose = (requestId: string): void => {
    armed = false;
    tell("The webhook gets lost at a redirect, and fal does not repeat those. The bot will ask fal itself.");
    onceHeard(fake.control, { requestId, questions: ["result"] }, () =>
      tell("Healed: the bot asked fal itself and has the outcome."),
    );
    changed();
  };
  return {
    name: "webhook-lost",
    state: () => (armed ? "armed" : "off"),
    set: (wanted) => {
      armed = wanted;
      connection.loseNext(wanted ? lose : undefined);
      changed();
    },
  };
}

/** The webhook of an outcome arrives twice. */
export function repeatWebhook({ fal }: Pick<TroubleStage, "fal">, { changed, tell }: Audience): Trouble {
  const { control } = fal.fake;
  let armed = false;
  const repeat = async (requestId: string): Promise<void> => {
    tell("fal sends the webhook once more.");
    const answer = await control.deliverAgain(requestId);
    tell(
      answer === 200
        ? "Healed: the bot has it already, says 200 and does nothing more."
        : `The second one was answered with ${answer}; fal tries again.`,
    );
  };
  control.subscribe((activity) => {
    if (!armed || activity.type !== "webhook" || activity.answer !== 200) return;
    armed = false;
    changed();
    void repeat(activity.requestId);
  });
  return {
    name: "webhook-twice",
    state: () => (armed ? "armed" : "off"),
    set: (wanted) => {
      armed = wanted;
      changed();
    },
  };
}
