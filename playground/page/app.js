// The page: what it knows, where one is, what is drawn, and the stream of changes.

import { act, announce, h, icon, iconButton, menu } from "./dom.js";
import { composer } from "./composer.js";
import { fieldsKnow } from "./fields.js";
import { day, message } from "./message.js";
import { know, readable } from "./mrkdwn.js";
import { homeTab, showModals } from "./views.js";

const who = new URLSearchParams(location.search).get("as");
const query = who ? `?as=${encodeURIComponent(who)}` : "";
const PAGE = 100; // messages shown before one asks for earlier ones
const at = { channel: null, thread: null, tab: "messages", mark: null, shown: PAGE };
const unread = new Map();
let S = null; // the state as the server told it

const world = {
  user: (id) => S.users.find((user) => user.id === id),
  users: () => S.users,
  channel: (id) => S.channels.find((channel) => channel.id === id),
  channels: () => S.channels.map((channel) => ({ ...channel, label: label(channel) })),
  me: () => S.me,
  zone: () => world.user(S.me).tz,
  offer: () => S.offer,
  avatar,
  open: (id) => { if (id.startsWith("C")) go(id); else if (id === S.bot) go(direct().id); else { const found = S.channels.find((channel) => channel.is_im && channel.members.includes(id) && !channel.members.includes(S.bot) && id !== S.me); if (found) go(found.id); } },
  thread: (channel, ts) => go(channel, ts),
};

const direct = () => S.channels.find((channel) => channel.is_im && channel.members.includes(S.bot));
const withBot = (channel) => channel.is_im && channel.members.includes(S.bot);
const other = (channel) => world.user(channel.members.find((id) => id !== S.me) || S.me);
const label = (channel) => (channel.is_im ? other(channel).real_name : channel.name);

function avatar(id, size) {
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.42)}px` };
  if (id === "bot" || id === S.bot) return h("img.face", { src: "/page/earshot.svg", alt: "", width: String(size), height: String(size), style });
  if (id === "USLACKBOT") return h("span.face.slackbot", { style, "aria-hidden": "true" }, "♥");
  const user = world.user(id);
  return h("span.face", { style: { ...style, background: user?.colour || "#616061" }, "aria-hidden": "true" }, (user?.real_name || "?").split(" ").map((word) => word[0]).slice(0, 2).join(""));
}

// --- going places -------------------------------------------------------------------------------------------------

function go(channel, thread = null, tab = "messages") {
  location.hash = `#${channel}${tab !== "messages" ? `/${tab}` : ""}${thread ? `/${thread}` : ""}`;
}

function read() {
  const parts = decodeURIComponent(location.hash.slice(1)).split("/").filter(Boolean);
  const channel = S.channels.find((one) => one.id === parts[0]) || S.channels[0];
  const rest = parts.slice(1), before = at.channel;
  at.channel = channel.id;
  at.tab = rest.find((part) => ["home", "about", "files"].includes(part)) || "messages";
  at.mark = null;
  if (before !== channel.id) at.shown = PAGE;
  at.thread = rest.find((part) => /^\d+\.\d+$/.test(part)) || null;
  const mark = rest.find((part) => /^p\d+$/.test(part));
  if (mark) at.mark = `${mark.slice(1, -6)}.${mark.slice(-6)}`;
  unread.delete(channel.id);
  document.body.classList.toggle("at-place", parts.length > 0);
  document.body.classList.toggle("at-thread", Boolean(at.thread));
  drawSide(); drawMain(); drawPane();
  if (withBot(channel) && (before !== channel.id || at.tab === "home")) act("home", { tab: at.tab });
  if (!at.thread && innerWidth > 768) document.getElementById("composer-main")?.focus({ preventScroll: true });
}

// --- the frame ----------------------------------------------------------------------------------------------------

function drawTop() {
  document.getElementById("top").replaceChildren(
    h("div.top-nav", {}, iconButton("back", "Back", () => history.back(), { class: "ib light" }), iconButton("clock", "History", (event) => menu(event.currentTarget, S.channels.slice(0, 6).map((channel) => ({ label: label(channel), icon: channel.is_im ? "dms" : channel.is_private ? "lock" : "hash", run: () => go(channel.id) })), "Recent"), { class: "ib light", "aria-haspopup": "menu" })),
    h("button.top-search", { type: "button", onclick: jump }, icon("search", 16), h("span", {}, `Search ${S.team}`)),
    h("div.top-side", {}, h("span.local", { title: "This Slack runs on your own machine; nothing leaves it" }, "Local playground")));
}

