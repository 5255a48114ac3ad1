import { describe, expect, it } from "vitest";
import { reasonIn } from "./reason-in.ts";

const found = (type: string, msg: string, ...loc: (string | number)[]) => ({ detail: [{ loc, msg, type }] });

describe("reasonIn", () => {
  it.each([
    found("content_policy_violation", "The content was flagged by a content checker.", "body", "prompt"),
    { detail: [{ type: "missing" }, { type: "content_policy_violation", categories: ["sexual"] }] },
    { detail: "flagged", error_type: "content_policy_violation" },
    { detail: "flagged", type: "content_policy_violation" },
  ])("is content_blocked in %j", (body) => expect(reasonIn(body)).toBe("content_blocked"));

  it.each([
    found("file_download_error", "Failed to download the file", "body"),
    found("downstream_service_error", "Failed to load", "body", "loras", 0, "path"),
    found("downstream_service_error", "Could not load the LoRA weights"),
    found("downstream_service_unavailable", "Cannot download a file"),
    found("image_load_error", "Failed to load the image", "body", "image_url"),
    found("value_error", "404: Not Found", "body", "loras", 0, "path"),
    found("value_error", "Failed to fetch the LoRA"),
    { detail: "Failed to download the weights", error_type: "internal_error" },
    { detail: "Error downloading https://v3.fal.media/lora.safetensors: 404" },
  ])("is input_gone in %j", (body) => expect(reasonIn(body)).toBe("input_gone"));

  it.each([
    found("file_download_error", "Failed to download the file", "body", "images_data_url"),
    found("downstream_service_error", "Out of memory", "body"),
    found("image_load_error", "Not an image", "body"),
    found("value_error", "LoRA keys do not match the model", "body", "loras", 0, "path"),
    found("missing", "Field required", "body", "image_url"),
    found("value_error", "Training failed: could not learn from the images", "body"),
    { detail: "Internal Server Error", error_type: "internal_error" },
    { detail: "Not Found" },
    { detail: [{ type: 7, msg: "x" }] },
    found("constructor", "x"),
    { detail: [7] },
    {},
    null,
  ])("is none in %j", (body) => expect(reasonIn(body, ["images_data_url"])).toBeUndefined());

  it("reads the beginning of a message that is endless", () => {
    const msg = `${"lora download ".repeat(100_000)}404`;
    expect(reasonIn(found("value_error", msg))).toBeUndefined();
    expect(reasonIn(found("value_error", `404 ${msg}`))).toBe("input_gone");
  });
});
