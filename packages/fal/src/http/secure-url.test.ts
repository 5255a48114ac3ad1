import { describe, expect, it } from "vitest";
import { isSecureUrl } from "./secure-url.ts";

describe("isSecureUrl", () => {
  it.each([
    "https://v3.fal.media/files/a/b.safetensors",
    "http://localhost:8080/x",
    "http://fal.localhost/x",
    "http://127.0.0.1:1234",
    "http://127.8.9.10/",
    "http://[::1]:80/x",
  ])("takes %s", (url) => expect(isSecureUrl(url)).toBe(true));

  it.each([
    "http://v3.fal.media/files/a",
    "http://localhost.example/x",
    "http://127.0.0.1.example/x",
    "http://10.0.0.1/x",
    "https://user:pass@fal.media/x",
    "file:///etc/passwd",
    "data:application/json,{}",
    "ftp://localhost/x",
    "fal.media/x",
    "",
  ])("does not take %j", (url) => expect(isSecureUrl(url)).toBe(false));
});
