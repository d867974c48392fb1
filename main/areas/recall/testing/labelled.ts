/** Messages and questions with answers graded by hand: 3 is what was looked for, 2 helps, 1 has to do with it. */
export interface LabelledMessage {
  readonly id: string;
  readonly text: string;
  readonly role: "user" | "assistant" | "tool";
  /** Days before the questions are asked. */
  readonly daysAgo: number;
}

export interface LabelledQuestion {
  readonly query: string;
  readonly asYouType?: boolean;
  readonly grades: Readonly<Record<string, number>>;
}

type Row = readonly [id: string, role: "u" | "a" | "t", daysAgo: number, text: string];

const WRITTEN: readonly Row[] = [
  [
    "deploy1",
    "u",
    40,
    "From now on we never deploy on a Friday afternoon; the rollback last month took all night.",
  ],
  ["deploy2", "a", 39, "I moved the deploy window to Tuesday mornings and put it in the calendar."],
  ["deploy3", "a", 12, "The deploy of the billing service went through without errors."],
  ["deploy4", "t", 11, "deploy: 14 files copied, 0 failed"],
  ["roll1", "a", 30, "To roll back, run the release script with the tag of the last good version."],
  ["roll2", "u", 29, "The rollback needs the database snapshot too, or the new columns are missing."],
  ["key1", "u", 90, "The spare key of the office lies in the blue flowerpot behind the bicycle shed."],
  ["key2", "u", 10, "Which primary key does the orders table have?"],
  ["key3", "a", 10, "The primary key of orders is a pair of customer and number."],
  [
    "db1",
    "a",
    25,
    "The slow query was missing an index on customer and date; with it the report takes 40 ms.",
  ],
  ["db2", "u", 24, "Why is the monthly report so slow?"],
  ["db3", "t", 24, "EXPLAIN: scan of table orders, 2400000 rows"],
  ["db4", "a", 3, "I raised the connection pool to twenty, since the workers waited for the database."],
  [
    "test1",
    "a",
    15,
    "The flaky test compared times with the clock of the machine; it uses a fake clock now.",
  ],
  ["test2", "u", 16, "The login test fails about once in ten runs on the build machine."],
  ["test3", "t", 14, "Tests: 812 passed, 0 failed"],
  ["test4", "a", 2, "All tests of the parser pass again."],
  ["branch1", "u", 6, "Use the branch feature/tax-rounding, not the old one called taxes."],
  ["branch2", "a", 6, "I rebased feature/tax-rounding on main; there was one conflict in invoice.ts."],
  ["branch3", "a", 20, "Old branches are deleted by a script every Sunday."],
  ["round1", "u", 7, "Taxes are rounded per line and not per invoice, the accountant was clear about that."],
  ["round2", "a", 5, "Rounding per line changes three of the sample invoices by one cent."],
  ["mail1", "u", 50, "Customers complain that the password reset mail lands in the spam folder."],
  ["mail2", "a", 49, "The reset mail failed SPF because it is sent from a new address; the record is fixed."],
  ["mail3", "a", 8, "The newsletter goes out at nine in the morning."],
  [
    "pass1",
    "u",
    60,
    "Passwords must have at least twelve characters, and we check them against the leaked list.",
  ],
  ["pass2", "a", 33, "I added the strength meter below the password field."],
  ["cache1", "a", 18, "The cache is cleared whenever a price changes, so stale prices cannot be shown."],
  ["cache2", "u", 19, "Somebody saw yesterday's price in the shop again."],
  ["cache3", "a", 45, "The build cache saves about four minutes."],
  ["img1", "u", 13, "Product pictures have to be square, 800 pixels wide, with a white background."],
  ["img2", "a", 13, "I resized 212 product pictures; seven had a transparent background."],
  ["log1", "a", 9, "Logs are kept for fourteen days and then deleted."],
  ["log2", "u", 9, "We may not log the addresses of customers."],
  ["log3", "t", 1, "WARN log: disk usage 81%"],
  ["meet1", "u", 4, "The meeting with the auditors is on the third of May at ten."],
  ["meet2", "a", 4, "I noted the auditors' questions about retention in docs/audit.md."],
  ["port1", "u", 70, "The staging server listens on port 8443, the old one was on 8080."],
  ["port2", "a", 35, "Port 8080 was taken by another process, so the preview runs on 8081."],
  ["cpp1", "u", 22, "The image filter is written in C++ because Python was too slow."],
  ["cpp2", "a", 21, "I replaced the Python loop by a call into the C++ filter."],
  ["py1", "a", 28, "The Python scripts need version 3.12 or later."],
  ["de1", "u", 17, "Die Straße vor dem Lager ist bis Freitag gesperrt, Lieferungen kommen über den Hof."],
  ["zh1", "u", 26, "周五之前请把北京仓库的库存表发给我"],
  ["zh2", "a", 26, "北京仓库的库存表已经更新"],
  ["bug1", "u", 5, "GLUE-123: the export stops at row 65536."],
  ["bug2", "a", 4, "GLUE-123 is fixed; rows were counted with sixteen bits."],
  ["bug3", "a", 3, "GLUE-132 is a duplicate of another report."],
  ["lic1", "u", 80, "No libraries under the GPL in the app, MIT and Apache are fine."],
  ["lic2", "a", 79, "I removed the one library under the GPL and wrote the parser ourselves."],
  ["time1", "u", 11, "All times in the database are UTC; the window shows local time."],
  ["time2", "a", 65, "The timer for reminders was an hour late after the clocks changed."],
  ["coffee1", "u", 100, "The coffee machine takes the large filters, size four."],
  ["holiday1", "u", 55, "The shop is closed from 24 December to 2 January."],
  ["vat1", "u", 14, "The VAT number of the Dutch company ends in B01."],
  ["font1", "a", 44, "The invoice font lacks the Polish letters, so I switched to another one."],
];

