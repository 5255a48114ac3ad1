/** The fakes under node:test, in a project without vitest, from CommonJS. */
import assert = require("node:assert/strict");
import test = require("node:test");
import testing = require("@likeness/testing");
import core = require("@likeness/core");
import fal = require("@likeness/fal/testing");

void test("a draft takes photos, in memory", async () => {
  const { ports, inspector } = testing.testPorts();
  const likeness = core.createLikeness(ports);
  const actor = "owner:1";
  const avatar = await likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" });
  const { id: avatarId } = avatar._unsafeUnwrap();
  const added = await likeness.photos.add({ actor, avatarId, bytes: testing.photoBytes() });
  assert.equal(added.isOk(), true);
  assert.equal(inspector.inspected(), 1);
});

void test("a fal of one's own is there", async () => {
  const fake = fal.falFake();
  assert.equal((await fake.fetch(new Request("https://rest.fal.ai/.well-known/jwks.json"))).status, 200);
  await fake.close();
});
