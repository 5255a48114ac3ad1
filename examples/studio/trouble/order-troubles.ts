import type { FalFakeAccepted, FalFakeBehaviour } from "@likeness/fal/testing";
import type { TroubleName } from "../protocol.ts";
import { onceHeard } from "./once-heard.ts";
import type { Audience, Trouble, TroubleStage } from "./trouble.ts";

/** The behaviour of fal for the next order. */
const behaviours = {
  "training-fails": { outcome: "error" },
  "answer-lost": { submit: "drop-after-accepting" },
} as const satisfies Partial<Record<TroubleName, FalFakeBehaviour>>;

type OrderTrouble = keyof typeof behaviours;

/** Troubles with the one paid request and its training. */
export function orderTroubles({ fal }: Pick<TroubleStage, "fal">, { changed, tell }: Audience): readonly Trouble[] {
  const { control } = fal.fake;
  const armed = new Set<OrderTrouble>();
  const arrange = (): void => {
    control.always(Object.assign({}, ...[...armed].map((name) => behaviours[name])));
    changed();
  };
  // Reset, because an earlier studio may have left a behaviour in the snapshot.
  control.always({});

  const fails = (line: string, { requestId }: FalFakeAccepted): void => {
    tell(line);
    onceHeard(control, { requestId, questions: ["result"] }, () =>
      tell("Healed: the bot knows that it failed, and says so with a way to train again."),
    );
  };
  const happens = {
    "training-fails": (order) => fails("fal has taken the order, and this training is going to fail.", order),
    "answer-lost": ({ requestId, webhookUrl }) => {
      tell("fal has taken the order, but its answer is lost. The bot does not order again; it finds out.");
      onceHeard(control, { requestId, questions: ["status", "result"] }, (how) => {
        const found = { webhook: "the webhook says which training it is", request: "the bot found it in fal’s list" };
        const orders = control.accepted().filter((order) => order.webhookUrl === webhookUrl).length;
        tell(`Healed: ${found[how]}. Orders of it at fal: ${orders}.`);
      });
    },
  } as const satisfies Record<OrderTrouble, (order: FalFakeAccepted) => void>;

  let known = control.accepted().length;
  control.subscribe(() => {
    const accepted = control.accepted();
    const order = accepted.at(-1);
    if (!order || accepted.length === known) return;
    known = accepted.length;
    if (armed.size === 0) return;
    for (const name of armed) happens[name](order);
    armed.clear();
    arrange();
  });

  const withNextOrder = (name: OrderTrouble): Trouble => ({
    name,
    state: () => (armed.has(name) ? "armed" : "off"),
    set: (wanted) => {
      if (wanted) armed.add(name);
      else armed.delete(name);
      arrange();
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
        const running = control.accepted().findLast(({ status }) => status !== "COMPLETED");
        if (wanted && running) failNow(running);
        else failNext.set(wanted);
      },
    },
    withNextOrder("answer-lost"),
  ];
}
