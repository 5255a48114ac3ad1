import { bytesOf, charactersOf, spliced } from "./bytes.ts";

const prefix = "Iptc4xmpExt";
const namespace = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/** The IPTC's word for a picture that a trained model made. https://cv.iptc.org/newscodes/digitalsourcetype */
const property = `${prefix}:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"`;
const declaration = `xmlns:${prefix}="${namespace}"`;

/** A packet that says it, and nothing else. `begin` is a byte order mark in UTF-8. */
export const newPacket: Uint8Array = bytesOf(
  '<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" ${declaration} ${property}/>` +
    '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>',
);

/** A larger one is no metadata. */
const largestPacket = 1024 * 1024;

const remarks = /<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)/gs;
const nothingInIt = /<rdf:RDF(?=[\s/>])[^<>]*(?:\/>|>\s*<\/rdf:RDF\s*>)/;
const description = /<rdf:Description(?=[\s/>])(?<attributes>(?:[^<>"']|"[^<"]*"|'[^<']*')*)>/;
const declared = new RegExp(`\\sxmlns:${prefix}\\s*=\\s*["'](?<namespace>[^"']*)["']`);

/**
 * A source of its own, or the address of credentials that are signed elsewhere: their signature covers the whole file.
 * https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html#_embedding_a_reference_to_an_external_manifest
 */
const settled = /(?::DigitalSourceType|dcterms:provenance)(?=[\s=>/])/;

/** Whether an XMP packet, or a part of one, says already where the picture comes from. */
export const isSettled = (packet: Uint8Array): boolean => settled.test(textOf(packet));

/** The packet with the mark in it; undefined when it is settled, or not written as other programs write it. */
export function markedPacket(packet: Uint8Array): Uint8Array | undefined {
  if (packet.length > largestPacket) return undefined;
  const text = textOf(packet);
  if (settled.test(text)) return undefined;
  if (nothingInIt.test(text)) return newPacket;
  const found = description.exec(text);
  if (!found) return undefined;
  const known = declared.exec(found.groups?.["attributes"] ?? "")?.groups?.["namespace"];
  if (known !== undefined && known !== namespace) return undefined;
  const at = found.index + "<rdf:Description".length;
  return spliced(packet, at, at, bytesOf(known === undefined ? ` ${declaration} ${property}` : ` ${property}`));
}

/** Characters at the places of their bytes; remarks, which say nothing, are blank. */
const textOf = (packet: Uint8Array): string =>
  charactersOf(packet).replaceAll(remarks, (remark) => " ".repeat(remark.length));