function jump() {
  if (document.querySelector("dialog[open]")) return;
  const input = h("input.jump-in", { type: "text", autocomplete: "off", spellcheck: "false", placeholder: "Jump to a channel or app, or search messages", "aria-label": "Search" });
  const list = h("div.jump-list", { role: "listbox", "aria-label": "Results" });
  const close = () => { box.close(); box.remove(); };
  const box = h("dialog.jump", { "aria-label": "Search", oncancel: close, onclick: (event) => { if (event.target === box) close(); } }, input, list);
  let rows = [], on = 0;
  const draw = () => {
    const sought = input.value.toLowerCase();
    rows = S.channels.filter((channel) => label(channel).toLowerCase().includes(sought)).map((channel) => ({ look: channel.is_im ? avatar(other(channel).id, 20) : icon(channel.is_private ? "lock" : "hash", 18), text: label(channel), run: () => go(channel.id) }));
    if (sought.length > 2) rows.push(...Object.entries(S.messages).flatMap(([channel, all]) => all.filter((one) => !one.ephemeral).map((one) => [one, readable(one.text)]).filter(([, said]) => said.toLowerCase().includes(sought)).slice(-5).map(([one, said]) => ({ look: icon("reply", 18), text: `${world.user(one.user)?.real_name || ""}: ${said.slice(0, 90)}`, run: () => go(channel, one.thread_ts || null) }))));
    rows = rows.slice(0, 10); on = 0; paint();
  };
  const paint = () => list.replaceChildren(...rows.map((row, number) => h("button.jump-row", { type: "button", role: "option", tabindex: "-1", "aria-selected": String(number === on), onclick: () => { close(); row.run(); } }, row.look, h("span", {}, row.text))));
  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); on = Math.min(rows.length - 1, on + 1); paint(); }
    if (event.key === "ArrowUp") { event.preventDefault(); on = Math.max(0, on - 1); paint(); }
    if (event.key === "Enter" && rows[on]) { event.preventDefault(); close(); rows[on].run(); }
  });
  document.getElementById("layer").append(box);
  box.showModal(); input.focus(); draw();
}

function ownMenu() {
  const people = S.users.filter((user) => !user.is_bot);
  return [{ head: "Look as" }, ...people.map((user) => ({ label: user.real_name, hint: `${user.title} · ${user.tz}`, checked: user.id === S.me, run: () => { location.search = `?as=${user.id}`; } })), "-", { label: "Start over", hint: "Empties every channel", icon: "refresh", run: () => act("reset") }];
}

function drawRail() {
  const door = (name, text, run, on) => h("button.rail-door", { type: "button", class: on ? "on" : "", onclick: run, "aria-current": on ? "page" : null }, h("span.rail-icon", {}, icon(name)), h("span.rail-text", {}, text));
  const im = S.channels.find((one) => one.id === at.channel)?.is_im;
  document.getElementById("rail").replaceChildren(
    h("div.team", { title: S.team, "aria-hidden": "true" }, S.team.split(" ").map((word) => word[0]).slice(0, 2).join("")),
    door("home", "Home", () => go(S.channels[0].id), !im),
    door("dms", "DMs", () => go(direct().id), im),
    h("span.rail-gap"),
    h("button.rail-me", { type: "button", "aria-label": `You are ${world.user(S.me).real_name}: look as someone else, or start over`, title: world.user(S.me).real_name, "aria-haspopup": "menu", onclick: (event) => menu(event.currentTarget, ownMenu(), "You") }, avatar(S.me, 36), h("span.presence")));
}

