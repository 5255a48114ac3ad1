import { replicateFake, serveReplicateFake } from "@likeness/replicate/testing";

/** A Replicate on this machine: it trains nothing, draws pictures by code and costs nothing. */
export async function fakeProvider(seconds: number) {
  const fake = replicateFake({ token: "r8_fake", account: "acme", queueSeconds: seconds / 5, runSeconds: seconds });
  const { url, close } = await serveReplicateFake(fake);
  return {
    url,
    settings: { REPLICATE_API_TOKEN: "r8_fake", REPLICATE_DESTINATION: "acme/likeness" },
    failNext: () => fake.control.next({ outcome: "failed" }),
    close: async () => {
      await close();
      fake.close();
    },
  };
}
