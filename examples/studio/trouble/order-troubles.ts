import type { FalFakeAccepted, FalFakeBehaviour } from "@likeness/fal/testing";
import type { TroubleName } from "../protocol.ts";
import { onceHeard } from "./once-heard.ts";
import type { Audience, Trouble, TroubleStage } from "./trouble.ts";

/** The behaviour of fal for the next training or picture. */
const behaviours = {
  "training-fails": { only: "trainings", outcome: "error" },
  "answer-lost": { only: "trainings", submit: "drop-after-accepting" },
  "picture-blocked": { only: "pictures", picture: "flagged" },
  // Without its webhook, which names the order, the bot has nothing but the seed.
  "picture-answer-lost": { only: "pictures", submit: "drop-after-accepting", webhook: "lost" },
} as const satisfies Partial<Record<TroubleName, FalFakeBehaviour>>;

type OrderTrouble = keyof typeof behaviours;
type Ordered = (typeof behaviours)[OrderTrouble]["only"];

const orderedAt = (endpoint: string): Ordered => (/-train(er|ing)$/.test(endpoint) ? "trainings" : "pictures");

/** Troubles with the one paid request of a training or a picture. */
export function orderTroubles({ fal }: Pick<TroubleStage, "fal">, { changed, tell }: Audience): readonly Trouble[] {
  const { control } = fal.fake;
  const armed = new Set<OrderTrouble>();
  const takeBack = new Map<Ordered, () => void>();

  const armedFor = (ordered: Ordered) => [...armed].filter((name) => behaviours[name].only === ordered);
  const arrange = (ordered: Ordered): void => {
    takeBack.get(ordered)?.();
    const together: FalFakeBehaviour[] = armedFor(ordered).map((name) => behaviours[name]);
    if (together.length > 0) takeBack.set(ordered, control.next(Object.assign({}, ...together)));
    changed();
  };

  const fails = (line: string, { requestId }: FalFakeAccepted): void => {
    tell(line);
    onceHeard(control, { requestId, questions: ["result"] }, () =>
      tell("Healed: the bot knows that it failed, and says so with a way to train again."),
    );
  };
  const answerLost = (line: string, found: string, { requestId, webhookUrl }: FalFakeAccepted): void => {
    tell(line);
    onceHeard(control, { requestId, questions: ["status", "result"] }, (how) => {
      const ways = { webhook: "the webhook says which order it is", request: found };
      const orders = control.accepted().filter((order) => order.webhookUrl === webhookUrl).length;
      tell(`Healed: ${ways[how]}. Orders of it at fal: ${orders}.`);
    });
  };
  const happens = {
    "training-fails": (order) => fails("fal has taken the order, and this training is going to fail.", order),
    "answer-lost": (order) =>
      answerLost(
        "fal has taken the order, but its answer is lost. The bot does not order again; it finds out.",
        "the bot found it in fal’s list",
        order,
      ),
    "picture-blocked": ({ requestId }) => {
      tell("fal has taken the order of a picture, and its filter is going to flag it.");
      onceHeard(control, { requestId, questions: ["result"] }, () =>
        tell("Healed: the bot knows that it was flagged; it copies nothing, shows nothing and charges nothing."),
      );
    },
    "picture-answer-lost": (order) =>
      answerLost(
        "fal has taken the order of a picture, but its answer and its webhook are lost. The bot does not order again; it looks for the seed.",
        "the bot found it in fal’s list by its seed",
        order,
      ),
  } as const satisfies Record<OrderTrouble, (order: FalFakeAccepted) => void>;

  let known = control.accepted().length;
  const notice = (): void => {
    const news = control.accepted().slice(known);
    known += news.length;
    for (const order of news) {
      const ordered = orderedAt(order.endpoint);
      const names = armedFor(ordered);
      for (const name of names) {
        armed.delete(name);
        happens[name](order);
      }
      if (names.length > 0) arrange(ordered);
    }
  };
  control.subscribe(notice);

  const withNextOrder = (name: OrderTrouble): Trouble => ({
    name,
    state: () => (armed.has(name) ? "armed" : "off"),
    set: (wanted) => {
      // An order that is being answered was taken without this.
      notice();
      if (wanted) armed.add(name);
      else armed.delete(name);
      arrange(behaviours[name].only);
    },
  });
  const failNext = withNextOrder("training-fails");
  const failNow = (order: FalFakeAccepted): void => {
    fails("The training under way fails at fal.", order);
    void control.finish(order.requestId, "error");
  };
  return [
    {
      ...failNext,
      set: (wanted) => {
        const running = control
          .accepted()
          .findLast(({ status, endpoint }) => status !== "COMPLETED" && orderedAt(endpoint) === "trainings");
        if (wanted && running) failNow(running);
        else failNext.set(wanted);
      },
    },
    withNextOrder("answer-lost"),
    withNextOrder("picture-blocked"),
    withNextOrder("picture-answer-lost"),
  ];
}