function drawSide() {
  drawRail();
  const row = (channel, look) => h("button.side-row", { type: "button", class: [channel.id === at.channel ? "on" : "", unread.get(channel.id) ? "unread" : ""].join(" "), "data-channel": channel.id, "aria-current": channel.id === at.channel ? "page" : null, onclick: () => go(channel.id) }, h("span.side-look", {}, look), h("span.side-name", {}, label(channel), channel.is_im && other(channel).id === S.me ? h("span.side-you", {}, " you") : null), unread.get(channel.id) ? h("span.count", { "aria-label": "unread" }, String(unread.get(channel.id))) : null);
  const group = (title, rows) => h("section.side-group", {}, h("h3.side-title", {}, icon("down", 14), title), rows);
  const rooms = S.channels.filter((one) => !one.is_im), people = S.channels.filter((one) => one.is_im && !withBot(one));
  document.getElementById("side").replaceChildren(
    h("div.side-head", {}, h("button.side-team", { type: "button", "aria-haspopup": "menu", onclick: (event) => menu(event.currentTarget, ownMenu(), S.team) }, h("span", {}, S.team), icon("down", 16)), iconButton("compose", "New message", jump, { class: "ib light boxed-light" })),
    h("div.side-scroll", {},
      group("Channels", rooms.map((one) => row(one, icon(one.is_private ? "lock" : "hash", 18)))),
      group("Direct messages", people.map((one) => row(one, h("span.side-face", {}, avatar(other(one).id, 20), h("span.presence"))))),
      group("Apps", S.channels.filter(withBot).map((one) => row(one, avatar(S.bot, 20))))));
}

// --- the main column ----------------------------------------------------------------------------------------------

function tabs(channel) {
  const names = withBot(channel) ? [...(S.offer.home ? [["home", "Home", "home"]] : []), ["messages", "Messages", "dms"], ["about", "About", "info"]] : [["messages", "Messages", "dms"], ["files", "Files", "file"]];
  return h("div.tabs", { role: "tablist", "aria-label": "Views" }, names.map(([tab, text, look]) => h("button.tab", { type: "button", role: "tab", id: `tab-${tab}`, "aria-selected": String(at.tab === tab), class: at.tab === tab ? "on" : "", onclick: () => go(channel.id, null, tab) }, icon(look, 16), text)));
}

function drawMain() {
  const channel = world.channel(at.channel);
  document.title = `${channel.is_im ? label(channel) : `#${channel.name}`} – ${S.team} – Earshot playground`;
  const head = h("header.place", {}, iconButton("back", "Back to channels", () => { location.hash = ""; document.body.classList.remove("at-place"); }, { class: "ib phone" }), h("h1.place-name", {}, channel.is_im ? avatar(other(channel).id, 24) : icon(channel.is_private ? "lock" : "hash", 20), h("span", {}, label(channel)), withBot(channel) ? h("span.badge", {}, "APP") : null), h("span.place-topic", {}, channel.is_im ? other(channel).title : channel.topic), h("span.bar-gap"), channel.is_im ? null : h("span.members", { title: channel.members.map((id) => world.user(id)?.real_name || id).join(", "), "aria-label": `${channel.members.length} members` }, h("span.member-faces", {}, channel.members.slice(0, 3).map((id) => avatar(id, 22))), String(channel.members.length)));
  const main = document.getElementById("main");
  const shown = [head, tabs(channel)];
  if (at.tab === "home") shown.push(h("div.scroll", { id: "list" }, homeTab(S.home)));
  else if (at.tab === "about") shown.push(h("div.scroll", { id: "list" }, h("div.about", {}, avatar(S.bot, 96), h("h2", {}, "Earshot"), h("p", {}, world.user(S.bot).title), h("p.dim", {}, "Answers with the exact words that were said, who said them, and where to check. ", h("code", {}, `${S.offer.command} help`), " tells what to ask."))));
  else if (at.tab === "files") shown.push(h("div.scroll", { id: "list" }, files(channel)));
  else shown.push(h("div.scroll", { id: "list", tabindex: "0", role: "log", "aria-label": `Messages in ${label(channel)}` }, stream(channel)), statusLine(channel.id, null), h("div.composer-place", {}, composer({ key: `${S.me}:${channel.id}`, channel: channel.id, name: channel.name, label: channel.is_im ? `Message ${label(channel)}` : `Message #${channel.name}` }, { ...world, offer: S.offer })));
  main.replaceChildren(...shown.filter(Boolean));
  const list = document.getElementById("list");
  list.classList.toggle("from-the-end", at.tab === "messages");
  list.scrollTop = at.tab === "messages" ? list.scrollHeight : 0;
  if (at.mark) { const spot = list.querySelector(`[data-ts="${at.mark}"]`); if (spot) { spot.scrollIntoView({ block: "center" }); spot.classList.add("flash"); } }
}

