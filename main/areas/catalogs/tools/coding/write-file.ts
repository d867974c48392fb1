import * as z from "zod";
import type { Presentation } from "../../../inspection/contract.ts";
import { factsOnly, textDiff } from "../../../inspection/diff.ts";
import { sha256 } from "../../../inspection/digest.ts";
import { presentFileChange, rememberFileChange } from "../../../inspection/inspect-file-change.ts";
import type { Tool } from "../tool.ts";
import { codingTool } from "./coding-tool.ts";
import { ToolFailure, quoted } from "./failure.ts";
import { lookAtFile, type FileSeen } from "./files/file-seen.ts";
import { hasGitFolder } from "./files/git-folder.ts";
import { locate } from "./files/locate.ts";
import type { Location } from "./files/locate.ts";
import { strictText } from "./files/read.ts";
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
            remember: rememberFileChange(path),
            fingerprint: sha256(JSON.stringify([path, overwrite])),
            state: seen.state,
          },
          present: () => present(args, seen),
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
    throw new ToolFailure(`${quoted(args.path)} exists: set overwrite=true to replace it, or use edit_file`);
  }
  if (location.kind === "file" && !allowOverwrite) {
    throw new ToolFailure(
      `${quoted(args.path)} exists, and the settings do not allow files to be replaced; use edit_file`,
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

function present(args: Arguments, seen: FileSeen): Presentation {
  const status = args.overwrite ? "overwritten" : "created";
  try {
    const location = seen.location();
    const { path } = location;
    if (location.kind === "absent") {
      return presentFileChange(
        textDiff({ path, status: "created", before: "", after: args.content }),
        path,
        false,
      );
    }
    const before = presentText(seen);
    const note = `The file that is there can't be shown; it would be replaced by ${args.content.length} characters of text.`;
    const diff =
      before === null
        ? factsOnly({ path, status, note })
        : textDiff({ path, status, before, after: args.content });
    return presentFileChange(diff, path, false);
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    return presentFileChange(
      factsOnly({ path: args.path, status, note: `This will fail: ${error.message}.` }),
      args.path,
      true,
    );
  }
}

/** Null if it is too large or not text. */
function presentText(seen: FileSeen): string | null {
  try {
    return strictText(seen.content());
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}
