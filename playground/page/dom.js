// Making elements without ever parsing text as HTML, so that nothing a message holds can become markup.

/** Return an element `tag` with attributes, listeners (`onclick` …) and children; null and false are left out. */
export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name || "div");
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class") made.className = [made.className, value].filter(Boolean).join(" ");
    else if (key === "style") Object.assign(made.style, value);
    else if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const PATHS = {
  hash: "M8.200 3.500 6.600 16.500M13.400 3.500l-1.600 13M4 7.500h12.500M3.500 12.500H16",
  lock: "M5 9.200h10v7.300H5zM7 9V6.500a3 3 0 0 1 6 0V9",
  home: "M3.500 9.500 10 3.500l6.500 6v7h-4.700v-4.700H8.200v4.700H3.500z",
  dms: "M3 5.500h11v7.700H8.500L5.500 16v-2.800H3zM14.500 8H17v7.500h-1.500v2L13 15.500h-3",
  bell: "M10 3a4.500 4.500 0 0 0-4.500 4.500c0 4-1.500 5-1.500 6h12c0-1-1.500-2-1.500-6A4.500 4.500 0 0 0 10 3zM8.500 16a1.600 1.600 0 0 0 3 0",
  later: "M5.500 3.500h9v13L10 13.200l-4.500 3.300z",
  dots: "M4.500 10h.01M10 10h.01M15.500 10h.01",
  kebab: "M10 4.500h.01M10 10h.01M10 15.500h.01",
  search: "M8.800 14a5.200 5.200 0 1 0 0-10.400 5.200 5.200 0 0 0 0 10.400zM12.700 12.700l4 4",
  down: "M5.500 8l4.500 4.500L14.500 8",
  up: "M5.500 12.500 10 8l4.500 4.500",
  right: "M8 5.500l4.500 4.500L8 14.500",
  left: "M12.500 5.500 8 10l4.500 4.500",
  compose: "M15.500 10.500v6h-12v-12h6M8 12l.5-2.500 7-7 2 2-7 7z",
  plus: "M10 4v12M4 10h12",
  close: "M5 5l10 10M15 5 5 15",
  bold: "M6.500 4.500h4.200a2.600 2.600 0 0 1 0 5.300H6.500zM6.500 9.800h5a2.900 2.900 0 0 1 0 5.700h-5z",
  italic: "M8.500 4.500h5M6.500 15.500h5M11 4.500l-2 11",
  strike: "M3.500 10h13M13.500 6.800c0-1.600-1.500-2.600-3.500-2.600-2.200 0-3.500 1.100-3.500 2.700 0 1.500 1 2.300 3 2.800M6.300 13c.2 1.700 1.600 2.800 3.700 2.800 2.300 0 3.700-1.100 3.700-2.800 0-.9-.4-1.700-1-2.200",
  link: "M8.500 11.500l3-3M9 6.500l1.500-1.500a3 3 0 0 1 4.500 4.500L13.500 11M11 13.500 9.500 15A3 3 0 0 1 5 10.500L6.500 9",
  list: "M8 5.500h8.500M8 10h8.500M8 14.500h8.500M4 5.500h.01M4 10h.01M4 14.500h.01",
  numbers: "M8.500 5.500h8M8.500 10h8M8.500 14.500h8M3.500 4.500l1-.5v3.200M3.300 13a1.100 1.100 0 1 1 1.800.8L3.300 16h2.200",
  quote: "M4 4.500v11M8 6h8.500M8 10h8.500M8 14h5.500",
  code: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  fence: "M3.500 4.500h13v11h-13zM8 8l-2 2 2 2M12 8l2 2-2 2",
  send: "M3.500 16.500 17 10 3.500 3.500 5.500 10zM5.500 10H11",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 11.800a3.600 3.600 0 0 0 6 0M7.600 8h.01M12.400 8h.01",
  at: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0 0v1.200a1.900 1.900 0 0 0 3.800 0V10A6.800 6.800 0 1 0 14 15.500",
  text: "M3 15l3.500-9h.8L10.800 15M4.200 12h5.400M17 15v-5.500M17 12.200a2.300 2.300 0 1 1-4.600 0 2.300 2.300 0 0 1 4.600 0z",
  reply: "M3.500 4h13v9.500h-6L7 16.800v-3.300H3.500zM7 7.500h6M7 10h4",
  eye: "M2.500 10s2.700-4.800 7.500-4.800 7.500 4.800 7.500 4.800-2.700 4.800-7.500 4.800S2.500 10 2.500 10zM12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
  trash: "M4 6h12M8 6V4h4v2M5.500 6l.7 10.500h7.600L14.500 6M8.500 9v4.500M11.500 9v4.500",
  thumbup: "M6.500 9v7.500h-3V9zM6.500 9l3-6c1.500 0 2.200 1 2 2.300L11 8h4.300c1 0 1.500.8 1.300 1.700l-1.200 5.300c-.2.900-.9 1.500-1.800 1.500H6.500",
  thumbdown: "M6.500 11V3.500h-3V11zM6.500 11l3 6c1.500 0 2.200-1 2-2.300L11 12h4.300c1 0 1.500-.8 1.300-1.700L15.400 5c-.2-.9-.9-1.500-1.800-1.500H6.500",
  file: "M5 2.800h6.500L15 6.300v10.900H5zM11.500 2.800v3.500H15M7.500 10h5M7.500 13h5",
  bolt: "M11 2.500 4.500 11.500H9L8.500 17.500l7-9.500H11z",
  people: "M12.500 16c0-2.500-1.800-4-4.500-4s-4.500 1.500-4.500 4M8 9.500a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400zM12.500 4.500a2.500 2.500 0 0 1 0 4.800M14 12.200c1.600.6 2.500 1.900 2.500 3.800",
  warning: "M10 3.500 17.500 16.500h-15zM10 8v4M10 14.300h.01",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.300v4M10 6.800h.01",
  check: "M4.500 10.500l3.500 3.500 7.500-8",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.200l2.500 1.800",
  copy: "M7 7h9v9.500H7zM4 13V3.500h8.500",
  download: "M10 3.500v9M6.200 9l3.800 3.800L13.800 9M4 16.500h12",
  filter: "M3.500 5.500h13M6 10h8M8.500 14.500h3",
  headphones: "M4 13v-2.500a6 6 0 0 1 12 0V13M4 11.500h2v4.500H4.500zM16 11.500h-2v4.500h1.500z",
  refresh: "M15.800 8.500A6 6 0 1 0 16 11M16 4.500v4h-4",
  star: "M10 3.300l2 4.300 4.700.6-3.400 3.200.8 4.700L10 13.800l-4.100 2.300.8-4.700L3.300 8.200l4.700-.6z",
  back: "M16 10H4.500M9 5 4 10l5 5",
};

