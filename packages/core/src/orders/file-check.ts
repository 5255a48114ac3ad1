import { isObject } from "../values/json.ts";

/** Checks the bytes of a file while they are streamed. It returns what is wrong with them, without quoting them. */
export interface FileCheck {
  push(chunk: Uint8Array): string | undefined;
  end(): string | undefined;
}

/** The file has exactly this many bytes. */
export function sizeCheck(expected: number): FileCheck {
  let bytes = 0;
  return {
    push: (chunk) => {
      bytes += chunk.byteLength;
      return bytes > expected ? `it has more than the ${expected} bytes that were named` : undefined;
    },
    end: () => (bytes < expected ? `it has ${bytes} of the ${expected} bytes that were named` : undefined),
  };
}

/** The file has at most this many bytes. */
export function mostBytesCheck(maximum: number): FileCheck {
  let bytes = 0;
  return {
    push: (chunk) => {
      bytes += chunk.byteLength;
      return bytes > maximum ? `it has more than ${maximum} bytes` : undefined;
    },
    end: () => undefined,
  };
}

/** The file is not empty. */
export function contentCheck(): FileCheck {
  let empty = true;
  return {
    push: (chunk) => {
      empty &&= chunk.byteLength === 0;
      return undefined;
    },
    end: () => (empty ? "it is empty" : undefined),
  };
}

/** An order's configuration file takes a few kilobytes. */
const longestJson = 4 * 1024 * 1024;

/** The file is a JSON object. */
export function jsonCheck(): FileCheck {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  const wrong = "it is no JSON object";
  const decode = (chunk?: Uint8Array): string | undefined => {
    try {
      text += decoder.decode(chunk, { stream: chunk !== undefined });
      return text.length > longestJson ? wrong : undefined;
    } catch {
      return wrong;
    }
  };
  return { push: decode, end: () => decode() ?? (isObject(parsed(text)) ? undefined : wrong) };
}

/** The parsed JSON of a text; `undefined` when it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
