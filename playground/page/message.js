// One message, drawn as Slack draws it.

import { act, h, icon, iconButton, menu, roving } from "./dom.js";
import { blocks } from "./blocks.js";
import { QUICK } from "./emoji.js";
import { emojiNode, mrkdwn } from "./mrkdwn.js";

const FORMATS = new Map(); // making a formatter is slow, using one is not

function format(locale, options) {
  const key = locale + JSON.stringify(options);
  if (!FORMATS.has(key)) FORMATS.set(key, new Intl.DateTimeFormat(locale, options));
  return FORMATS.get(key);
}

/** Return the time of a ts in a time zone, as Slack shows it (4:01 PM). */
export function clock(ts, zone, seconds = false) {
  return format("en-US", { timeZone: zone, hour: "numeric", minute: "2-digit", second: seconds ? "2-digit" : undefined }).format(new Date(Number(ts) * 1000));
}

/** Return the day of a ts in a time zone: Today, Yesterday, or the date. */
export function day(ts, zone) {
  const name = (date) => format("en-CA", { timeZone: zone }).format(date);
  const then = new Date(Number(ts) * 1000), now = new Date();
  if (name(then) === name(now)) return "Today";
  if (name(then) === name(new Date(now.getTime() - 86400000))) return "Yesterday";
  return format("en-US", { timeZone: zone, weekday: "long", month: "long", day: "numeric" }).format(then);
}

/** Return a drawn message. `world` knows people, the looker and what opens; `how` says {follows, inThread}. */
export function message(one, world, how = {}) {
  const author = one.user === "USLACKBOT" ? { id: "USLACKBOT", real_name: "Slackbot", is_bot: true } : world.user(one.user);
  const name = one.username || author?.real_name || one.user;
  const zone = world.zone();
  const ctx = {
    channel: one.channel, ts: one.ts,
    act: (done) => act("click", { channel: one.channel, ts: one.ts, ...done }),
    suggest: async (action_id, typed) => (await act("suggest", { channel: one.channel, ts: one.ts, action_id, typed })).options,
  };
  if (one.subtype === "channel_join") return h("article.msg.joined", { "data-ts": one.ts }, h("div.gutter", {}, world.avatar(one.user, 36)), h("div.msg-main", {}, h("div.msg-head", {}, h("button.msg-name", { type: "button", onclick: () => world.open(one.user) }, name), author?.is_bot ? h("span.badge", {}, "APP") : null, h("time.msg-time", {}, clock(one.ts, zone))), h("div.txt.dim", {}, one.text)));
  const said = one.blocks?.length ? blocks(one.blocks, ctx) : one.text ? [h("div.txt", {}, mrkdwn(one.text))] : [];
  const link = `#${one.channel}/p${one.ts.replace(".", "")}${one.thread_ts && one.thread_ts !== one.ts ? `/${one.thread_ts}` : ""}`;
  const time = h("a.msg-time", { href: link, title: `${day(one.ts, zone)} at ${clock(one.ts, zone, true)}`, onclick: (event) => { if (one.ephemeral) event.preventDefault(); } }, h("time", { datetime: new Date(Number(one.ts) * 1000).toISOString() }, how.follows ? clock(one.ts, zone).replace(/ [AP]M/, "") : clock(one.ts, zone)));
  const replied = one.broadcast && !how.inThread ? h("div.msg-note", {}, "replied to a thread: ", h("button.link", { type: "button", onclick: () => world.thread(one.channel, one.thread_ts) }, "View thread")) : null;
  const made = h("article.msg", { "data-ts": one.ts, class: [one.ephemeral ? "eph" : "", how.follows ? "follows" : "", one.streaming ? "streaming" : ""].join(" "), "aria-label": `${name}, ${clock(one.ts, zone)}${one.ephemeral ? ", only visible to you" : ""}` },
    one.ephemeral ? h("div.eph-note", {}, h("span.eph-eye", {}, icon("eye", 14)), "Only visible to you") : null,
    h("div.gutter", {}, how.follows ? time : world.avatar(one.user, 36)),
    h("div.msg-main", {},
      how.follows ? null : h("div.msg-head", {}, h("button.msg-name", { type: "button", onclick: () => world.open(one.user) }, name), author?.is_bot ? h("span.badge", {}, "APP") : null, time),
      replied,
      h("div.msg-body", {}, said, one.edited && !one.bot_id ? h("span.edited", {}, " (edited)") : null, (one.attachments || []).map((given) => attachment(given, ctx)), (one.files || []).map(file)),
      reactions(one, world),
      !how.inThread && one.reply_count ? thread(one, world) : null));
  if (!one.ephemeral) made.append(toolbar(one, world, how));
  return made;
}

