import { z } from "zod";

/** The fields of an endpoint by its schema; absent: the schema does not tell. */
export interface EndpointFields {
  readonly input?: readonly string[] | undefined;
  readonly required?: readonly string[] | undefined;
  readonly output?: readonly string[] | undefined;
}

/** Reads fields out of an OpenAPI document, whose schemas stand in `components` and are referred to by name. */
export function fieldsIn(document: unknown, endpoint: string): EndpointFields {
  const { paths = {}, components } = openapi.safeParse(document).data ?? {};
  const named = components?.schemas ?? {};
  const resolve = (schema: unknown): Schema | undefined => {
    const read = schemaForm.safeParse(schema).data;
    const name = read?.$ref?.replace("#/components/schemas/", "");
    return name === undefined ? read : schemaForm.safeParse(named[name]).data;
  };
  const input = resolve(paths[`/${endpoint}`]?.post?.requestBody?.content["application/json"]?.schema);
  const result = Object.entries(paths).find(([path]) => path.endsWith("/requests/{request_id}"))?.[1];
  const output = resolve(result?.get?.responses["200"]?.content["application/json"]?.schema);
  return { input: fieldsOf(input), required: input?.required ?? undefined, output: fieldsOf(output) };
}

const fieldsOf = (schema: Schema | undefined): readonly string[] | undefined =>
  schema?.properties ? Object.keys(schema.properties) : undefined;

type Schema = z.infer<typeof schemaForm>;

const schemaForm = z.object({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).nullish().catch(undefined),
});

const json = z.object({ content: z.record(z.string(), z.object({ schema: z.unknown().optional() })) });

const openapi = z.object({
  paths: z
    .record(
      z.string(),
      z.object({
        post: z.object({ requestBody: json.optional().catch(undefined) }).optional(),
        get: z.object({ responses: z.record(z.string(), json.catch({ content: {} })) }).optional(),
      }),
    )
    .optional(),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }).optional(),
});
