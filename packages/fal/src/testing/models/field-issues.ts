import type { Json } from "@likeness/core";
import type { z } from "zod";
import { issue } from "../wire/call.ts";

/** The findings of a schema in the words of pydantic, which fal's models use. https://fal.ai/docs/errors */
export const fieldIssues = ({ issues }: z.ZodError): Json[] => issues.flatMap(findings);

function findings(found: z.core.$ZodIssue): Json[] {
  const at = ["body", ...found.path.map((part) => (typeof part === "number" ? part : String(part)))];
  switch (found.code) {
    case "invalid_type":
      return [typeIssue(at, found.expected, found.input)];
    case "too_small":
      return [issue(at, `Input should be greater than or equal to ${found.minimum}`, "greater_than_equal")];
    case "too_big":
      return [issue(at, `Input should be less than or equal to ${found.maximum}`, "less_than_equal")];
    case "invalid_value":
      return [
        issue(at, `Input should be ${found.values.map((value) => `'${String(value)}'`).join(" or ")}`, "literal_error"),
      ];
    case "unrecognized_keys":
      return found.keys.map((key) => issue([...at, key], "Extra inputs are not permitted", "extra_forbidden"));
    case "invalid_union":
      return [issue(at, "Input should be a size or the name of one", "literal_error")];
    default:
      return [issue(at, found.message, "value_error")];
  }
}

const types: Readonly<Record<string, readonly [words: string, type: string] | undefined>> = {
  string: ["string", "string_type"],
  int: ["integer", "int_type"],
  number: ["number", "float_type"],
  boolean: ["boolean", "bool_type"],
  array: ["list", "list_type"],
  object: ["dictionary", "model_type"],
};

function typeIssue(at: readonly (string | number)[], expected: string, input: unknown): Json {
  if (input === undefined) return issue(at, "Field required", "missing");
  const [words, type] = types[expected] ?? [expected, "value_error"];
  return issue(at, `Input should be a valid ${words}`, type);
}
