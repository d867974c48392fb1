import { dirname, join } from "node:path";
import { createChangedRows } from "../../kernel/changed-rows.ts";
import { defineModule } from "../module.ts";
import type { OpenToolCatalog } from "../catalogs/tools/tool.ts";
import { createIndexCheck } from "./checks/index-file.ts";
import { recallCommand } from "./commands/recall.ts";
import { recall } from "./contract.ts";
import { recallOnTheSpot } from "./on-the-spot.ts";
import { createRecallRoutes } from "./routes.ts";
import { createRecallService } from "./service.ts";
import { newestMessage } from "./store/newest-message.ts";
import { createRecallThread } from "./thread.ts";
import { createRecallTool } from "./tool.ts";

/** A start has more urgent things to do, and a history without a word takes no index at all. */
const FIRST_LOOK_MS = 30_000;

export const recallArea = defineModule({
  contract: recall,
  commands: [recallCommand],
  create(context, { tools }: { readonly tools: Pick<OpenToolCatalog, "offer"> }) {
    const { db, commit, clock, subscribe, report } = context;
    const changed = createChangedRows(db);
    const folder = db.memory ? null : dirname(db.name);
    let forgotten = 0;
    const thread =
      folder === null
        ? recallOnTheSpot(db)
        : createRecallThread({ indexFile: join(folder, "recall.db"), historyFile: db.name }, clock, {
            onState({ followed }) {
              if (followed <= forgotten) return;
              forgotten = followed;
              commit.queue(
                () => changed.forget(followed),
                () => {},
                report,
              );
            },
          });
    const service = createRecallService({ thread, commit, clock });
    let cancelFirstLook = () => {};
    if (folder !== null) {
      subscribe(({ type }) => {
        if (type.startsWith("sessions.") || type.startsWith("memories.")) service.noticeWrites();
      });
      cancelFirstLook = clock.after(FIRST_LOOK_MS, () => {
        // A database that is damaged by then is told, and ends nothing.
        try {
          if (newestMessage(db) > 0) service.noticeWrites();
        } catch (error) {
          report(error);
        }
      });
    }
    tools.offer("first", () => [createRecallTool(service)]);
    return {
      service,
      routes: createRecallRoutes(service),
      checks: [createIndexCheck(() => service.progress(), folder)],
      capabilities: ["recall"],
      async stop() {
        cancelFirstLook();
        await service.stop();
      },
    };
  },
});