const THINGS = [
  "deploy",
  "invoice",
  "report",
  "branch",
  "password",
  "picture",
  "log",
  "cache",
  "test",
  "database",
  "mail",
  "price",
  "customer",
  "order",
  "server",
  "script",
  "parser",
  "meeting",
  "port",
  "library",
  "filter",
  "window",
  "release",
  "table",
] as const;

/** Ordinary talk around the same words, none of which answers a question. */
const TALK: readonly (readonly ["u" | "a" | "t", (thing: string, i: number) => string])[] = [
  ["u", (thing) => `Can you look at the ${thing} again when you have time?`],
  ["a", (thing, i) => `I had a look at the ${thing} and changed ${(i % 5) + 2} lines.`],
  ["a", (thing) => `The ${thing} is as it was; nothing to do there for now.`],
  ["u", (thing) => `Please write a short note about the ${thing} for the new people.`],
  ["t", (thing, i) => `src/${thing}.ts: ${i * 7 + 3} lines, last changed this week`],
  ["a", (thing) => `There are two ways to go on with the ${thing}, and I would take the simpler one.`],
  ["u", (thing) => `What is left to do for the ${thing}?`],
  ["a", (thing, i) => `Done with the ${thing}, part ${(i % 3) + 1} of 3.`],
  ["t", (thing, i) => `grep: ${i % 9} matches for ${thing} in docs`],
];

const ROLES = { u: "user", a: "assistant", t: "tool" } as const;

export const labelledMessages: readonly LabelledMessage[] = [
  ...WRITTEN.map(([id, role, daysAgo, text]) => ({ id, text, role: ROLES[role], daysAgo })),
  ...THINGS.flatMap((thing, i) =>
    TALK.map(([role, say], number) => ({
      id: `talk ${thing} ${number}`,
      text: say(thing, i + number),
      role: ROLES[role],
      daysAgo: ((i * 13 + number * 29) % 100) + 1,
    })),
  ),
];

const asked = (query: string, grades: Readonly<Record<string, number>>, asYouType = false) => ({
  query,
  grades,
  asYouType,
});

export const labelledQuestions: readonly LabelledQuestion[] = [
  asked("deploy friday", { deploy1: 3, deploy2: 1 }),
  asked("deploy window", { deploy2: 3, deploy1: 1 }),
  asked("when do we deploy", { deploy2: 3, deploy1: 3, deploy3: 1 }),
  asked("billing deploy", { deploy3: 3, deploy4: 1 }),
  asked("rollback", { roll2: 3, deploy1: 2, roll1: 1 }),
  asked("roll back release", { roll1: 3, roll2: 1 }),
  asked("spare key", { key1: 3 }),
  asked("key flowerpot", { key1: 3 }),
  asked("blue flow", { key1: 3 }, true),
  asked('"primary key"', { key3: 3, key2: 2 }),
  asked("orders primary key", { key3: 3, key2: 2 }),
  asked("slow report", { db2: 3, db1: 2 }),
  asked("missing index", { db1: 3 }),
  asked("connection pool", { db4: 3 }),
  asked("flaky test clock", { test1: 3, test2: 1 }),
  asked("login test fails", { test2: 3, test1: 1 }),
  asked("tests passed", { test3: 3, test4: 1 }),
  asked("feature/tax-rounding", { branch1: 3, branch2: 3 }),
  asked("conflict invoice", { branch2: 3 }),
  asked("taxes rounded per line", { round1: 3, round2: 2 }),
  asked("rounding per line", { round2: 3, round1: 2 }),
  asked("reset mail spam", { mail1: 3, mail2: 2 }),
  asked("SPF", { mail2: 3 }),
  asked("password twelve characters", { pass1: 3 }),
  asked("passwords leaked", { pass1: 3 }),
  asked("stale price", { cache1: 3, cache2: 2 }),
  asked("yesterday's price", { cache2: 3, cache1: 1 }),
  asked("build cache", { cache3: 3 }),
  asked("product pictures background", { img1: 3, img2: 3 }),
  asked("logs kept", { log1: 3 }),
  asked("auditors", { meet1: 3, meet2: 3 }),
  asked("meeting audi", { meet1: 3, meet2: 1 }, true),
  asked("staging port", { port1: 3, port2: 1 }),
  asked("port 8080", { port2: 3, port1: 2 }),
  asked("C++ filter", { cpp2: 3, cpp1: 3 }),
  asked("strasse gesperrt", { de1: 3 }),
  asked("北京仓库", { zh1: 3, zh2: 3 }),
  asked("GLUE-123", { bug1: 3, bug2: 3 }),
  asked("GPL library", { lic2: 3, lic1: 2 }),
  asked("times UTC", { time1: 3 }),
  asked("cofee machine", { coffee1: 3 }),
  asked("closed december", { holiday1: 3 }),
  asked("polish letters font", { font1: 3 }),
  asked("auditers retention", { meet2: 3, meet1: 1 }),
];