/** Return a line icon by name; it is decoration, its button carries the label. */
export function icon(name, size = 20) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", width: size, height: size, fill: "none", stroke: "currentColor", "stroke-width": name.includes("dots") || name === "kebab" ? 2.4 : 1.5, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) svg.setAttribute(key, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name] || PATHS.info);
  svg.append(path);
  return svg;
}

/** Return a button that shows an icon; `label` is what it is called. */
export function iconButton(name, label, onclick, more = {}) {
  const { class: kind, size, ...rest } = more;
  return h("button", { type: "button", class: kind || "ib", "aria-label": label, title: label, onclick, ...rest }, icon(name, size));
}

/** Make a bar of buttons one stop of the Tab key, in which the arrow keys, Home and End move; return it. */
export function roving(bar) {
  const buttons = () => [...bar.querySelectorAll("button")];
  const stop = (at) => buttons().forEach((one) => { one.tabIndex = one === at ? 0 : -1; });
  stop(buttons()[0]);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = buttons(), at = all.indexOf(document.activeElement);
    const to = { ArrowRight: (at + 1) % all.length, ArrowLeft: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[to].focus();
  });
  return bar;
}

/** Post JSON to the playground and return its answer. */
export async function act(name, body) {
  const who = new URLSearchParams(location.search).get("as");
  const response = await fetch(`/do/${name}${who ? `?as=${encodeURIComponent(who)}` : ""}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body || {}) });
  return response.json();
}

/** Say something to screen readers. */
export function announce(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 30);
}

/** Show a menu of `items` ({label, icon, run, hint}) under `anchor`; arrow keys move, Escape closes. */
export function menu(anchor, items, label) {
  closeMenus();
  const list = h("div.menu", { role: "menu", "aria-label": label }, items.map((item) => item === "-" ? h("div.menu-line", { role: "separator" }) : item.head ? h("div.menu-head", {}, item.head) : h("button.menu-item", { role: item.checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": item.checked === undefined ? null : String(item.checked), tabindex: "-1", type: "button", onclick: () => { close(); item.run(); } }, item.icon ? icon(item.icon, 18) : null, h("span.menu-label", {}, item.label, item.hint ? h("span.menu-hint", {}, item.hint) : null), item.checked ? icon("check", 18) : null)));
  const screen = h("div.menu-screen", { onclick: () => close() });
  const close = () => { screen.remove(); list.remove(); anchor.setAttribute("aria-expanded", "false"); if (anchor.isConnected) anchor.focus({ preventScroll: true }); };
  document.getElementById("layer").append(screen, list);
  place(list, anchor);
  anchor.setAttribute("aria-expanded", "true");
  const buttons = [...list.querySelectorAll("button")];
  (buttons.find((one) => one.getAttribute("aria-checked") === "true") || buttons[0])?.focus();
  list.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); event.stopPropagation(); close(); }
    if (event.key === "ArrowDown") { event.preventDefault(); buttons[(at + 1) % buttons.length].focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); buttons[(at - 1 + buttons.length) % buttons.length].focus(); }
  });
}

export function closeMenus() {
  document.querySelectorAll(".menu, .menu-screen").forEach((one) => one.remove());
}

/** Put a floating box next to its anchor, inside the window. */
export function place(box, anchor) {
  const spot = anchor.getBoundingClientRect();
  const { innerWidth: wide, innerHeight: high } = window;
  const width = Math.min(box.offsetWidth, wide - 16), height = Math.min(box.offsetHeight, high - 16);
  const below = spot.bottom + 4 + height <= high - 8;
  box.style.left = `${Math.max(8, Math.min(spot.left, wide - width - 8))}px`;
  box.style.top = `${below ? spot.bottom + 4 : Math.max(8, spot.top - height - 4)}px`;
}

/** Ask before something is done; resolves to true when confirmed. */
export function confirmBox({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const done = (answer) => { box.close(); box.remove(); before?.focus?.(); resolve(answer); };
    const box = h("dialog.modal.small", { "aria-label": title, oncancel: (event) => { event.preventDefault(); done(false); } },
      h("div.modal-head", {}, h("h2", {}, title), iconButton("close", "Close", () => done(false))),
      h("div.modal-body", {}, text),
      h("div.modal-foot", {}, h("button.btn", { type: "button", onclick: () => done(false) }, deny || "Cancel"), h("button.btn", { type: "button", class: style === "danger" ? "danger" : "primary", onclick: () => done(true) }, confirm || "OK")));
    document.getElementById("layer").append(box);
    box.showModal();
  });
}
