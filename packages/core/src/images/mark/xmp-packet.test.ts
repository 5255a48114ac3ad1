import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, charactersOf } from "./bytes.ts";
import { isSettled, markedPacket, newPacket } from "./xmp-packet.ts";

const property =
  'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"';
const declaration = 'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"';
const packetOf = (inside: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${inside}</rdf:RDF></x:xmpmeta>`;
const marked = (text: string) => {
  const packet = markedPacket(bytesOf(text));
  return packet && charactersOf(packet);
};

describe("markedPacket", () => {
  it.each([
    ['<rdf:Description rdf:about=""/>', `<rdf:Description ${declaration} ${property} rdf:about=""/>`],
    [
      '<rdf:Description\n  rdf:about=\'\' xmlns:a="b" a:c="1 > 0"><a:d/></rdf:Description>',
      `<rdf:Description ${declaration} ${property}\n  rdf:about='' xmlns:a="b" a:c="1 > 0"><a:d/></rdf:Description>`,
    ],
    [
      `<rdf:Description rdf:about="" ${declaration}><Iptc4xmpExt:Event/></rdf:Description>`,
      `<rdf:Description ${property} rdf:about="" ${declaration}><Iptc4xmpExt:Event/></rdf:Description>`,
    ],
    [
      '<!-- <rdf:Description a:DigitalSourceType=""> --><rdf:Description rdf:about="\xd0\x9a"/><rdf:Description/>',
      `<!-- <rdf:Description a:DigitalSourceType=""> --><rdf:Description ${declaration} ${property} rdf:about="\xd0\x9a"/><rdf:Description/>`,
    ],
  ])("adds the property to the first description, and changes nothing else: %s", (inside, expected) => {
    expect(marked(packetOf(inside))).toBe(packetOf(expected));
  });

  it.each([packetOf(""), packetOf("\n"), '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" />'])(
    "replaces a packet that holds nothing: %j",
    (packet) => {
      expect(markedPacket(bytesOf(packet))).toBe(newPacket);
    },
  );

  it.each([
    `<rdf:Description ${property}/>`,
    '<rdf:Description other:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"/>',
    "<rdf:Description><Iptc4xmpExt:DigitalSourceType>…</Iptc4xmpExt:DigitalSourceType></rdf:Description>",
    '<rdf:Description dcterms:provenance="https://credentials.example/1.c2pa"/>',
  ])("leaves a packet alone that says where the picture comes from: %s", (inside) => {
    expect(isSettled(bytesOf(packetOf(inside)))).toBe(true);
    expect(marked(packetOf(inside))).toBeUndefined();
  });

  it.each([
    "",
    "no XMP",
    packetOf("<other:Description/>"),
    packetOf("<rdf:Descriptions/>"),
    packetOf('<rdf:Description rdf:about="'),
    packetOf('<rdf:Description xmlns:Iptc4xmpExt="http://other.example/"/>'),
    Array.from(packetOf('<rdf:Description rdf:about=""/>'), (character) => `\0${character}`).join(""),
    packetOf('<rdf:Description rdf:about=""/>').padEnd(1_100_000),
  ])("leaves a packet alone that it cannot read", (packet) => {
    expect(marked(packet)).toBeUndefined();
  });

  it("settles what it marks", () => {
    expect(isSettled(newPacket)).toBe(true);
    expect(markedPacket(newPacket)).toBeUndefined();
    const once = markedPacket(bytesOf(packetOf('<rdf:Description rdf:about=""/>')));
    expect(once && markedPacket(once)).toBeUndefined();
  });

  it("is quick whatever it is given", () => {
    const pieces = [
      "<!--",
      "<![CDATA[",
      "<rdf:RDF ",
      "<rdf:Description ",
      'a="',
      "'",
      "/>",
      ">",
      "xmlns:Iptc4xmpExt=",
      "-->",
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 });
    const begin = performance.now();
    fc.assert(
      fc.property(texts, (repeated) => {
        markedPacket(bytesOf(repeated.join("").repeat(2_000)));
      }),
      { numRuns: 30 },
    );
    expect(performance.now() - begin).toBeLessThan(20_000);
  });
});
