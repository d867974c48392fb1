import type { Routes } from "../../contract/define.ts";
import type { sessions } from "./contract.ts";
import type { SessionService } from "./service.ts";

export function createSessionRoutes(service: SessionService): Routes<typeof sessions> {
  return {
    listSessions: (input) => service.list(input),
    listTags: async () => ({ tags: await service.tags() }),
    getSession: ({ id }) => service.get(id),
    editSession: ({ id, ...changes }) => service.edit(id, changes),
    archiveSessions: ({ ids, archived }) => service.archive(ids, archived),
    deleteSessions: ({ ids }) => service.remove(ids),
    restoreSessions: ({ deletions }) => service.restore(deletions),
    moveSession: ({ id, folder }, principal) => service.move(id, folder, principal),
    forkSession: ({ id, ...options }) => service.fork(id, options),
    getFamily: ({ id }) => service.family(id),
    listCompactions: ({ id }) => ({ compactions: service.compactions(id) }),
    exportSession: ({ id, format, after }) => service.export(id, format, after),
    beginImport: () => service.imports.begin(),
    addToImport: ({ id, text }) => service.imports.add(id, text),
    async finishImport({ id }) {
      return service.get(await service.imports.finish(id));
    },
    abandonImport({ id }) {
      service.imports.abandon(id);
      return {};
    },
    listMessages: ({ id, from, limit }) => service.messages(id, from, limit),
  };
}
