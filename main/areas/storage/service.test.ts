import { expect, test } from "vitest";
import { personAt, type Principal } from "../../contract/principal.ts";
import type { BackupKeeper } from "../../kernel/backup-keeper.ts";
import type { Loosening } from "../../kernel/loosening.ts";
import { createCore } from "../../testing/core.ts";
import type { StorageStatus } from "./contract.ts";
import { createStorageService } from "./service.ts";
import { createIncidentStore } from "./store.ts";

const PERSON = personAt("window");
const PROGRAM: Principal = { ...PERSON, kind: "owner", id: "owner" };
const NAME = "gatehouse-2026-11-20T10-00-00Z.db";

function create(restart?: null) {
  const core = createCore();
  const arranged: (string | null)[] = [];
  const loosened: Loosening[] = [];
  const told: StorageStatus[] = [];
  const backups: BackupKeeper = {
    list: () => [{ name: NAME, at: Date.UTC(2026, 10, 20, 10), bytes: 1 }],
    failure: () => null,
    make: () => Promise.reject(new Error("there is no room")),
    tableSizes: () => Promise.resolve({}),
    arrange: (name) => Promise.resolve(void arranged.push(name)),
    stop: () => {},
  };
  let restarts = 0;
  const service = createStorageService({
    ...core,
    store: createIncidentStore(core.db),
    backups,
    loosen: (what, _by, apply) => Promise.resolve((loosened.push(what), apply())),
    publish: (_type, status) => void told.push(status),
    restart: restart === undefined ? () => (restarts += 1) : restart,
  });
  return { ...core, service, arranged, loosened, told, restarts: () => restarts };
}

test("a restored backup loosens the gate, and is said so before it takes over", async () => {
  const { service, arranged, loosened, restarts, told } = create();
  expect(await service.restore(NAME, PROGRAM)).toEqual({ restarts: true });
  expect(loosened).toEqual([
    {
      act: "replace the database",
      sentences: ["Grants and keys hold as they did on 2026-11-20, also those that were revoked since."],
    },
  ]);
  expect([arranged, restarts()]).toEqual([[NAME], 1]);
  expect(told).toMatchObject([{ isReplaced: true }]);
});

test("where nobody starts it anew, nothing more is taken on record: the next start would not know of it", async () => {
  const { service, commit, health, permissions } = create(null);
  expect(await service.restore(NAME, PROGRAM)).toEqual({ restarts: false });
  expect(service.status()).toMatchObject({ isReplaced: true, trouble: "replaced" });
  expect(() => commit.now(() => {})).toThrow("when Gatehouse is started anew");
  health.noticed(Object.assign(new Error("full"), { code: "SQLITE_FULL" }));
  expect(health.current()).toBe("replaced");
  expect(permissions.pendingCount()).toBe(0);
});

test("only what is in the folder can be restored", async () => {
  const { service, arranged, loosened } = create();
  for (const name of ["../gatehouse.db", "", "gatehouse-2026-11-19T10-00-00Z.db"]) {
    await expect(service.restore(name, PERSON)).rejects.toMatchObject({ code: "storage.backup_not_found" });
  }
  expect([arranged, loosened]).toEqual([[], []]);
});

test("while the database is damaged only the person can put another one in its place", async () => {
  const { service, health, arranged, loosened, told } = create();
  health.noticed(Object.assign(new Error("malformed"), { code: "SQLITE_CORRUPT" }));
  expect(told).toMatchObject([{ trouble: "damaged" }]);
  await expect(service.restore(NAME, PROGRAM)).rejects.toMatchObject({ code: "storage.for_person" });
  await service.restore(null, PERSON);
  expect([arranged, loosened]).toEqual([[null], []]);
});

test("a backup that can't be made says why", async () => {
  const { service } = create();
  await expect(service.makeBackup()).rejects.toMatchObject({
    code: "storage.backup_failed",
    message: "The backup was not made: there is no room.",
  });
});
