import { found, type Check, type Found, type ProviderUses } from "@likeness/core";
import { z } from "zod";
import type { ReplicateConnection } from "../http/connection.ts";
import type { ReplicateFailure } from "../http/failure.ts";
import { endpointIn } from "../requests/paths.ts";
import { fieldsIn } from "./fields-in.ts";
import { usedEndpoints, type UsedEndpoint } from "./used-endpoints.ts";

/** Whether the token is valid, the destination private, and the models in use are what this deployment takes them for. */
export const replicateChecks =
  (connection: ReplicateConnection, destination: string) =>
  (uses: ProviderUses): readonly Check[] => {
    const endpoints = usedEndpoints(uses);
    return [
      tokenCheck(connection),
      destinationCheck(connection, destination),
      { name: "replicate models", seconds: 20, look: () => lookAtModels(connection, endpoints) },
    ];
  };

const tokenCheck = ({ call }: ReplicateConnection): Check => ({
  name: "replicate token",
  cheap: true,
  look: async () =>
    (await call("/account", { seconds: 8 })).match(
      () => [found.ok("Replicate takes the token")],
      (failure) => [
        failure.type === "answer" && (failure.status === 401 || failure.status === 403)
          ? found.broken(
              `Replicate refuses the token: ${failure.detail}`,
              "make a new one at https://replicate.com/account/api-tokens",
            )
          : unanswered(failure),
      ],
    ),
});

const destinationCheck = ({ call }: ReplicateConnection, destination: string): Check => ({
  name: "replicate destination",
  look: async () =>
    (await call(`/models/${destination}`, { seconds: 8 })).match(
      (answer) => [
        visible.safeParse(answer).data?.visibility === "private"
          ? found.ok(`${destination} is private`)
          : found.broken(`${destination} is not private: it would show faces to everybody`, "make the model private"),
      ],
      (failure) => [
        failure.type === "answer" && failure.status === 404
          ? found.ok(`${destination} is made with the first training`)
          : failure.type === "answer" && (failure.status === 401 || failure.status === 403)
            ? found.skipped("the token is refused")
            : unanswered(failure),
      ],
    ),
});

const visible = z.object({ visibility: z.string() });

async function lookAtModels(
  connection: ReplicateConnection,
  endpoints: readonly UsedEndpoint[],
): Promise<readonly Found[]> {
  const all = (await Promise.all(endpoints.map((each) => lookAtModel(connection, each)))).flat();
  // Said once by the check of the token.
  if (all.includes(tokenRefused)) return [tokenRefused];
  return all.length > 0 ? all : [found.ok(`Replicate offers all ${endpoints.length} with the fields that are used`)];
}

const tokenRefused = found.skipped("the token is refused");

const otherModel = "choose another version in the profiles or recipes: https://replicate.com/explore";

async function lookAtModel({ call }: ReplicateConnection, used: UsedEndpoint): Promise<readonly Found[]> {
  const place = endpointIn(used.endpoint);
  if (!place) return [found.broken(`${used.endpoint} is no model of Replicate`, otherModel)];
  const { model, version } = place;
  const path = version === undefined ? `/models/${model}` : `/models/${model}/versions/${version}`;
  return (await call(path, { seconds: 15 })).match(
    (answer) => judge(used, answer),
    (failure) => {
      if (failure.type === "answer" && (failure.status === 401 || failure.status === 403)) return [tokenRefused];
      if (failure.type === "answer" && (failure.status === 404 || failure.status === 422))
        return [found.broken(`Replicate does not offer ${shortNameOf(used)} any more`, otherModel)];
      return [unanswered(failure)];
    },
  );
}

function judge(used: UsedEndpoint, answer: unknown): readonly Found[] {
  const fields = fieldsIn(answer, used.trains ? "TrainingInput" : "Input");
  // Some models do not tell their schema.
  const unsent = fields ? used.sent.filter((field) => !fields.includes(field)) : [];
  return unsent.length === 0
    ? []
    : [
        found.broken(
          `${shortNameOf(used)} does not take ${unsent.join(", ")} any more`,
          "correct its fields in the profiles or recipes",
        ),
      ];
}

const shortNameOf = ({ endpoint }: UsedEndpoint): string => endpoint.replace(/:([0-9a-f]{8})[0-9a-f]+$/, ":$1…");

const unanswered = ({ detail, ...failure }: ReplicateFailure): Found =>
  failure.type === "answer" && failure.status === 429
    ? found.warning("Replicate asks to wait", "look again in a minute")
    : found.broken(
        `Replicate does not answer as it should: ${detail}`,
        "look at https://www.replicatestatus.com, and at the network",
      );
