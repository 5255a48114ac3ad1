import { falFake, serveFalFake } from "@likeness/fal/testing";

/** A fal on this machine: it trains nothing, draws pictures by code and costs nothing. */
export async function fakeProvider(seconds: number) {
  const fake = falFake({ key: "fake-id:fake-secret", queueSeconds: seconds / 5, trainingSeconds: seconds });
  const { url, close } = await serveFalFake(fake);
  return {
    url,
    settings: { FAL_KEY: "fake-id:fake-secret" },
    failNext: () => fake.control.next({ outcome: "error" }),
    close: async () => {
      await close();
      await fake.close();
    },
  };
}
