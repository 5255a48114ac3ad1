import { err, ok, type Result } from "neverthrow";
import { isObject } from "../values/json.ts";
import { parsed, type FileCheck } from "./file-check.ts";

const lengthBytes = 8;

/** Maximum size of the header; that of a LoRA takes about 100 KB. */
const longestHeader = 16 * 1024 * 1024;

/**
 * Checks that the file is in the safetensors format: the length of the header as 8 bytes, little-endian, the header as
 * JSON, then the tensors, one after the other without a gap up to the end of the file. Only the header is held in
 * memory. https://huggingface.co/docs/safetensors/index#format
 */
export function safetensorsCheck(): FileCheck {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let headerEnd: number | undefined;
  let fileEnd: number | undefined;

  const readLength = (): string | undefined => {
    const length = new DataView(joined(pieces).buffer).getBigUint64(0, true);
    if (length > BigInt(longestHeader)) return noSafetensors("the length of its header is out of range");
    headerEnd = lengthBytes + Number(length);
    return undefined;
  };

  const readHeader = (end: number): string | undefined => {
    const header = dataLength(joined(pieces).subarray(lengthBytes, end));
    pieces.length = 0;
    if (header.isErr()) return noSafetensors(header.error);
    fileEnd = end + header.value;
    return undefined;
  };

  return {
    push: (chunk) => {
      bytes += chunk.byteLength;
      if (fileEnd === undefined) pieces.push(chunk);
      if (headerEnd === undefined && bytes >= lengthBytes) {
        const problem = readLength();
        if (problem !== undefined) return problem;
      }
      if (headerEnd !== undefined && fileEnd === undefined && bytes >= headerEnd) {
        const problem = readHeader(headerEnd);
        if (problem !== undefined) return problem;
      }
      return fileEnd !== undefined && bytes > fileEnd ? noSafetensors("it goes on behind its tensors") : undefined;
    },
    end: () => {
      if (fileEnd === undefined) return noSafetensors("it ends before its header does");
      return bytes < fileEnd ? noSafetensors("it ends before its tensors do") : undefined;
    },
  };
}

const noSafetensors = (why: string): string => `it is no safetensors file: ${why}`;

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

/** How many bytes of tensors follow this header. */
function dataLength(header: Uint8Array): Result<number, string> {
  const entries = headerOf(header);
  if (!entries) return err("its header is no JSON object");
  const tensors = Object.entries(entries)
    .filter(([name]) => name !== "__metadata__")
    .map(([, entry]) => tensorOf(entry));
  if (tensors.length === 0) return err("it holds no tensor");
  let end = 0;
  for (const tensor of tensors.toSorted(byPlace)) {
    if (tensor?.begin !== end) return err("its header does not describe its tensors");
    ({ end } = tensor);
  }
  return ok(end);
}

/** The specification requires the header to begin with a brace. */
function headerOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  if (bytes[0] !== "{".charCodeAt(0)) return undefined;
  const header = parsed(new TextDecoder().decode(bytes));
  return isObject(header) ? header : undefined;
}

interface Tensor {
  readonly begin: number;
  readonly end: number;
}

/** An empty tensor begins where the next one does. */
const byPlace = (left: Tensor | undefined, right: Tensor | undefined): number =>
  left && right ? left.begin - right.begin || left.end - right.end : 0;

/** The byte range of a tensor in the data; `undefined` when its description is invalid. */
function tensorOf(entry: unknown): Tensor | undefined {
  if (!isObject(entry) || typeof entry.dtype !== "string") return undefined;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) return undefined;
  const [begin = 0, end = 0] = offsets;
  const bits = bitsOf.get(dtype);
  const expected = bits === undefined ? undefined : (shape.reduce((product, side) => product * side, 1) * bits) / 8;
  return end < begin || (expected !== undefined && end - begin !== expected) ? undefined : { begin, end };
}

const isCounts = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);

/** Bits per element. For a type that is not listed, only the position of the tensor is checked. */
const bitsOf: ReadonlyMap<string, number> = new Map([
  ["F4", 4],
  ["BOOL", 8],
  ["U8", 8],
  ["I8", 8],
  ["F8_E4M3", 8],
  ["F8_E5M2", 8],
  ["F8_E8M0", 8],
  ["I16", 16],
  ["U16", 16],
  ["F16", 16],
  ["BF16", 16],
  ["I32", 32],
  ["U32", 32],
  ["F32", 32],
  ["I64", 64],
  ["U64", 64],
  ["F64", 64],
]);
