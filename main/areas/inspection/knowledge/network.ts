import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import { runsOthers } from "./effects.ts";
import type { Program, Use } from "./form.ts";

const fetches = risk(
  "network",
  "medium",
  "fetches from the network",
  "It loads something from another machine.",
);
const sends = risk(
  "network",
  "high",
  "sends data over the network",
  "What it sends may leave your machine for good.",
);
const savesFetched = risk(
  "writes",
  "medium",
  "saves what it fetched",
  "It writes a file with contents from outside.",
);
const asks = risk("network", "low", "asks the network", "It sends small questions to other machines.");
const moves = risk(
  "network",
  "high",
  "moves data over the network",
  "It can send your data to another machine, or fetch some.",
);
const reading = /^(GET|HEAD|OPTIONS)$/i;
/** Options of curl and wget that send something. */
const sending = [
  ..."-d --data --data-raw --data-binary --data-urlencode --json -F --form --form-string -T --upload-file".split(
    " ",
  ),
  ..."--post-data --post-file --body-data --body-file".split(" "),
];
const sendingOptions = sending.map((option) => `${option}:`).join(" ");
const saving =
  "-o --output -O --remote-name -J --remote-header-name --output-dir -c --cookie-jar -D --dump-header".split(
    " ",
  );

const webAddress = /^(https?:\/\/)?[\w.-]+(:\d+)?([/?#][^\s]*)?$/i;

/** Also files by `file:`, and protocols that write, can be addresses. */
function transfer(use: Use, saves: readonly Risk[]): readonly Risk[] | null {
  const isAddressed = use.operands.every(({ kind, text }) => kind === "literal" && webAddress.test(text));
  // A format can name files to read and to write.
  const isPlain = use.values("-w", "--write-out").every((format) => !/^@|%output/.test(format));
  if (!isAddressed || !isPlain) return null;
  const methods = use.values("-X", "--request", "--method");
  const isSending = use.has(...sending) || !methods.every((method) => reading.test(method));
  return [isSending ? sends : fetches, ...saves];
}

export const networkPrograms: readonly Program[] = [
  {
    names: "curl",
    does: [],
    // Not here: `-K`, which reads more options from a file, and what names a proxy, a socket or a program.
    options: `-s --silent -S --show-error -f --fail --fail-with-body -L --location -i --include -I --head -v --verbose -k --insecure -G --get -g --globoff -N --no-buffer -4 --ipv4 -6 --ipv6 --progress-bar -m: --max-time: --connect-timeout: --retry:n --retry-delay:n --retry-all-errors --max-redirs:n --compressed --http1.1 --http2 -H: --header: -A: --user-agent: -e: --referer: -w: --write-out: -X: --request: -r: --range: --tlsv1.2 --no-progress-meter --path-as-is -b: --cookie: -u: --user: -z: -o:out --output:out -O --remote-name -J --remote-header-name --output-dir:out -c:out --cookie-jar:out -D:out --dump-header:out --create-dirs ${sendingOptions}`,
    operands: "any",
    check: (use) => transfer(use, use.has(...saving) ? [savesFetched] : []),
    otherwise: runsOthers,
    about: "-V -h",
  },
  {
    names: "wget",
    does: [],
    options: `-q --quiet -nv --no-verbose -v --verbose -c --continue -N --timestamping -S --server-response --spider -t:n --tries:n -T:n --timeout:n -w:n --wait:n -U: --user-agent: --header: --method: --no-check-certificate --show-progress -4 -6 --max-redirect:n --content-disposition -O:out --output-document:out -P:out --directory-prefix:out -r --recursive -m --mirror -p -k ${sendingOptions}`,
    operands: "any",
    check: (use) => transfer(use, use.has("--spider") ? [] : [savesFetched]),
    otherwise: runsOthers,
    about: "-V -h",
  },
  { names: "http https xh", does: [sends], operands: "any", once: true, otherwise: sends },
  {
    names: "ping ping6 dig host nslookup whois traceroute mtr",
    does: [asks],
    options: "-c:n -4 -6 -n -q -W: -i: -s:n -t: -m:n -w:n -x -p: -r --report +short",
    operands: "any",
  },
  {
    names: "nc ncat netcat socat telnet ftp sftp rclone aria2c",
    does: [moves],
    operands: "anything",
    once: true,
  },
];
