import sharp from "sharp";
import { sharpInspector } from "../sharp-inspector.ts";
import { serveInspector } from "../worker/serve-inspector.ts";

serveInspector(sharpInspector(sharp));
