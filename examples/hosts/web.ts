import { createLikeness, listen, webhookPath, type Likeness, type LikenessPorts, type Notifier } from "@likeness/core";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { okAsync } from "neverthrow";
import { answer } from "./answer.ts";
import { openPages } from "./open-pages.ts";

type Env = { Variables: { actor: string } };

/** `ownerOf` is the host's login: who sends a request, e.g. `web:7`. */
export interface WebHostOptions extends Omit<LikenessPorts, "notifier" | "photoSource"> {
  readonly ownerOf: (request: Request) => string | undefined;
}

/** People upload photos, follow their orders by events, and fetch their pictures. There is no chat. */
export function webHost({ ownerOf, ...ports }: WebHostOptions): { likeness: Likeness; app: Hono<Env> } {
  const { push, follow } = openPages();
  const send: Notifier["send"] = ({ ownerId, avatarId, content }) =>
    okAsync({ type: push(ownerId, "message", { avatarId, ...content }) ? "sent" : "unreachable" });
  const likeness = createLikeness({ ...ports, notifier: { send } });
  listen({ order: { end: ({ ownerId, ...change }) => push(ownerId, "order", change) } }, console.error);

  const app = new Hono<Env>();
  app.all(webhookPath, ({ req }) => likeness.webhooks.handle(req.raw));
  app.use(bodyLimit({ maxSize: 20 << 20 }), async (context, next) => {
    const actor = ownerOf(context.req.raw);
    if (actor === undefined) return context.json({ error: "unauthorized" }, 401);
    context.set("actor", actor);
    return next();
  });
  const { avatars, photos, trainings, images, messages } = likeness;
  const avatar = ({ req, var: { actor } }: Context<Env>) => ({ actor, avatarId: req.param("avatarId") ?? "" });

  app.post("/avatars/:name", ({ req, var: { actor } }) =>
    answer(avatars.create({ actor, kind: "portrait", gender: "unspecified", name: req.param("name") })),
  );
  app.post("/avatars/:avatarId/photos", async (context) =>
    answer(photos.add({ ...avatar(context), bytes: new Uint8Array(await context.req.arrayBuffer()) })),
  );
  app.post("/avatars/:avatarId/training", (context) => answer(trainings.start(avatar(context))));
  app.post("/avatars/:avatarId/pictures/:scene", (context) => {
    // The page makes one key for each press: a double click and a retry bring the same, and are paid once.
    const idempotencyKey = context.req.header("idempotency-key");
    if (!idempotencyKey) return context.json({ error: "idempotency-key-missing" }, 400);
    return answer(images.generate({ ...avatar(context), scene: context.req.param("scene"), idempotencyKey }));
  });
  app.get("/pictures/:pictureId", async ({ req, var: { actor } }) => {
    const opened = await images.open({ actor, pictureId: req.param("pictureId") });
    if (opened.isErr()) return answer(opened.map(({ picture }) => picture));
    return new Response(opened.value.stream, { headers: { "content-type": opened.value.picture.contentType } });
  });
  app.get("/events", (context) => {
    const { actor } = context.var;
    // What could not be told while nobody looked.
    return follow(context, actor, () => messages.resendMissed({ actor }));
  });
  return { likeness, app };
}
