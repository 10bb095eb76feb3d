import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { AddressBook, SERVICE_PORTS } from "../../../local/cloud/addressBook";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const API = "aws:apigateway/restApi:RestApi::";
const URL = "aws:lambda/functionUrl:FunctionUrl::";

describe("The address book", () => {
  it("gives REST APIs and function URLs ports that no service has, and the same ones again", () => {
    const folder = temporaryFolder();
    const keys = ["a", "b", "c", "d"].flatMap((name) => [API + name, URL + name]);
    const book = new AddressBook(folder, 4100);
    book.assign(keys);
    const ports = Object.values(book.addresses).map((address) => Number(address.split(":")[2]) - 4100);
    assert.deepEqual(
      [...ports].sort((a, b) => a - b),
      [0, 6, 7, 8, 10, 11, 12, 13],
    );
    assert.deepEqual(new AddressBook(folder, 4100).addresses, book.addresses);
  });

  it("gives out anew what it had given before a service took the port", () => {
    const folder = temporaryFolder();
    const kept = { [`${API}a`]: 0, [`${API}b`]: SERVICE_PORTS.all };
    fs.writeFileSync(path.join(folder, "ports.json"), JSON.stringify(kept));
    const book = new AddressBook(folder, 4100);
    assert.deepEqual(Object.keys(book.addresses), [`${API}a`]);
    book.assign([`${API}b`]);
    assert.equal(book.addresses[`${API}b`], "http://127.0.0.1:4106");
  });
});
