// What one types into or chooses from: text inputs, dates, checkboxes, selects with type-ahead. Every field carries
// `dataset.action`, and `value()` on its element gives what a view's state holds of it.

import { h, icon, place } from "./dom.js";
import { bare, plain, textObject } from "./mrkdwn.js";

let world = { users: () => [], channels: () => [] };

/** Say which users and channels selects may offer. */
export function fieldsKnow(given) { world = given; }

/** Return the field for `one`; `send(choice, target)` tells the bot of a change where the block wants that. */
export function field(one, block, ctx, send) {
  const draw = FIELDS[one.type] || FIELDS.plain_text_input;
  const dispatch = block.type !== "input" || block.dispatch_action;
  const made = draw(one, dispatch ? send : () => {}, ctx);
  made.dataset.action = one.action_id;
  made.dataset.field = one.type;
  return made;
}

function typed(kind, more = {}) {
  return (one, send) => {
    const long = one.multiline || one.type === "rich_text_input";
    const input = h(long ? "textarea.in" : "input.in", { type: long ? null : kind, placeholder: one.placeholder ? bare(one.placeholder) : null, maxlength: one.max_length ? String(one.max_length) : null, minlength: one.min_length ? String(one.min_length) : null, rows: long ? "4" : null, min: one.min_value, max: one.max_value, step: one.is_decimal_allowed ? "any" : null, autofocus: one.focus_on_load || null, ...more });
    input.value = typeof one.initial_value === "string" ? one.initial_value : "";
    const on = one.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
    let wait;
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !long && on.includes("on_enter_pressed")) send(input.value, input); });
    input.addEventListener("input", () => { if (on.includes("on_character_entered")) { clearTimeout(wait); wait = setTimeout(() => send(input.value, input), 300); } });
    input.value_ = () => (one.type === "rich_text_input" ? { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: input.value }] }] } : input.value || null);
    return input;
  };
}

function dated(kind, name) {
  return (one, send) => {
    const input = h("input.in.slim", { type: kind, "aria-label": one.placeholder ? bare(one.placeholder) : kind, onchange: () => send(input.value_(), input) });
    const first = one[name];
    if (kind === "datetime-local" && first) input.value = new Date(first * 1000).toISOString().slice(0, 16);
    else if (first) input.value = first;
    input.value_ = () => (kind === "datetime-local" ? (input.value ? Math.floor(new Date(input.value).getTime() / 1000) : null) : input.value || null);
    return input;
  };
}

function ticks(kind) {
  return (one, send) => {
    const name = `t${Math.random().toString(36).slice(2)}`;
    const first = kind === "radio" ? [one.initial_option?.value] : (one.initial_options || []).map((option) => option.value);
    const box = h("div.ticks", { role: "group" }, one.options.map((option) => h("label.tick", {}, h("input", { type: kind, name, value: option.value, checked: first.includes(option.value), onchange: () => send(box.value_(), box) }), h("span", {}, textObject(option.text), option.description ? h("span.tick-more", {}, textObject(option.description)) : null))));
    box.value_ = () => { const on = [...box.querySelectorAll("input:checked")].map((input) => input.value); return kind === "radio" ? on[0] ?? null : on; };
    return box;
  };
}

const asOption = (value, text) => ({ value, text: { type: "plain_text", text } });

function choices(one, ctx) {
  if (one.type.includes("external")) return async (sought) => (sought.length < (one.min_query_length ?? 3) ? [] : (await ctx.suggest(one.action_id, sought)) || []);
  const all = one.type.includes("users") ? world.users().map((user) => asOption(user.id, user.real_name))
    : one.type.includes("conversations") || one.type.includes("channels") ? world.channels().map((channel) => asOption(channel.id, channel.is_im ? channel.label : `# ${channel.name}`))
    : one.option_groups ? one.option_groups.flatMap((group) => group.options.map((option, number) => ({ ...option, group: number ? null : bare(group.label) }))) : one.options || [];
  return async (sought) => all.filter((option) => bare(option.text).toLowerCase().includes(sought.toLowerCase()));
}

