import { describe, expect, it } from "vitest";
import { readModel } from "./read-model.ts";

const fields = { weightsField: "lora_file", configField: "config_file" };
const url = "https://v3.fal.media/files/a/lora.safetensors";

describe("readModel", () => {
  it("finds the files where the profile says they are", () => {
    const result = {
      lora_file: { url, file_size: 10, file_name: "x" },
      config_file: { url, content_type: "a/b" },
      x: 1,
    };
    const model = { weights: { url, bytes: 10 }, config: { url, contentType: "a/b" } };
    expect(readModel(result, fields)).toStrictEqual(model);
  });

  it.each([null, undefined])("needs no configuration: %s", (config_file) => {
    expect(readModel({ lora_file: { url }, config_file }, fields)).toStrictEqual({ weights: { url } });
  });

  it("goes without what is null", () => {
    const lora_file = { url, file_size: null, content_type: null };
    expect(readModel({ lora_file }, fields)).toStrictEqual({ weights: { url } });
  });

  it.each([
    null,
    "text",
    [],
    {},
    { diffusers_lora_file: { url } },
    { lora_file: url },
    { lora_file: { url: "" } },
    { lora_file: { url: "http://v3.fal.media/files/a" } },
    { lora_file: { url: "file:///etc/passwd" } },
    { lora_file: { url, file_size: -1 } },
    { lora_file: { url }, config_file: { url: "http://v3.fal.media/files/a" } },
  ])("finds no model in %j", (result) => expect(readModel(result, fields)).toBeUndefined());
});
