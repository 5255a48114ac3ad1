import { methodFields, oneOf, typeFields } from "./published-api.ts";
import type { Payload } from "./calls.ts";

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly types: readonly string[];
  readonly most?: { readonly count: number; readonly unit: "bytes" | "characters" } | undefined;
}

/**
 * What is wrong with a call by the published Bot API: a parameter or field that is unknown, is missing or has another type,
 * or is too long. Telegram itself passes over what it does not know, which hides a mistake.
 */
export function problemWithCall(method: string, { fields, uploads }: Payload): string | undefined {
  const published = Object.hasOwn(methodFields, method) ? methodFields[method] : undefined;
  if (published === undefined) return undefined;
  const sent = { ...Object.fromEntries([...uploads.keys()].map((name) => [name, "an upload"])), ...fields };
  return problemWithFields(fieldsIn(published), sent, (name) => name === setByHosts || uploads.has(name));
}

/** Hosts set it for every call, also where it means nothing. */
const setByHosts = "parse_mode";

function problemWithFields(
  published: readonly Field[],
  sent: Readonly<Record<string, unknown>>,
  isPart: (name: string) => boolean = () => false,
): string | undefined {
  const known = new Set(published.map(({ name }) => name));
  const unknown = Object.keys(sent).find((name) => !known.has(name) && !isPart(name));
  if (unknown !== undefined) return `${unknown} is not in the published Bot API`;
  for (const field of published) {
    const { name, required, types } = field;
    const value = sent[name];
    if (value === undefined || value === null) {
      if (required) return `${name} is missing`;
      continue;
    }
    const problems = types.map((type) => problemWithValue(type, value));
    if (problems.every((problem) => problem !== undefined)) return `${name}: ${problems.at(-1)}`;
    if (isTooLong(field, value)) return `${name} is too long`;
  }
  return undefined;
}

function problemWithValue(type: string, sent: unknown): string | undefined {
  const value = isSimple(type) ? sent : parsed(sent);
  if (type.endsWith("[]")) {
    if (!Array.isArray(value)) return `no list of ${type.slice(0, -2)}`;
    return first(value, (item) => problemWithValue(type.slice(0, -2), item));
  }
  const simple = simpleTypes[type];
  if (simple) return simple(value) ? undefined : `no ${type}`;
  if (!isObject(value)) return `no ${type}`;
  const variants = oneOf[type];
  if (!variants) return problemWithFields(fieldsIn(typeFields[type] ?? ""), value);
  const problems = variants.map((variant) => problemWithValue(variant, value));
  return problems.includes(undefined) ? undefined : `no ${type}`;
}

const first = <Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined =>
  items.map(find).find((problem) => problem !== undefined);

/** Forms and queries carry everything as text. */
const simpleTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: (value) => Number.isInteger(value) || (typeof value === "string" && /^-?\d+$/.test(value)),
  Float: (value) => typeof value === "number" || (typeof value === "string" && value !== "" && !Number.isNaN(+value)),
  Boolean: (value) => typeof value === "boolean" || value === "true" || value === "false",
  True: (value) => value === true || value === "true",
  String: (value) => typeof value === "string",
  InputFile: (value) => typeof value === "string",
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSimple = (type: string): boolean => type in simpleTypes;

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isTooLong({ most }: Field, value: unknown): boolean {
  if (!most || typeof value !== "string") return false;
  return (most.unit === "bytes" ? Buffer.byteLength(value) : value.length) > most.count;
}

const cache = new Map<string, readonly Field[]>();

function fieldsIn(published: string): readonly Field[] {
  const known = cache.get(published);
  if (known) return known;
  const fields = published.split(/\s+/).flatMap((text): Field[] => {
    const { name, required, types, count, bytes } =
      /^(?<name>\w+)(?<required>!?):(?<types>[\w[\]|]+)(?:<(?<count>\d+)(?<bytes>b?))?$/.exec(text)?.groups ?? {};
    if (name === undefined || types === undefined) return [];
    const most = count ? ({ count: Number(count), unit: bytes ? "bytes" : "characters" } as const) : undefined;
    return [{ name, required: required === "!", types: types.split("|"), most }];
  });
  cache.set(published, fields);
  return fields;
}
