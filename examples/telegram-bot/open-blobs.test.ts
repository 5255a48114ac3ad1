import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { join } from "node:path";
import { bytesOf, valueOf } from "@likeness/testing";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "./__fixtures__/temporary-folder.ts";
import { openBlobs } from "./open-blobs.ts";

const bytes = new TextEncoder().encode("photo");

describe("openBlobs", () => {
  it("makes the folder, which no other user can read", async () => {
    const folder = join(await temporaryFolder(), "a", "blobs");
    const blobs = await openBlobs({ type: "disk", folder });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const key = await valueOf(blobs.put(bytes));
    expect(await bytesOf(await valueOf(blobs.get(key)))).toStrictEqual(bytes);
  });

  it("names the variable when the folder is none", async () => {
    const folder = join(await temporaryFolder(), "file");
    await writeFile(folder, "");
    await expect(openBlobs({ type: "disk", folder })).rejects.toThrow(
      /^BLOBS names a folder that cannot be used: EEXIST/,
    );
  });

  describe("in S3", () => {
    beforeEach(() => {
      for (const name of ["AWS_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
        vi.stubEnv(name, undefined);
      vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
      vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
      onTestFinished(() => void vi.unstubAllEnvs());
    });

    it("takes region, keys and address from the usual variables", async () => {
      const seen: unknown[] = [];
      const server = createServer((request, response) => {
        seen.push([
          request.method,
          request.url?.replace(/\?.*/, ""),
          /Credential=([^,]+)/.exec(request.headers.authorization ?? "")?.[1]?.replace(/\/\d{8}\//, "/today/"),
        ]);
        request.resume().on("end", () => response.end());
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      onTestFinished(() => void server.close());
      vi.stubEnv("AWS_ENDPOINT_URL", `http://localhost:${(server.address() as AddressInfo).port}`);
      vi.stubEnv("AWS_REGION", "eu-test-1");
      vi.stubEnv("AWS_ACCESS_KEY_ID", "the-id");
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", "the-secret");
      const blobs = await openBlobs({ type: "s3", bucket: "photos", prefix: "bot" });
      const key = await valueOf(blobs.put(bytes));
      const path = `/photos/bot/sha256/${key.slice(0, 2)}/${key.slice(2, 4)}/${key}`;
      expect(seen).toStrictEqual([["PUT", path, "the-id/today/eu-test-1/s3/aws4_request"]]);
    });

    it("names the region when that is missing", async () => {
      await expect(openBlobs({ type: "s3", bucket: "photos", prefix: "" })).rejects.toThrow(
        "AWS_REGION is missing: BLOBS=s3://… needs it",
      );
    });
  });

  it.runIf(process.platform === "linux")(
    "refuses a folder that cannot be made, instead of trying for ever",
    async () => {
      await expect(openBlobs({ type: "disk", folder: "/proc/likeness/blobs" })).rejects.toThrow(
        /^BLOBS names a folder that cannot be used: ENOENT/,
      );
    },
  );
});
