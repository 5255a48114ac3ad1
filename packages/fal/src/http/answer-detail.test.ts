import { describe, expect, it } from "vitest";
import { answerDetail } from "./answer-detail.ts";

describe("answerDetail", () => {
  it("reads a text", () => {
    expect(answerDetail({ detail: "User is locked. Reason: Exhausted balance." })).toBe(
      "User is locked. Reason: Exhausted balance.",
    );
  });

  it("reads a list of findings and leaves the input out of it", () => {
    const detail = [
      {
        loc: ["body", "images_data_url"],
        msg: "403: Forbidden",
        type: "file_download_error",
        url: "https://docs.fal.ai/errors#file_download_error",
        input: "https://v3.fal.media/files/a/set.zip",
      },
      { loc: ["body", "steps", 0], msg: "Input should be a valid integer", type: "int_type" },
      { msg: "no place" },
    ];
    expect(answerDetail({ detail })).toBe(
      "body.images_data_url: 403: Forbidden; body.steps.0: Input should be a valid integer; no place",
    );
  });

  it.each([undefined, null, "text", {}, { detail: "" }, { detail: 7 }, { detail: [] }, { detail: ["text"] }])(
    "finds nothing in %j",
    (body) => expect(answerDetail(body)).toBeUndefined(),
  );
});
