import type { NodeNotifier } from "node-notifier";
import type { Notice } from "../../areas/notifications/notice.ts";
import type { Log } from "../../kernel/log.ts";
import type { NoticeBackend, OnNoticeAction } from "./backend.ts";
import { pressedOf, programOptions, type Pressed } from "./program-options.ts";

type Answered = (response: string | undefined, metadata: unknown) => void;

export interface NodeNotifierDeps {
  readonly load: () => Promise<NodeNotifier>;
  readonly platform: NodeJS.Platform;
  readonly iconPath: string;
  readonly appId: string;
  readonly onAction: OnNoticeAction;
  readonly log: Log;
}

/** Notification Centre on macOS, toasts on Windows; elsewhere words without buttons. */
export function createNodeNotifierBackend(deps: NodeNotifierDeps): NoticeBackend {
  const { platform, iconPath, appId, onAction, log } = deps;
  const canWithdraw = platform === "darwin" || platform === "win32";
  const onScreen = new Map<string, Notice>();
  let program: Promise<NodeNotifier> | null = null;

  const run = async (options: object, answered: Answered) => {
    program ??= deps.load();
    const notifier = await program;
    notifier.notify(options, (error, response, metadata) => {
      if (error !== null) log.warn({ err: error }, "a notification failed");
      else answered(response, metadata);
    });
  };
  const attempt = (options: object, answered: Answered = () => undefined) => {
    run(options, answered).catch((error: unknown) => log.warn({ err: error }, "a notification failed"));
  };

  const withdraw = (key: string) => {
    if (!onScreen.delete(key) || !canWithdraw) return;
    attempt({ remove: key });
  };

  const press = (notice: Notice, pressed: Pressed | null) => {
    // One that has been replaced or withdrawn meanwhile has nothing more to say.
    if (pressed !== null && onScreen.get(notice.key) === notice) {
      onAction(notice, pressed.action, pressed.words);
    }
  };

  return {
    show(notice, replaces) {
      if (replaces !== null && replaces !== notice.key) withdraw(replaces);
      onScreen.set(notice.key, notice);
      attempt(programOptions(notice, { platform, iconPath, appId }), (response, metadata) =>
        press(notice, pressedOf(notice, response, metadata)),
      );
    },
    withdraw,
    async stop() {
      for (const key of onScreen.keys()) withdraw(key);
    },
  };
}
