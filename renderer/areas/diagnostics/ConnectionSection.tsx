import { Check, KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import type { Connection } from "../../../main/areas/diagnostics/contract.ts";
import { windowDesktopCalls } from "../../client/desktop-window.ts";
import { asCallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { CommandBlock } from "../../ui/CommandBlock.tsx";
import { CopyButton } from "../../ui/Copy.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { PathLink } from "../../ui/PathLink.tsx";
import { toast } from "../../ui/toasts.ts";
import styles from "./ConnectionSection.module.css";
import pageStyles from "./DiagnosticsPage.module.css";
import { glueSnippet, snippets } from "./snippets.ts";

interface Props {
  readonly connection: Connection;
  readonly platform: string;
}

/** How other tools get here. The token goes to the clipboard without ever being in this page. */
export function ConnectionSection({ connection, platform }: Props) {
  const { baseUrl, files, tokenSource } = connection;
  const lines = [
    ...snippets(connection, platform),
    { id: "glue", title: "With Glue", text: glueSnippet(connection, platform) },
  ];
  return (
    <section className={pageStyles.section}>
      <h2>Connection</h2>
      <Facts
        isTable
        facts={[
          {
            label: "Address",
            value: (
              <>
                <code>{baseUrl}</code>
                <CopyButton text={baseUrl} label="Copy the address" />
              </>
            ),
          },
          ...files.map(({ clients, path }) =>
            clients === null
              ? { label: "Connection file", value: <Path path={path} /> }
              : {
                  label: `The same for ${clients}`,
                  value: <Path path={path} none="Another daemon holds it, or none" />,
                },
          ),
          {
            label: "Token",
            value: (
              <>
                <span className={styles.source}>{tokenWords(tokenSource)}</span>
                <CopyToken />
              </>
            ),
          },
        ]}
      />
      <div className={styles.snippets}>
        {lines.map(({ id, title, text }) => (
          <div key={id}>
            <h3>{title}</h3>
            <CommandBlock text={text} label="Command" />
          </div>
        ))}
      </div>
    </section>
  );
}

function tokenWords(source: string): string {
  if (source === "generated") return "Made by Gatehouse";
  return source === "flag" ? "Given on the command line" : `From ${source}`;
}

function Path({ path, none = "Not written" }: { readonly path: string | null; readonly none?: string }) {
  if (path === null) return <span className={styles.source}>{none}</span>;
  return (
    <>
      <PathLink path={path} />
      <CopyButton text={path} label="Copy the path" />
    </>
  );
}

const shownMs = 1500;

export function CopyToken() {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    windowDesktopCalls.copyToken().then(
      () => setCopied(true),
      (caught: unknown) =>
        toast(`The token was not copied. ${asCallError(caught).message}`, { tone: "deny" }),
    );
  };
  const Icon = isCopied ? Check : KeyRound;
  return (
    <Button size="small" icon={<Icon size={14} aria-hidden />} onClick={copy}>
      {isCopied ? "Copied" : "Copy token"}
    </Button>
  );
}
