import * as z from "zod";
import type { Presentation } from "../../../inspection/contract.ts";
import { sha256 } from "../../../inspection/digest.ts";
import { presentFileChange } from "../../../inspection/inspect-file-change.ts";
import { rememberFileChange } from "../../../inspection/risks/file-change.ts";
import type { Tool } from "../tool.ts";
import { showChange } from "./aside/texts.ts";
import { codingTool } from "./coding-tool.ts";
import { ToolFailure, quoted } from "./failure.ts";
import { lookAtFile, type FileSeen } from "./files/file-seen.ts";
import { hasGitFolder } from "./files/git-folder.ts";
import { locate } from "./files/locate.ts";
import type { Location } from "./files/locate.ts";
import { strictText, textOfBytes } from "./files/read.ts";
import { writeWhole } from "./files/write.ts";

const MAX_BYTES = 1024 * 1024;

const parameters = z.object({
  path: z.string().min(1).describe("Path relative to the workspace. Missing folders are created."),
  content: z
    .string()
    .refine((text) => !/\p{Cs}/u.test(text), "is not valid Unicode text")
    .describe("The whole content of the file."),
  overwrite: z.boolean().default(false).describe("Set true only to replace an existing file on purpose."),
});
type Arguments = z.output<typeof parameters>;

/** `allowOverwrite`: whether the person lets files be replaced at all. */
export function createWriteFile(allowOverwrite: () => boolean): Tool {
  return codingTool({
    name: "write_file",
    description:
      "Write a UTF-8 text file in the workspace, at most 1 MiB. Needs permission. An existing file is replaced only " +
      "with overwrite=true and if the person allows it; prefer edit_file for changes.",
    parameters,
    permission: {
      action: "write_file",
      async look(args, { workspace }) {
        const { path, overwrite } = args;
        const seen = await lookAtFile(() => prepare(args, workspace, allowOverwrite()).location);
        return {
          subject: {
            target: overwrite ? `${path} (overwrite)` : path,
            remember: rememberFileChange({ path, status: overwrite ? "overwritten" : "created" }, workspace),
            fingerprint: sha256(JSON.stringify([path, overwrite])),
            state: seen.state,
          },
          present: () => present(args, seen, workspace),
        };
      },
    },
    async execute(args, { workspace }) {
      const { location, bytes } = prepare(args, workspace, allowOverwrite());
      const replaces = location.kind === "file";
      await writeWhole(location, { bytes, replaces });
      return {
        content: `wrote ${bytes.length} bytes to ${location.path}`,
        isError: false,
        metadata: { path: location.path, bytes: bytes.length, overwritten: replaces },
      };
    },
  });
}

function prepare(
  args: Arguments,
  workspace: string,
  allowOverwrite: boolean,
): { location: Location; bytes: Buffer } {
  const bytes = Buffer.from(args.content, "utf8");
  if (bytes.length > MAX_BYTES)
    throw new ToolFailure(`content is ${bytes.length} bytes, at most ${MAX_BYTES} are written`);
  const location = locateForWriting(args.path, workspace);
  if (location.kind === "file" && !args.overwrite) {
    throw new ToolFailure(`${quoted(args.path)} exists: set overwrite=true to replace it, or use edit_file`, {
      forPerson: "The file exists already.",
    });
  }
  if (location.kind === "file" && !allowOverwrite) {
    throw new ToolFailure(
      `${quoted(args.path)} exists, and the settings do not allow files to be replaced; use edit_file`,
      { forPerson: "The file exists already, and your settings do not let agents replace files." },
    );
  }
  return { location, bytes };
}

export function locateForWriting(path: string, workspace: string): Location {
  if (/[/\\]$/.test(path)) throw new ToolFailure(`${quoted(path)} names a directory`);
  const location = locate(workspace, path);
  if (location.linked) throw new ToolFailure(`${quoted(path)} is a link; links are not written through`);
  if (location.kind === "directory") throw new ToolFailure(`${quoted(path)} is a directory`);
  if (location.kind === "other") throw new ToolFailure(`${quoted(path)} is not a regular file`);
  if (hasGitFolder(location.path))
    throw new ToolFailure(`${quoted(path)} belongs to git itself; use git to change it`);
  return location;
}

async function present(args: Arguments, seen: FileSeen, workspace: string): Promise<Presentation> {
  const location = seen.location();
  const { path } = location;
  const after = args.content;
  if (location.kind === "absent") {
    const change = await showChange({ path, status: "created", before: "", after });
    return presentFileChange(change, path, workspace);
  }
  const change = await showChange({ path, status: "overwritten", after, ...textBefore(seen) });
  return presentFileChange(change, path, workspace);
}

/** What is there now. Bytes that are no text are shown as such; what is too large is not, and changes nothing about what is written. */
function textBefore(seen: FileSeen): { readonly before: string; readonly note?: string } {
  try {
    const bytes = seen.content();
    const text = strictText(bytes);
    if (text !== null) return { before: text };
    return {
      before: textOfBytes(bytes),
      note: "What is there now is no UTF-8 text: its bytes are shown as \\x…",
    };
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    return { before: "", note: "What is there now can't be shown." };
  }
}
