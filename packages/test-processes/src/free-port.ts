import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** Finds a port for a program that is about to start: the wanted one, if it is free. 0: any free one. */
export async function freePort(port = 0): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return free;
}
