// The box one writes in: formatting, type-ahead for commands, people, channels and emoji, files.

import { act, announce, h, icon, iconButton, menu, roving } from "./dom.js";
import { QUICK, emoji, emojiLike } from "./emoji.js";

const DRAFTS = new Map(); // what was typed and not sent, by place

/** Return a composer. `where` is {key, channel, thread, label}; `world` gives users, channels, offer, avatar. */
export function composer(where, world) {
  const id = `composer-${where.thread ? "thread" : "main"}`;
  const draft = DRAFTS.get(where.key) || { text: "", files: [] };
  const files = draft.files;
  const box = h("textarea.write", { id, rows: "1", placeholder: where.label, "aria-label": where.label, role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, spellcheck: "true", autocomplete: "off" });
  box.value = draft.text;
  const list = h("div.suggest", { role: "listbox", id: `${id}-list`, "aria-label": "Suggestions" });
  const tray = h("div.tray");
  const also = where.thread && where.name ? h("input", { type: "checkbox" }) : null;
  let found = [], at = 0, from = 0;

  const keep = () => { DRAFTS.set(where.key, { text: box.value, files }); };
  const grow = () => { box.style.height = "auto"; box.style.height = `${Math.min(box.scrollHeight, 240)}px`; sendButton.disabled = !box.value.trim() && !files.length; sendButton.classList.toggle("ready", !sendButton.disabled); };
  const close = () => { list.remove(); found = []; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };

  function look() {
    const before = box.value.slice(0, box.selectionStart);
    const command = /^\/([\w-]*)$/.exec(before), word = /(^|[\s(])([@#:])([\w+-]*)$/.exec(before);
    found = []; let title = "";
    if (command && !where.thread) {
      from = 0; title = "Commands and shortcuts";
      const wanted = before.toLowerCase();
      if (world.offer.command.startsWith(wanted) || wanted === "/") found.push({ put: `${world.offer.command} `, look: world.avatar("bot", 24), title: [h("strong", {}, world.offer.command), " ", h("span.dim", {}, world.offer.hint)], more: world.offer.description, side: "Earshot" });
      for (const one of world.offer.shortcuts.filter((shortcut) => shortcut.type === "global" && `/${shortcut.name.toLowerCase()}`.includes(wanted))) found.push({ run: () => { box.value = ""; grow(); keep(); act("shortcut", { callback_id: one.callback_id }); }, look: h("span.bolt", {}, icon("bolt", 18)), title: [h("strong", {}, one.name)], more: one.description, side: "Earshot" });
    } else if (word) {
      const [, , mark, part] = word, sought = part.toLowerCase();
      from = before.length - part.length - 1;
      if (mark === "@") {
        title = "People and apps";
        found = world.users().filter((user) => user.name.startsWith(sought) || user.real_name.toLowerCase().includes(sought)).sort((a, b) => b.is_bot - a.is_bot).map((user) => ({ put: `@${user.name} `, look: world.avatar(user.id, 24), title: [h("strong", {}, user.is_bot ? user.real_name : user.name), user.is_bot ? h("span.badge", {}, "APP") : null, " ", h("span.presence"), " ", h("span.dim", {}, user.is_bot ? "" : user.real_name)] }));
      } else if (mark === "#") {
        title = "Channels";
        found = world.channels().filter((channel) => channel.name && channel.name.includes(sought)).map((channel) => ({ put: `#${channel.name} `, look: icon(channel.is_private ? "lock" : "hash", 18), title: [channel.name] }));
      } else if (sought.length > 1) {
        title = "Emoji";
        found = emojiLike(sought).map(([name, drawn]) => ({ put: `${drawn} `, look: h("span.emoji", {}, drawn), title: [`:${name}:`] }));
      }
    }
    if (!found.length) { close(); return; }
    at = 0;
    list.replaceChildren(h("div.suggest-head", {}, title, h("span.suggest-keys", { "aria-hidden": "true" }, h("kbd", {}, "↑↓"), " to move  ", h("kbd", {}, "Enter"), " to choose  ", h("kbd", {}, "Esc"), " to close")), ...found.map((one, number) => h("div.suggest-row", { role: "option", id: `${id}-o${number}`, onmousedown: (event) => { event.preventDefault(); choose(number); } }, h("span.suggest-look", {}, one.look), h("span.suggest-text", {}, h("span", {}, one.title), one.more ? h("span.suggest-more", {}, one.more) : null), one.side ? h("span.suggest-side", {}, one.side) : null)));
    frame.append(list);
    box.setAttribute("aria-expanded", "true");
    mark();
  }
  function mark() {
    [...list.querySelectorAll("[role=option]")].forEach((row, number) => { row.setAttribute("aria-selected", String(number === at)); if (number === at) row.scrollIntoView({ block: "nearest" }); });
    box.setAttribute("aria-activedescendant", `${id}-o${at}`);
  }
  function choose(number) {
    const one = found[number];
    if (one.run) { close(); one.run(); return; }
    const rest = box.value.slice(box.selectionStart);
    box.value = box.value.slice(0, from) + one.put + rest;
    const end = from + one.put.length;
    box.setSelectionRange(end, end);
    close(); grow(); keep(); box.focus();
  }
  function wrap(left, right = left) {
    const { selectionStart: start, selectionEnd: end, value } = box;
    box.value = value.slice(0, start) + left + value.slice(start, end) + right + value.slice(end);
    box.focus();
    box.setSelectionRange(start + left.length, end + left.length);
    grow(); keep();
  }
  function lead(mark_) {
    const { selectionStart: start, selectionEnd: end, value } = box;
    const first = value.lastIndexOf("\n", start - 1) + 1;
    let number = 0;
    const changed = value.slice(first, end).split("\n").map((line) => `${mark_ === "1. " ? `${++number}. ` : mark_}${line}`).join("\n");
    box.value = value.slice(0, first) + changed + value.slice(end);
    box.focus(); grow(); keep();
  }
  async function send() {
    const text = box.value.trim();
    if (!text && !files.length) return;
    box.value = ""; close();
    const given = files.splice(0).map((file) => file.id);
    drawTray(); grow(); keep();
    const done = await act("say", { channel: where.channel, thread: where.thread || null, text, files: given, broadcast: Boolean(also?.checked) });
    if (also) also.checked = false;
    if (!done.ok) { box.value = text; grow(); keep(); announce(`Not sent: ${done.error}`); }
  }
  async function attach(chosen) {
    for (const file of chosen) {
      const form = new FormData();
      form.append("file", file);
      const done = await (await fetch(`/do/upload${location.search}`, { method: "POST", body: form })).json();
      if (done.ok) files.push(done.file); else announce(`${file.name} was not taken: ${done.error}`);
    }
    drawTray(); grow(); keep(); box.focus();
  }
  function drawTray() {
    tray.replaceChildren(...files.map((file) => h("span.tray-file", {}, icon("file", 18), h("span", {}, file.name), iconButton("close", `Remove ${file.name}`, () => { files.splice(files.indexOf(file), 1); drawTray(); grow(); keep(); }, { size: 14, class: "ib tiny" }))));
    tray.hidden = !files.length;
  }

  box.addEventListener("input", () => { grow(); look(); keep(); });
  box.addEventListener("blur", () => setTimeout(close, 100));
  box.addEventListener("click", look);
  box.addEventListener("paste", (event) => { if (event.clipboardData?.files.length) { event.preventDefault(); attach(event.clipboardData.files); } });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (found.length) {
      if (event.key === "ArrowDown") { event.preventDefault(); at = (at + 1) % found.length; mark(); return; }
      if (event.key === "ArrowUp") { event.preventDefault(); at = (at - 1 + found.length) % found.length; mark(); return; }
      if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); choose(at); return; }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); return; }
    }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
    if ((event.ctrlKey || event.metaKey) && "biu".includes(event.key)) { event.preventDefault(); wrap({ b: "*", i: "_", u: "_" }[event.key]); }
  });

  const picker = h("input.unseen", { type: "file", multiple: true, tabindex: "-1", "aria-label": "Attach files", onchange: () => attach(picker.files) });
  const tool = (name, label, run) => iconButton(name, label, run, { size: 18, class: "ib tool" });
  const bar = roving(h("div.bar", { role: "toolbar", "aria-label": "Formatting" }, tool("bold", "Bold", () => wrap("*")), tool("italic", "Italic", () => wrap("_")), tool("strike", "Strikethrough", () => wrap("~")), h("span.bar-line"), tool("link", "Link", () => wrap("https://", "")), h("span.bar-line"), tool("numbers", "Ordered list", () => lead("1. ")), tool("list", "Bulleted list", () => lead("• ")), h("span.bar-line"), tool("quote", "Quote", () => lead("> ")), h("span.bar-line"), tool("code", "Code", () => wrap("`")), tool("fence", "Code block", () => wrap("```\n", "\n```"))));
  const sendButton = h("button.send", { type: "button", "aria-label": "Send now", title: "Send now", disabled: true, onclick: send }, icon("send", 18));
  const insert = (text) => { const start = box.selectionStart; box.value = box.value.slice(0, start) + text + box.value.slice(box.selectionEnd); box.focus(); box.setSelectionRange(start + text.length, start + text.length); grow(); look(); };
  const under = h("div.bar.under", {}, roving(h("div.bar-tools", { role: "toolbar", "aria-label": "More for this message" }, h("button.ib.tool.round-tool", { type: "button", "aria-label": "Attach or use a shortcut", title: "Attach or use a shortcut", "aria-haspopup": "menu", onclick: (event) => menu(event.currentTarget, [{ label: "Upload from your computer", icon: "file", run: () => picker.click() }, ...world.offer.shortcuts.filter((one) => one.type === "global").map((one) => ({ label: one.name, hint: one.description, icon: "bolt", run: () => act("shortcut", { callback_id: one.callback_id }) })), ...(where.thread ? [] : [{ label: `Type ${world.offer.command}`, hint: world.offer.description, icon: "code", run: () => { box.value = `${world.offer.command} `; box.focus(); grow(); } }])], "Attach") }, icon("plus", 18)), tool("text", "Show or hide formatting", (event) => { bar.hidden = !bar.hidden; event.currentTarget.setAttribute("aria-pressed", String(!bar.hidden)); }), h("button.ib.tool", { type: "button", "aria-label": "Emoji", title: "Emoji", "aria-haspopup": "menu", onclick: (event) => menu(event.currentTarget, [...QUICK, "tada", "thinking_face", "heart", "fire", "pray"].map((name) => ({ label: `${emoji(name)}  :${name}:`, run: () => insert(emoji(name)) })), "Emoji") }, icon("smile", 18)), tool("at", "Mention someone", () => insert("@")))), h("span.bar-gap"), picker, sendButton);
  const frame = h("div.composer-box", { ondragover: (event) => event.preventDefault(), ondrop: (event) => { event.preventDefault(); attach(event.dataTransfer.files); } }, bar, box, tray, under);
  drawTray();
  queueMicrotask(grow);
  return h("div.composer", {}, frame, also ? h("label.also", {}, also, " Also send to ", h("strong", {}, `#${where.name}`)) : null, h("div.composer-hint", { "aria-hidden": "true" }, h("strong", {}, "Shift + Enter"), " to add a new line"));
}
