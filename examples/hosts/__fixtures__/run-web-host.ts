/** The web host in a process of its own: folder, address of fal, public address. Prints its port. */
import { orThrow } from "@likeness/core";
import { serve } from "@hono/node-server";
import { webHost } from "../web.ts";
import { openPorts } from "./open-ports.ts";
import { ownerOf } from "./owner-of.ts";

const [folder = "", falUrl = "", publicUrl = ""] = process.argv.slice(2);
const { ports } = await openPorts({ folder, falUrl }, publicUrl);
const { app, likeness } = webHost({ ...ports, ownerOf });
await orThrow(likeness.start());
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log(`listening ${port}`));