function files(channel) {
  const all = (S.messages[channel.id] || []).filter((one) => one.files?.length);
  return all.length ? all.map((one) => message(one, world, { inThread: true })) : h("p.dim.pad", {}, "No files were shared here yet.");
}

function stream(channel) {
  const all = (S.messages[channel.id] || []).filter((one) => !one.thread_ts || one.thread_ts === one.ts || one.broadcast);
  if (at.mark) at.shown = Math.max(at.shown, all.length - all.findIndex((one) => one.ts === at.mark));
  if (all.length <= at.shown) return [welcome(channel), ...drawn(all)];
  const more = h("button.btn.earlier", { type: "button", onclick: () => { const list = document.getElementById("list"), below = list.scrollHeight - list.scrollTop; at.shown += PAGE; list.replaceChildren(...stream(channel)); list.scrollTop = list.scrollHeight - below; } }, `Show earlier messages (${all.length - at.shown} more)`);
  return [more, ...drawn(all.slice(-at.shown))];
}

function drawn(all, inThread = false, after = null) {
  const out = [], zone = world.zone();
  let last = after;
  for (const one of all) {
    const today = day(one.ts, zone);
    if (!inThread && (!last || day(last.ts, zone) !== today)) { out.push(h("div.day", { role: "separator" }, h("span", {}, today))); last = null; }
    const follows = last && last.user === one.user && !one.ephemeral && !last.ephemeral && !last.subtype && Number(one.ts) - Number(last.ts) < 300 && !(last.reply_count && !inThread) && !one.broadcast;
    out.push(message(one, world, { follows: Boolean(follows), inThread }));
    last = one;
  }
  return out;
}

function welcome(channel) {
  if (withBot(channel)) {
    const given = S.prompts[channel.id]?.prompts || S.offer.prompts || [];
    const title = S.prompts[channel.id]?.title;
    return h("div.intro", {}, avatar(S.bot, 48), h("h2", {}, "Earshot"), h("p", {}, "This is the start of your direct messages with ", h("strong", {}, "Earshot"), ". Ask in your own words; no command is needed here."), given.length ? h("div.prompts", { role: "group", "aria-label": title || "Suggested prompts" }, title ? h("div.prompts-title", {}, title) : null, given.map((one) => h("button.prompt", { type: "button", onclick: () => act("say", { channel: channel.id, text: one.message }) }, h("strong", {}, one.title), h("span", {}, one.message)))) : null);
  }
  if (channel.is_im) return h("div.intro", {}, avatar(other(channel).id, 48), h("h2", {}, label(channel)), h("p", {}, `This conversation is just between you and ${label(channel)}. Earshot is not here, yet ${S.offer.command} works: its answer is for you alone.`));
  const inside = channel.members.includes(S.bot);
  return h("div.intro", {}, h("span.intro-hash", {}, icon(channel.is_private ? "lock" : "hash", 28)), h("h2", {}, channel.is_private ? channel.name : `#${channel.name}`), h("p", {}, `${channel.topic}. `, inside ? ["Try ", attempt(`${S.offer.command} ${S.offer.hint}`), " or ", attempt(`${S.offer.command} quote margin`), ", or mention ", h("button.mention", { type: "button", onclick: () => world.open(S.bot) }, "@Earshot"), "."] : [`${S.offer.command} works here, but mentions do not reach Earshot until it is invited. `, h("button.btn.small", { type: "button", onclick: async () => { await act("invite", { channel: channel.id }); await load(); } }, "Invite Earshot")]));
}

/** Return words that, clicked, stand in the composer. */
function attempt(text) {
  return h("button.try", { type: "button", title: "Put this into the message box", onclick: () => { const box = document.getElementById("composer-main"); box.value = text; box.dispatchEvent(new Event("input")); box.focus(); } }, text);
}

