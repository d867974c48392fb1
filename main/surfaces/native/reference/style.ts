export const style = `
:root {
  color-scheme: light dark;
  --surface: #fbfbfa; --raised: #ffffff; --sunken: #f1f1ef; --line: #dfdfdb;
  --text: #1d1d1b; --muted: #63635d; --accent: #1f5fbf; --allow: #1b7340; --deny: #b3261e; --wait: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #191a1c; --raised: #202225; --sunken: #131416; --line: #34373b;
    --text: #ececea; --muted: #a3a6aa; --accent: #82b1ff; --allow: #6fce97; --deny: #ff8a80; --wait: #f0b95a;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body {
  margin: 0; display: grid; grid-template-columns: 232px minmax(0, 1fr); min-height: 100vh;
  background: var(--surface); color: var(--text); font: 13px/1.55 system-ui, sans-serif;
}
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre, .path { font: 12px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 24px 16px; border-right: 1px solid var(--line); }
nav strong { display: block; font-size: 15px; margin-bottom: 2px; }
nav small { color: var(--muted); font-size: 12px; }
nav h2 { margin: 20px 0 4px; font-size: 12px; font-weight: 600; }
nav h2 a { color: var(--text); text-transform: capitalize; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 2px 8px; margin: 0 -8px; border-radius: 6px; color: var(--muted); }
nav li a:hover { background: var(--sunken); color: var(--text); text-decoration: none; }
main { padding: 40px 48px 96px; max-width: 960px; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 0 8px; }
main h2 { font-size: 20px; line-height: 1.3; margin: 64px 0 8px; text-transform: capitalize; }
main h2.plain { text-transform: none; }
h3 { font-size: 15px; margin: 0; font-weight: 600; }
h4 { font-size: 12px; margin: 16px 0 4px; color: var(--muted); font-weight: 600; }
p { margin: 8px 0; max-width: 68ch; }
pre { background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; padding: 12px 16px; overflow: auto; }
article { padding: 20px 0; border-top: 1px solid var(--line); }
.call { display: flex; gap: 10px; align-items: baseline; flex-wrap: wrap; margin-bottom: 4px; }
.method { font: 600 12px/1.6 ui-monospace, monospace; min-width: 52px; }
.GET { color: var(--accent); } .POST { color: var(--allow); } .PUT { color: var(--wait); } .DELETE { color: var(--deny); }
.path { overflow-wrap: anywhere; }
.name { color: var(--muted); margin-left: auto; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 4px 0 8px; }
th { text-align: left; font-size: 12px; font-weight: 600; color: var(--muted); }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:nth-child(1) { width: 30%; } th:nth-child(3) { width: 28%; } td { overflow-wrap: anywhere; }
tr.branch td { color: var(--muted); }
.d1 { padding-left: 16px; } .d2 { padding-left: 32px; } .d3 { padding-left: 48px; } .d4, .d5 { padding-left: 64px; }
.optional { color: var(--muted); }
details { margin: 8px 0; } summary { cursor: pointer; color: var(--muted); font-size: 12px; font-weight: 600; }
@media (max-width: 760px) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  nav ul { display: none; } nav h2 { display: inline-block; margin: 8px 16px 0 0; }
  main { padding: 24px 16px 64px; }
}
@media print { nav { display: none; } body { display: block; } }
`;
