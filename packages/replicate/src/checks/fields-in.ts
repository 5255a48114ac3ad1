import { z } from "zod";

/** The fields of a model's input by its schema; `undefined`: it does not tell. A version has the schema itself, a model that of its newest version. */
export function fieldsIn(answer: unknown, input: "Input" | "TrainingInput"): readonly string[] | undefined {
  const { openapi_schema, latest_version } = described.safeParse(answer).data ?? {};
  const schemas = (openapi_schema ?? latest_version?.openapi_schema)?.components.schemas;
  const properties = schema.safeParse(schemas?.[input]).data?.properties;
  return properties && Object.keys(properties);
}

const schema = z.object({ properties: z.record(z.string(), z.unknown()) });

const openapi = z
  .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
  .nullish()
  .catch(undefined);

const described = z.object({
  openapi_schema: openapi,
  latest_version: z.object({ openapi_schema: openapi }).nullish().catch(undefined),
});