function statusLine(channel, thread) {
  const found = S.statuses.find((one) => one.channel === channel && (one.thread === thread || (!thread && world.channel(channel).is_im)));
  return found ? h("div.status", { role: "status" }, avatar(S.bot, 20), h("span.shimmer", {}, `Earshot ${found.status}`)) : null;
}

// --- the thread ---------------------------------------------------------------------------------------------------

function drawPane() {
  const pane = document.getElementById("pane"), channel = world.channel(at.channel);
  const all = at.thread ? (S.messages[at.channel] || []).filter((one) => one.ts === at.thread || one.thread_ts === at.thread) : [];
  const main = document.getElementById("list"), wasLow = main && main.scrollHeight - main.scrollTop - main.clientHeight < 80;
  pane.hidden = !all.length;
  document.getElementById("app").classList.toggle("with-pane", Boolean(all.length));
  if (wasLow) main.scrollTop = main.scrollHeight;
  if (!all.length) { pane.replaceChildren(); return; }
  const [first, ...replies] = all;
  const told = replies.filter((one) => !one.ephemeral).length;
  const list = h("div.scroll", { id: "thread", tabindex: "0", role: "log", "aria-label": "Thread" }, message(first, world, { inThread: true }), told ? h("div.replies", {}, h("span", {}, `${told} ${told === 1 ? "reply" : "replies"}`)) : null, drawn(replies, true), statusLine(channel.id, at.thread), h("div.composer-place", {}, composer({ key: `${S.me}:${channel.id}:${at.thread}`, channel: channel.id, thread: at.thread, name: channel.name, label: "Reply…" }, { ...world, offer: S.offer })));
  pane.replaceChildren(h("header.place", {}, iconButton("back", "Back", () => go(at.channel), { class: "ib phone" }), h("h2.place-name", {}, "Thread"), h("button.pane-place", { type: "button", onclick: () => go(at.channel) }, channel.is_im ? label(channel) : `# ${channel.name}`), h("span.bar-gap"), iconButton("close", "Close thread", () => go(at.channel))), list);
  list.scrollTop = list.scrollHeight;
}

// --- changes ------------------------------------------------------------------------------------------------------

/** Draw something anew without losing the place: scrolled to its end it stays there, and the focus stays. */
function redraw(draw, id, inThread) {
  const list = document.getElementById(id);
  if (!list) { draw(); return; }
  const low = (id === "thread" || at.tab === "messages") && list.scrollHeight - list.scrollTop - list.clientHeight < 80, top = list.scrollTop;
  const focused = document.activeElement;
  const typing = focused?.matches?.("textarea.write") ? [focused.id, focused.selectionStart, focused.selectionEnd] : null;
  const pressed = focused?.dataset?.action && focused.closest("[data-ts]") ? [focused.closest("[data-ts]").dataset.ts, focused.dataset.action] : null;
  draw();
  const fresh = document.getElementById(id);
  if (fresh) fresh.scrollTop = low ? fresh.scrollHeight : top;
  if (typing) { const box = document.getElementById(typing[0]); box?.focus({ preventScroll: true }); box?.setSelectionRange(typing[1], typing[2]); }
  else if (pressed) { const holder = fresh?.querySelector(`[data-ts="${pressed[0]}"]`); (holder?.querySelector(`[data-action="${CSS.escape(pressed[1])}"]`) || holder?.querySelector("button"))?.focus({ preventScroll: true }); }
  return inThread;
}

function put(one) {
  const all = (S.messages[one.channel] ||= []);
  const place = all.findIndex((kept) => kept.ts === one.ts);
  if (place < 0) { all.push(one); all.sort((a, b) => Number(a.ts) - Number(b.ts)); return true; }
  all[place] = one;
  return false;
}

function swap(one, listId, inThread) {
  const list = document.getElementById(listId), old = list?.querySelector(`:scope > [data-ts="${one.ts}"]`);
  if (!old) return false;
  const low = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const held = old.contains(document.activeElement) ? document.activeElement.dataset.action : null;
  const fresh = message(one, world, { follows: old.classList.contains("follows"), inThread });
  old.replaceWith(fresh);
  if (held) (fresh.querySelector(`[data-action="${CSS.escape(held)}"]`) || fresh.querySelector(".acts button"))?.focus({ preventScroll: true });
  if (low) list.scrollTop = list.scrollHeight;
  return true;
}