function select(one, send, ctx) {
  const many = one.type.startsWith("multi_"), find = choices(one, ctx);
  const first = one.initial_options || [one.initial_option].filter(Boolean);
  const ids = one.initial_users || one.initial_conversations || one.initial_channels || [one.initial_user || one.initial_conversation || one.initial_channel || (one.default_to_current_conversation ? ctx.channel : null)].filter(Boolean);
  const named = (id) => asOption(id, world.users().find((user) => user.id === id)?.real_name || `# ${world.channels().find((channel) => channel.id === id)?.name || id}`);
  let chosen = first.length ? [...first] : ids.map(named);
  let options = [], at = -1, number = 0;
  const number_ = `s${Math.random().toString(36).slice(2)}`;
  const hint = one.placeholder ? bare(one.placeholder) : many ? "Select options" : "Select an option";
  const input = h("input.sel-in", { type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": number_, "aria-label": hint, placeholder: hint, autofocus: one.focus_on_load || null });
  const chips = h("span.chips");
  const list = h("div.options", { role: "listbox", id: number_, "aria-label": hint });
  const box = h("span.sel", { class: many ? "many" : "" }, chips, input, icon("down", 16));
  const show = () => {
    chips.replaceChildren(...(many ? chosen.map((option) => h("span.chip", {}, bare(option.text), h("button", { type: "button", "aria-label": `Remove ${bare(option.text)}`, onclick: (event) => { event.stopPropagation(); chosen = chosen.filter((kept) => kept !== option); show(); send(box.value_(), box); } }, icon("close", 12)))) : []));
    if (!many && document.activeElement !== input) input.value = chosen[0] ? bare(chosen[0].text) : "";
    input.placeholder = many && chosen.length ? "" : hint;
  };
  const close = () => { list.remove(); at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); if (many) input.value = ""; show(); if (!many) input.value = chosen[0] ? bare(chosen[0].text) : ""; };
  const pick = (option) => {
    if (many) { const has = chosen.some((kept) => kept.value === option.value); chosen = has ? chosen.filter((kept) => kept.value !== option.value) : one.max_selected_items && chosen.length >= one.max_selected_items ? chosen : [...chosen, option]; input.value = ""; show(); if (list.isConnected) open(); }
    else { chosen = [option]; close(); }
    send(box.value_(), box);
  };
  const mark = () => { [...list.querySelectorAll("[role=option]")].forEach((row, place_) => { row.classList.toggle("at", place_ === at); if (place_ === at) { row.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", row.id); } }); };
  async function open() {
    const mine = ++number;
    const sought = !many && chosen[0] && input.value === bare(chosen[0].text) ? "" : input.value;
    const found = await find(sought);
    if (mine !== number || document.activeElement !== input) return;
    options = found;
    at = options.length ? 0 : -1;
    list.replaceChildren(...(options.length ? options.flatMap((option, place_) => [option.group ? h("div.menu-head", {}, option.group) : null, h("div.option", { role: "option", id: `${number_}-${place_}`, "aria-selected": String(chosen.some((kept) => kept.value === option.value)), onmousedown: (event) => { event.preventDefault(); pick(option); } }, h("span", {}, plain(bare(option.text)), option.description ? h("span.menu-hint", {}, bare(option.description)) : null), chosen.some((kept) => kept.value === option.value) ? icon("check", 16) : null)].filter(Boolean)) : [h("div.none", {}, one.type.includes("external") && sought.length < (one.min_query_length ?? 3) ? "Type to search" : "No results")]));
    const host = input.closest("dialog") || document.getElementById("layer");
    host.append(list);
    list.style.minWidth = `${box.getBoundingClientRect().width}px`;
    place(list, box);
    input.setAttribute("aria-expanded", "true");
    mark();
  }
  let wait;
  input.addEventListener("focus", () => { input.select(); open(); });
  input.addEventListener("click", () => { if (!list.isConnected) open(); });
  input.addEventListener("blur", close);
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(open, one.type.includes("external") ? 120 : 0); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); if (!list.isConnected) open(); else { at = Math.min(options.length - 1, at + 1); mark(); } }
    if (event.key === "ArrowUp") { event.preventDefault(); at = Math.max(0, at - 1); mark(); }
    if (event.key === "Enter" && list.isConnected) { event.preventDefault(); if (options[at]) pick(options[at]); }
    if (event.key === "Escape" && list.isConnected) { event.preventDefault(); event.stopPropagation(); close(); }
    if (event.key === "Backspace" && many && !input.value && chosen.length) { chosen = chosen.slice(0, -1); show(); }
  });
  box.addEventListener("click", () => input.focus());
  const ofIds = /users|conversations|channels/.test(one.type), external = one.type.includes("external");
  const told = (option) => (ofIds ? option.value : external ? { text: option.text, value: option.value } : option.value);
  box.value_ = () => (many ? chosen.map(told) : chosen[0] ? told(chosen[0]) : null);
  show();
  return box;
}

const FIELDS = {
  plain_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("number"),
  rich_text_input: typed("text"),
  datepicker: dated("date", "initial_date"),
  timepicker: dated("time", "initial_time"),
  datetimepicker: dated("datetime-local", "initial_date_time"),
  checkboxes: ticks("checkbox"),
  radio_buttons: ticks("radio"),
  file_input: (one) => {
    const told = [];
    const names = h("span.file-names", { "aria-live": "polite" }, "No file chosen");
    const input = h("input.unseen", { type: "file", multiple: (one.max_files || 10) > 1, accept: (one.filetypes || []).map((kind) => `.${kind}`).join(",") || null, onchange: async () => {
      told.length = 0;
      for (const file of input.files) { const form = new FormData(); form.append("file", file); const done = await (await fetch(`/do/upload${location.search}`, { method: "POST", body: form })).json(); if (done.ok) told.push(done.file); }
      names.textContent = told.map((file) => file.name).join(", ") || "No file chosen";
    } });
    const box = h("span.file-in", {}, h("label.btn", {}, "Choose file", input), names);
    box.value_ = () => [...told];
    return box;
  },
};
for (const kind of ["static", "external", "users", "conversations", "channels"]) { FIELDS[`${kind}_select`] = select; FIELDS[`multi_${kind}_select`] = select; }

/** Return what every field under `root` holds, by action_id. */
export function values(root) {
  return Object.fromEntries([...root.querySelectorAll("[data-field]")].map((one) => [one.dataset.action, one.value_()]));
}
