/** The program of the worker in which photos are inspected. */
import { serveInspector, sharpInspector } from "@likeness/sharp";
import sharp from "sharp";

serveInspector(sharpInspector(sharp));
