import { createLikeness, type Repositories, type Store } from "@likeness/core";
import { expect, it } from "vitest";
import { testPorts } from "../fakes/test-ports.ts";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { someProfiles } from "../fixtures/profile.ts";
import { valueOf } from "../results/value-of.ts";

type Members = Record<string, unknown>;

/** The port as a class would be it: its members are on the prototype, and need `this`. */
function asClass<Port extends object>(port: Port): Port {
  class ClassPort {
    readonly #port = port as Members;
    member(name: string): unknown {
      return this.#port[name];
    }
  }
  for (const name of Object.keys(port))
    Object.defineProperty(ClassPort.prototype, name, {
      get(this: ClassPort) {
        const member = this.member(name);
        if (typeof member !== "function") return member;
        return function (this: ClassPort, ...given: unknown[]): unknown {
          return Reflect.apply(this.member(name) as typeof member, undefined, given);
        };
      },
    });
  return new ClassPort() as unknown as Port;
}

const repositoriesAsClasses = <R extends Repositories>(repositories: R): R =>
  asClass(
    Object.fromEntries(
      Object.entries(repositories as object).map(([name, member]: [string, object]) => [
        name,
        typeof member === "function" ? member : asClass(member),
      ]),
    ) as unknown as R,
  );

const storeAsClass = (store: Store): Store =>
  repositoriesAsClasses<Store>({
    ...store,
    atomically: (work) => store.atomically((tx) => work(repositoriesAsClasses(tx))),
  });

it("takes ports that are classes", async () => {
  const fakes = testPorts({ profiles: someProfiles({ minimum: 1, maximum: 3 }) });
  const { ports, storage, provider, clock, notifier } = fakes;
  const likeness = createLikeness({
    ...ports,
    store: storeAsClass(storage.store),
    provider: asClass(ports.provider),
    notifier: asClass(ports.notifier),
  });
  const actor = "owner:1";
  const order = async () => {
    const about = { actor, kind: "portrait", gender: "unspecified", name: "Ada" } as const;
    const { id: avatarId } = await valueOf(likeness.avatars.create(about));
    await valueOf(likeness.photos.add({ actor, avatarId, bytes: photoBytes() }));
    return valueOf(likeness.trainings.start({ actor, avatarId }));
  };
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) {
      await valueOf(likeness.runDue({ limit: 100, deadlineMs: 45_000 }));
      await clock.advance(60);
    }
  };
  await order();
  await minutes(1);
  provider.report(provider.requests[0]?.requestId ?? "", { type: "succeeded", outcome: aModel() });
  await minutes(5);
  expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-ready"]);

  const { avatarId } = await order();
  await minutes(1);
  await valueOf(likeness.trainings.cancel({ actor, avatarId }));
  await minutes(2);
  expect(provider.calls.filter((method) => method === "cancel")).toHaveLength(1);
});
