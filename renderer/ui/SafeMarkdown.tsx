import { memo, type ComponentProps } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import styles from "./SafeMarkdown.module.css";
import { useSurroundings } from "./surroundings.ts";
import { toast } from "./toasts.ts";
import { Tooltip } from "./Tooltip.tsx";

/**
 * A link out of untrusted text never takes a page anywhere: it shows its address, and a click hands it to the main
 * process, which asks before the browser opens. Any other address is only copied.
 */
function Link({ href, children }: ComponentProps<"a">) {
  const { copyText } = useSurroundings();
  if (href === undefined || href === "") return <span>{children}</span>;
  const open = () => {
    if (href.startsWith("https://")) {
      window.open(href, "_blank", "noopener");
      return;
    }
    copyText(href).then(
      () => toast("Address copied."),
      () => toast("That could not be copied.", { tone: "deny" }),
    );
  };
  return (
    <Tooltip text={<bdi dir="ltr">{href}</bdi>}>
      <button type="button" className={styles.link} onClick={open}>
        {children}
      </button>
    </Tooltip>
  );
}

const components: Components = {
  a: ({ href, children }) => <Link {...(href === undefined ? {} : { href })}>{children}</Link>,
  // Nothing remote is ever loaded; a picture is its words.
  img: ({ alt, src }) => (
    <span className={styles.picture}>
      [picture: {alt || (typeof src === "string" ? src : "no description")}]
    </span>
  ),
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h4: ({ children }) => <h3>{children}</h3>,
  // What is wider than the page scrolls by itself, also by keyboard.
  table: ({ children }) => (
    <div className={styles.table} tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
};
const plugins = [remarkGfm];

/** Markdown of a model or a tool: no HTML, no pictures, no links that open by themselves. */
export const SafeMarkdown = memo(function SafeMarkdown({ text }: { readonly text: string }) {
  return (
    <div className={`${styles.markdown} selectable`} dir="auto">
      <Markdown skipHtml remarkPlugins={plugins} components={components}>
        {text}
      </Markdown>
    </div>
  );
});
