import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateRecipes } from "../recipes/replicate-recipes.ts";
import { usedEndpoints } from "../checks/used-endpoints.ts";
import { invalidVersion, notFound } from "./answers.ts";

export interface ModelChange {
  /** It is not offered any more. */
  readonly gone?: true | undefined;
  /** Fields that its input has no longer. */
  readonly without?: readonly string[] | undefined;
}

/** The models that the default profiles and recipes use, with their schemas, as `GET /models/…` shows them. */
export function describedModels() {
  const known = new Map(
    usedEndpoints({ profiles: replicateProfiles, recipes: replicateRecipes }).map((each) => [each.endpoint, each]),
  );
  const changes = new Map<string, ModelChange>();

  /** `owner/name` or `owner/name:version`, of the parts of a path. */
  const endpointOf = ([, owner, name, versions, version]: readonly string[]): string =>
    versions === "versions" && version !== undefined ? `${owner}/${name}:${version}` : `${owner}/${name}`;

  const schemaOf = (endpoint: string) => {
    const { trains, sent } = known.get(endpoint) ?? { trains: false, sent: [] };
    const { without = [] } = changes.get(endpoint) ?? {};
    const fields = sent.filter((field) => !without.includes(field)).map((field) => [field, { title: field }]);
    const input = { type: "object", properties: Object.fromEntries(fields) };
    return {
      openapi: "3.0.2",
      components: { schemas: trains ? { Input: { properties: {} }, TrainingInput: input } : { Input: input } },
    };
  };

  return {
    isKnown: (parts: readonly string[]): boolean => parts[3] === "versions" || known.has(endpointOf(parts)),
    answer: (parts: readonly string[]): Response => {
      const endpoint = endpointOf(parts);
      const isOffered = known.has(endpoint) && !changes.get(endpoint)?.gone;
      if (parts[3] === "versions")
        return isOffered ? Response.json({ id: parts[4], openapi_schema: schemaOf(endpoint) }) : invalidVersion();
      if (!isOffered) return notFound();
      const latest = { id: "hidden", openapi_schema: schemaOf(endpoint) };
      return Response.json({ owner: parts[1], name: parts[2], visibility: "public", latest_version: latest });
    },
    change: (endpoint: string, change: ModelChange): void => void changes.set(endpoint, change),
  };
}
