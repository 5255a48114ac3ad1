import { found, type Check, type Found } from "@likeness/core";
import { z } from "zod";
import type { FalConnection } from "../http/connection.ts";
import { askPlatform, unanswered } from "./ask-platform.ts";
import { fieldsIn, type EndpointFields } from "./fields-in.ts";
import type { UsedEndpoint } from "./used-endpoints.ts";

/** fal answers with at most ten schemas at once. */
const mostAtOnce = 10;

/**
 * Whether fal still offers every endpoint in use, with the fields that are sent and read.
 * https://fal.ai/docs/platform-apis/v1/models
 */
export const endpointCheck = (connection: FalConnection, endpoints: readonly UsedEndpoint[]): Check => ({
  name: "fal endpoints",
  seconds: 20,
  look: async (signal) => {
    const findings = await Promise.all(
      partsOf(endpoints).map(async (part) => {
        const query = new URLSearchParams([
          ...part.map(({ endpoint }) => ["endpoint_id", endpoint]),
          ["expand", "openapi-3.0"],
        ]);
        return (await askPlatform(connection, `/v1/models?${query}`, signal)).match(
          (answer) => compare(part, answer),
          (failure) => [unanswered(failure)],
        );
      }),
    );
    const all = findings.flat();
    return all.length > 0 ? all : [found.ok(`fal offers all ${endpoints.length} with the fields that are used`)];
  },
});

const partsOf = (endpoints: readonly UsedEndpoint[]): readonly (readonly UsedEndpoint[])[] =>
  Array.from({ length: Math.ceil(endpoints.length / mostAtOnce) }, (_, at) =>
    endpoints.slice(at * mostAtOnce, (at + 1) * mostAtOnce),
  );

function compare(used: readonly UsedEndpoint[], answer: unknown): Found[] {
  const listed = modelList.safeParse(answer).data?.models;
  if (!listed)
    return [found.warning("fal's list of models cannot be read", "look for a newer version of @likeness/fal")];
  return used.flatMap((each) => {
    const model = listed.find(({ endpoint_id }) => endpoint_id === each.endpoint);
    // fal lists an id that it does not know without anything about it.
    return model?.metadata ? judge(each, model.metadata.status, fieldsIn(model.openapi, each.endpoint)) : [gone(each)];
  });
}

const otherTrainer = "choose another endpoint in the profiles or recipes: https://fal.ai/models";

const gone = ({ endpoint }: UsedEndpoint): Found =>
  found.broken(`fal does not offer ${endpoint} any more`, otherTrainer);

function judge(used: UsedEndpoint, status: string | null | undefined, fields: EndpointFields): Found[] {
  const { endpoint, sent, read } = used;
  const unsent = missing(sent, fields.input);
  const unread = missing(read, fields.output);
  const needed = (fields.required ?? []).filter((field) => !sent.includes(field));
  return [
    ...(status === "deprecated" ? [found.warning(`fal is about to withdraw ${endpoint}`, otherTrainer)] : []),
    ...(unsent.length > 0
      ? [
          found.broken(
            `${endpoint} does not take ${unsent.join(", ")} any more`,
            `correct its fields, ${seePage(endpoint)}`,
          ),
        ]
      : []),
    ...(needed.length > 0
      ? [found.broken(`${endpoint} now needs ${needed.join(", ")}`, `add it to its input, ${seePage(endpoint)}`)]
      : []),
    ...(unread.length > 0
      ? [
          found.broken(
            `${endpoint} does not answer with ${unread.join(", ")} any more`,
            `correct its fields, ${seePage(endpoint)}`,
          ),
        ]
      : []),
  ];
}

const seePage = (endpoint: string): string => `see https://fal.ai/models/${endpoint}/api`;

/** None is missing where the schema is not told. */
const missing = (wanted: readonly string[], there: readonly string[] | undefined): string[] =>
  there ? wanted.filter((field) => !there.includes(field)) : [];

const modelList = z.object({
  models: z.array(
    z.object({
      endpoint_id: z.string(),
      metadata: z.object({ status: z.string().nullish() }).nullish(),
      openapi: z.unknown().optional(),
    }),
  ),
});