function append(one) {
  const list = document.getElementById("list"), channel = world.channel(one.channel);
  const low = list.scrollHeight - list.scrollTop - list.clientHeight < 200 || one.user === S.me;
  const all = (S.messages[channel.id] || []).filter((kept) => !kept.thread_ts || kept.thread_ts === kept.ts || kept.broadcast);
  if (all.at(-1) === one) list.append(...drawn([one], false, all.at(-2) || null)); // only what is new is read out
  else list.replaceChildren(...[stream(channel)].flat(3));
  if (low) list.scrollTop = list.scrollHeight;
}

const HEAR = {
  message: ({ message: one, parent, place }) => {
    S.channels = S.channels.map((channel) => (channel.id === place.id ? place : channel));
    const fresh = put(one);
    if (parent) put(parent);
    const here = one.channel === at.channel, reply = one.thread_ts && one.thread_ts !== one.ts;
    if (here && at.tab === "messages") {
      if (reply && !one.broadcast) { if (parent) swap(parent, "list", false); }
      else if (fresh) append(one); else swap(one, "list", false);
    }
    if (here && at.thread && (one.ts === at.thread || one.thread_ts === at.thread)) { if (fresh || !swap(one, "thread", true)) redraw(drawPane, "thread"); }
    if (fresh && !here && one.user !== S.me) { unread.set(one.channel, (unread.get(one.channel) || 0) + 1); drawSide(); }
    if (fresh && one.user !== S.me) announce(`${world.user(one.user)?.real_name || "Slackbot"}: ${readable(one.text).slice(0, 200)}`);
    if (fresh && here && one.ephemeral && reply && at.thread !== one.thread_ts) go(at.channel, one.thread_ts);
  },
  removed: ({ channel, ts }) => {
    S.messages[channel] = (S.messages[channel] || []).filter((one) => one.ts !== ts);
    if (channel === at.channel && at.tab === "messages") redraw(drawMain, "list");
    if (at.thread) redraw(drawPane, "thread");
  },
  view: ({ views }) => { S.views = views; showModals(views, avatar); },
  home: ({ home }) => { S.home = home; if (at.tab === "home" && withBot(world.channel(at.channel))) redraw(drawMain, "list"); },
  prompts: ({ prompts }) => { S.prompts = prompts; if (at.tab === "messages") redraw(drawMain, "list"); },
  status: ({ channel, thread, status }) => {
    S.statuses = S.statuses.filter((one) => one.channel !== channel || one.thread !== thread);
    if (status) S.statuses.push({ channel, thread, status });
    if (channel === at.channel) { if (at.tab === "messages") redraw(drawMain, "list"); if (at.thread === thread) redraw(drawPane, "thread"); }
  },
  reset: () => { location.hash = ""; location.reload(); },
  end: () => {},
};

async function load() {
  S = await (await fetch(`/state${query}`)).json();
  know({ user: world.user, channel: world.channel, open: world.open, me: S.me, zone: world.zone() });
  fieldsKnow({ users: () => S.users.filter((user) => !user.is_bot), channels: world.channels });
  drawTop();
  read();
  showModals(S.views, avatar);
}

function listen() {
  const events = new EventSource(`/events${query}`);
  let lost = false;
  events.onmessage = (event) => { const told = JSON.parse(event.data); HEAR[told.kind]?.(told); };
  events.onerror = () => { if (!lost) { lost = true; document.body.classList.add("offline"); announce("The playground stopped; waiting for it to come back."); } };
  events.onopen = () => { if (lost) { lost = false; document.body.classList.remove("offline"); load(); } };
}

addEventListener("hashchange", read);
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); jump(); }
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  const box = document.activeElement?.closest("textarea, input");
  if (box) { (box.closest(".scroll") || document.getElementById("list"))?.focus({ preventScroll: true }); box.blur(); } // first out of the box one types in
  else if (at.thread) go(at.channel);
});
await load();
listen();
document.body.dataset.ready = "true";