function attachment(given, ctx) {
  const colour = /^#?[0-9a-f]{3,8}$/i.test(given.color || "") ? (given.color.startsWith("#") ? given.color : `#${given.color}`) : "";
  return h("div.attached", { style: colour ? { borderLeftColor: colour } : {} }, given.pretext ? h("div.txt", {}, mrkdwn(given.pretext)) : null, given.title ? h("div.attached-title", {}, given.title) : null, given.text ? h("div.txt", {}, mrkdwn(given.text)) : null, blocks(given.blocks, ctx));
}

function file(one) {
  const kind = { csv: "CSV", md: "Markdown", txt: "Plain text", pdf: "PDF", json: "JSON", docx: "Word document", html: "HTML" }[one.filetype] || one.filetype?.toUpperCase() || "File";
  const card = h("div.file-card", {}, h("span.file-icon", { class: `file-${one.filetype}` }, icon("file", 24)), h("div.file-about", {}, h("div.file-name", {}, one.title || one.name), h("div.file-kind", {}, kind)), h("a.ib.boxed", { href: one.url_private_download, download: one.name, "aria-label": `Download ${one.name}`, title: "Download" }, icon("download", 18)));
  return one.preview ? h("div.file-shown", {}, card, h("pre.preview", {}, one.preview)) : card;
}

function reactions(one, world) {
  if (!one.reactions?.length) return null;
  return h("div.reacts", {}, one.reactions.map((given) => h("button.react", { type: "button", class: given.users.includes(world.me()) ? "mine" : "", "aria-pressed": String(given.users.includes(world.me())), "aria-label": `${given.count} with ${given.name}`, title: given.users.map((id) => world.user(id)?.real_name || id).join(", "), onclick: () => act("react", { channel: one.channel, ts: one.ts, name: given.name }) }, emojiNode(given.name), h("span", {}, String(given.count)))));
}

function thread(one, world) {
  const count = `${one.reply_count} ${one.reply_count === 1 ? "reply" : "replies"}`;
  return h("button.thread-bar", { type: "button", "aria-label": `${count}, view thread`, onclick: () => world.thread(one.channel, one.ts) }, h("span.thread-faces", {}, (one.reply_users || []).slice(0, 5).map((id) => world.avatar(id, 24))), h("span.thread-count", {}, count), h("span.thread-last", {}, `Last reply ${day(one.latest_reply, world.zone()).toLowerCase()} at ${clock(one.latest_reply, world.zone())}`), h("span.thread-view", {}, "View thread"), icon("right", 16));
}

function toolbar(one, world, how) {
  const react = (name) => h("button.ib.tool", { type: "button", "aria-label": `React with ${name.replaceAll("_", " ")}`, title: `:${name}:`, onclick: () => act("react", { channel: one.channel, ts: one.ts, name }) }, emojiNode(name));
  const shortcuts = world.offer().shortcuts.filter((given) => given.type === "message");
  const more = (event) => menu(event.currentTarget, [
    ...(how.inThread ? [] : [{ label: "Reply in thread", icon: "reply", run: () => world.thread(one.channel, one.thread_ts || one.ts) }]),
    { label: "Copy link", icon: "link", run: () => navigator.clipboard?.writeText(`${location.origin}/archives/${one.channel}/p${one.ts.replace(".", "")}`) },
    { label: "Copy text", icon: "copy", run: () => navigator.clipboard?.writeText(one.text || "") },
    ...(shortcuts.length ? ["-", { head: "Message shortcuts" }, ...shortcuts.map((given) => ({ label: given.name, hint: given.description, icon: "bolt", run: () => act("shortcut", { callback_id: given.callback_id, channel: one.channel, ts: one.ts }) }))] : []),
  ], "More actions");
  return roving(h("div.tools", { role: "toolbar", "aria-label": "Message actions" }, QUICK.map(react), how.inThread ? null : iconButton("reply", "Reply in thread", () => world.thread(one.channel, one.thread_ts || one.ts), { size: 18, class: "ib tool" }), iconButton("kebab", "More actions", more, { size: 18, class: "ib tool", "aria-haspopup": "menu" })));
}
