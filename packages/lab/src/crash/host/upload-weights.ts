import { account } from "./protocol.ts";

/** Uploads weights to the fake, as fal's client does, and returns their address. */
export async function uploadWeights(falUrl: string, weights: Uint8Array): Promise<string> {
  const begun = await fetch(`${falUrl}/storage/upload/initiate`, {
    method: "POST",
    headers: { authorization: `Key ${account.key}`, "content-type": "application/json" },
    body: JSON.stringify({ file_name: "lora.safetensors", content_type: "application/octet-stream" }),
  });
  const { upload_url, file_url }: { readonly upload_url: string; readonly file_url: string } = await begun.json();
  const sent = await fetch(upload_url, { method: "PUT", body: weights.slice() });
  if (!sent.ok) throw new Error(`the fake took no weights: ${sent.status}`);
  return file_url;
}
