import { z } from "zod";

/**
 * `owner/app` with an optional path, as in https://fal.ai/models. A URL is refused, because fal's client would send the
 * photos and the key to its host.
 */
export const endpointId = z
  .string()
  .regex(/^[a-z0-9][\w-]*(?:\/[a-z0-9][\w.-]*)+$/i, "must be an endpoint id: owner/app or owner/app/path");

export const fieldName = z.string().regex(/^[a-z_]\w*$/i, "must be the name of a field");

export const modelInput = z.record(z.string(), z.json());

/** Each names the field and the mistake, but not the value. */
export const problemsOf = ({ issues }: z.ZodError): string[] =>
  issues.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message));
