/**
 * Who may import whom. A room may import from itself, from rooms inside it, and from what its row names; `types` only
 * as types. What no row
 * names is refused, and so is a file that is in no room. The first row that fits a file is its row.
 */
export interface Row {
  /** Matches the beginning of a file's path. What it matches is the file's room. */
  readonly room: RegExp;
  readonly may: readonly RegExp[];
  readonly types?: readonly RegExp[];
}

const contract = /^main\/contract\//;
/** How text of others is shown, and what of it is not: the same rules everywhere, and no schema among them. */
const shownText = /^main\/contract\/(visible-text|look-alikes|sentence|denied)\.ts$/;
const contracts = /^main\/(areas\/.*|desktop)\/contract\.ts$/;
const bridge = /^preload\/contract\.ts$/;
const kernel = /^main\/kernel\//;
const transport = /^main\/transport\//;
const inspection = /^main\/areas\/inspection\//;
/** A tool's result as a message: a pure rule, for everybody who tells of runs. */
const toolMessage = /^main\/areas\/runs\/tool-message\.ts$/;
/** A hit's words with marks in them: a pure rule, for those who have no other way to show it. */
const markedSnippet = /^main\/areas\/recall\/marked-snippet\.ts$/;
const areaModule = /^main\/areas\/module\.ts$/;
const areaList = /^main\/areas\/index\.ts$/;
const areaPorts = /^main\/areas\/.*\/(service|store|tool|gate|providers|model|identify|event-log)\.ts$/;
/** Providers build on it. */
const modelPort = /^main\/areas\/runs\/(model|answer-bounds)\.ts$/;
const commandKit = /^main\/command\//;
const styles = /\.css$/;
const page = /^renderer\/page\//;
const client = /^renderer\/client\//;
const ui = /^renderer\/ui\//;

export const rows: readonly Row[] = [
  // What runs anywhere.
  { room: /^main\/contract(?=\/)/, may: [] },
  { room: /^main\/(areas\/.*|desktop)\/contract\.ts$/, may: [contract, contracts] },
  { room: bridge, may: [], types: [contract] },

  // The daemon.
  { room: /^main\/kernel(?=\/)/, may: [contract] },
  { room: /^main\/transport(?=\/)/, may: [contract, kernel] },
  { room: /^main\/adapters(?=\/)/, may: [contract, contracts, kernel, modelPort], types: [areaPorts] },
  { room: /^main\/command(?=\/)/, may: [contract, kernel, transport] },
  { room: areaModule, may: [contract, kernel], types: [commandKit] },
  { room: areaList, may: [areaModule, /^main\/areas\/.*\/area\.ts$/] },
  {
    room: /^main\/areas\/(catalogs\/)?[^/]+\/commands(?=\/)/,
    may: [contract, contracts, kernel, commandKit, /^main\/areas\/.*\/commands\//],
  },
  { room: /^main\/areas\/inspection(?=\/)/, may: [contract, kernel] },
  {
    room: /^main\/areas\/(catalogs\/)?[^/]+(?=\/)/,
    may: [contract, contracts, kernel, inspection, areaModule],
    types: [areaPorts],
  },
  {
    room: /^main\/surfaces\/(index|module)\.ts$/,
    may: [transport, /^main\/surfaces\/[^/]+\/surface\.ts$/, /^main\/surfaces\/module\.ts$/],
    types: [contract, kernel, areaList],
  },
  {
    room: /^main\/surfaces\/[^/]+(?=\/)/,
    may: [contract, contracts, toolMessage, markedSnippet, kernel, transport],
    types: [areaPorts, areaList, /^main\/surfaces\/module\.ts$/],
  },
  {
    room: /^main\/cli(?=\/)/,
    may: [commandKit, areaList, /^main\/version\.ts$/],
    types: [areaModule],
  },
  {
    room: /^main\/desktop(?=\/)/,
    may: [contract, contracts, bridge, kernel, /^main\/areas\/notifications\//],
    types: [/^main\/areas\//],
  },

  // What puts it together.
  { room: /^main\/(version|start-lines|tokens)\.ts$/, may: [] },
  { room: /^main\/settings-flags\.ts$/, may: [contracts], types: [/^main\/areas\/settings\/edits\.ts$/] },
  { room: /^main\/migrations\.ts$/, may: [areaList, areaModule, kernel] },
  {
    room: /^main\/compose\.ts$/,
    may: [
      /^main\/(adapters|areas|contract|kernel|transport)\//,
      /^main\/surfaces\/(index|glue\/(credentials|connection-path))\.ts$/,
      /^main\/tokens\.ts$/,
      /^main\/migrations\.ts$/,
    ],
  },
  {
    room: /^main\/start-headless\.ts$/,
    may: [/^main\/headless\.ts$/, /^main\/kernel\/(no-debugger|thrifty-memory)\.ts$/],
  },
  { room: /^main\/headless\.ts$/, may: [kernel, /^main\/(compose|settings-flags|start-lines|version)\.ts$/] },
  { room: /^main\/cli\.ts$/, may: [commandKit, /^main\/cli\//] },
  {
    room: /^main\/index\.ts$/,
    may: [contract, kernel, /^main\/desktop\//, /^main\/(compose|settings-flags|start-lines|version)\.ts$/],
  },

  // The pages. Contracts are schemas as well, and those do not belong in a page.
  { room: /^preload(?=\/)/, may: [], types: [contract] },
  { room: /^renderer\/ui(?=\/)/, may: [shownText], types: [contracts] },
  { room: /^renderer\/client(?=\/)/, may: [], types: [contract, contracts, bridge] },
  { room: /^renderer\/page(?=\/)/, may: [client, ui, styles], types: [contract, contracts] },
  { room: /^renderer\/areas\/index\.ts$/, may: [page, /^renderer\/areas\//] },
  { room: /^renderer\/areas(?=\/)/, may: [page, client, ui, shownText], types: [contract, contracts] },
  {
    room: /^renderer\/popup(?=\/)/,
    may: [page, client, ui, /^renderer\/areas\/waiting\.ts$/],
    types: [contract, contracts, /^renderer\/areas\/waiting-kind\.ts$/],
  },
  {
    room: /^renderer\/app(?=\/)/,
    may: [page, client, ui, /^renderer\/areas\/index\.ts$/],
    types: [contract, contracts],
  },
  { room: /^renderer\/(main|popup)\.tsx$/, may: [/^renderer\/(app|popup|page|client)\//, styles] },
  { room: /^renderer\/vite\.config\.ts$/, may: [] },
];
