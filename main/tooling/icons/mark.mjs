// Our mark: a gate. Drawn for each size anew, on whole pixels, because scaled lines blur at the size of a tray icon.

const font = "'Liberation Sans', 'Arial', 'Helvetica', sans-serif";

/** Edges of the gate on a square of `size` pixels: two posts under an arch. */
function frame(size) {
  const line = Math.max(2, Math.round(size / 8));
  const side = Math.round(size * 0.11);
  const left = side;
  const right = size - side;
  const top = Math.max(1, Math.round(size * 0.06));
  return { line, left, right, top, bottom: size - top, outer: (right - left) / 2, middle: size / 2 };
}

function archPath({ left, right, top, bottom, outer }, inset) {
  const radius = outer - inset;
  return `M${left + inset} ${bottom}V${top + outer}A${radius} ${radius} 0 0 1 ${right - inset} ${top + outer}V${bottom}Z`;
}

const opening = (gate, colour) =>
  `<path fill="${colour}" fill-rule="evenodd" d="${archPath(gate, 0)}${archPath(gate, gate.line)}"/>`;

/** The bars of a closed gate, a pixel or two each, evenly across the opening. */
function bars(gate, colour) {
  const bar = Math.max(1, Math.round(gate.line / 2));
  const innerLeft = gate.left + gate.line;
  const room = gate.right - gate.line - innerLeft;
  const gap = Math.round((room - 2 * bar) / 3);
  const foot = gate.top + gate.outer + Math.round(gate.outer * 0.35);
  const headOf = (x) => {
    const radius = gate.outer - gate.line / 2;
    return gate.top + gate.outer - Math.sqrt(Math.max(0, radius ** 2 - (x + bar / 2 - gate.middle) ** 2));
  };
  const upright = [innerLeft + gap, gate.right - gate.line - gap - bar].map(
    (x) =>
      `<rect x="${x}" y="${headOf(x)}" width="${bar}" height="${gate.bottom - headOf(x)}" fill="${colour}"/>`,
  );
  return [
    ...upright,
    `<rect x="${innerLeft}" y="${foot}" width="${room}" height="${bar}" fill="${colour}"/>`,
  ].join("");
}

function dot(gate, colour) {
  const radius = Math.max(2, gate.outer * 0.34);
  return `<circle cx="${gate.middle}" cy="${gate.top + gate.outer + gate.outer * 0.2}" r="${radius}" fill="${colour}"/>`;
}

function sign(gate, size, text, colour) {
  const fontSize = size * (text.length > 1 ? 0.52 : 0.68);
  return (
    `<text x="${gate.middle}" y="${gate.bottom - size * 0.14}" text-anchor="middle" font-family="${font}" ` +
    `font-weight="700" font-size="${fontSize}" fill="${colour}">${text}</text>`
  );
}

const filled = (gate, colour) => `<path fill="${colour}" d="${archPath(gate, 0)}"/>`;

/** The same words cut out of the fill, for icons of one colour. */
function cutOut(gate, size, colour, hole) {
  return (
    `<mask id="hole"><rect width="${size}" height="${size}" fill="white"/>${hole("black")}</mask>` +
    `<path fill="${colour}" mask="url(#hole)" d="${archPath(gate, 0)}"/>`
  );
}

const svg = (size, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}">${content}</svg>`;

/** For a bar whose brightness we know. `text` is the number on `needs-you`. */
export function traySvg(size, state, { line, wait, onWait, trouble, onTrouble }, text = "") {
  const gate = frame(size);
  const contents = {
    idle: () => opening(gate, line) + bars(gate, line),
    working: () => opening(gate, line) + dot(gate, line),
    "needs-you": () => filled(gate, wait) + sign(gate, size, text, onWait),
    trouble: () => filled(gate, trouble) + sign(gate, size, "!", onTrouble),
  };
  return svg(size, contents[state]());
}

/** For macOS, which takes the shape alone and colours it itself. */
export function templateSvg(size, state) {
  const gate = frame(size);
  const contents = {
    idle: () => opening(gate, "black") + bars(gate, "black"),
    working: () => opening(gate, "black") + dot(gate, "black"),
    "needs-you": () => cutOut(gate, size, "black", (colour) => dot(gate, colour)),
    trouble: () => cutOut(gate, size, "black", (colour) => sign(gate, size, "!", colour)),
  };
  return svg(size, contents[state]());
}

/** The app's own icon. */
export function appSvg(size) {
  const inner = Math.round(size * 0.62);
  const at = (size - inner) / 2;
  const gate = frame(inner);
  return svg(
    size,
    `<defs><linearGradient id="ground" x2="0" y2="1"><stop stop-color="#3b4356"/><stop offset="1" stop-color="#1d212b"/>` +
      `</linearGradient></defs><rect x="${size * 0.04}" y="${size * 0.04}" width="${size * 0.92}" height="${size * 0.92}" ` +
      `rx="${size * 0.21}" fill="url(#ground)"/><g transform="translate(${at} ${at - size * 0.01})">` +
      `${bars(gate, "#e5b454")}${opening(gate, "#f2f4f8")}</g>`,
  );
}
