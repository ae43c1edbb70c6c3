// Slack's mrkdwn and Markdown, read as Slack reads them, into elements.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";

let names = { user: () => null, channel: () => null, open: () => {}, me: "", zone: "UTC" };

/** Say where names come from: users, channels, what a click on a mention does, who looks, in which time zone. */
export function know(given) { names = { ...names, ...given }; }

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const wordy = (char) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const EMOJI = /:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/g;

/** Return plain text with its emoji names drawn. */
export function plain(text, drawEmoji = true) {
  const out = [];
  let last = 0;
  if (drawEmoji) for (const found of text.matchAll(EMOJI)) {
    const drawn = emoji(found[1]);
    if (!drawn) continue;
    out.push(text.slice(last, found.index), emojiNode(found[1], drawn));
    last = found.index + found[0].length;
  }
  out.push(text.slice(last));
  return out.filter((part) => part !== "");
}

export function emojiNode(name, drawn = emoji(name)) {
  return drawn ? h("span.emoji", { role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, drawn) : `:${name}:`;
}

export function userMention(id) {
  const user = names.user(id);
  return h("button.mention", { type: "button", class: id === names.me ? "mine" : "", onclick: () => names.open(id) }, `@${user ? user.is_bot ? user.real_name : user.name : id}`);
}

export function channelMention(id, label) {
  const channel = names.channel(id);
  return h("button.mention", { type: "button", onclick: () => names.open(id) }, `#${channel ? channel.name : label || id}`);
}

export function broadcast(range) {
  return h("span.mention.mine.loud", { title: "This notifies the whole channel" }, `@${range}`);
}

/** Return an anchor to an http(s), mailto or tel address; anything else stays text. */
export function anchor(url, label) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return h("span", {}, label || url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url.replace(/^mailto:|^tel:/, ""));
}

/** Return a Slack date (`{date_short_pretty}` …) in the looker's time zone. */
export function slackDate(seconds, format) {
  const date = new Date(seconds * 1000), timeZone = names.zone;
  const show = (options) => new Intl.DateTimeFormat("en-US", { timeZone, ...options }).format(date);
  const far = { year: "numeric", month: "short", day: "numeric" };
  const made = { date_num: show({ year: "numeric", month: "2-digit", day: "2-digit" }), date: show({ year: "numeric", month: "long", day: "numeric" }), date_short: show(far), date_long: show({ weekday: "long", ...far, month: "long" }), time: show({ hour: "numeric", minute: "2-digit" }), time_secs: show({ hour: "numeric", minute: "2-digit", second: "2-digit" }), ago: show(far), day_divider_pretty: show({ weekday: "long", month: "long", day: "numeric" }) };
  return format.replace(/\{([a-z_]+)\}/g, (whole, name) => made[name] || made[name.replace("_pretty", "")] || whole);
}

function angle(inside) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return userMention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) { const [, ts, format] = target.split("^"); return h("span", { title: unescape(label || "") }, slackDate(Number(ts), format || "{date}")); }
  if (target.startsWith("!subteam^")) return broadcast(label?.replace(/^@/, "") || "group");
  if (target.startsWith("!")) return broadcast(target.slice(1).split("|")[0]);
  return anchor(unescape(target), label === undefined ? undefined : plain(unescape(label)));
}

const STYLES = { "*": "strong", _: "em", "~": "s" };

/** Return a line's worth of mrkdwn as nodes. */
function inline(text) {
  const out = [];
  let run = "";
  const flush = () => { if (run) { out.push(...plain(unescape(run))); run = ""; } };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "`") {
      const end = text.indexOf("`", at + 1);
      if (end > at + 1 && !text.slice(at, end).includes("\n")) { flush(); out.push(h("code", {}, unescape(text.slice(at + 1, end)))); at = end; continue; }
    }
    if (char === "<") {
      const end = text.indexOf(">", at + 1);
      if (end > at + 1) { flush(); out.push(angle(text.slice(at + 1, end))); at = end; continue; }
    }
    if (STYLES[char] && !wordy(text[at - 1]) && text[at + 1] !== undefined && !/\s/.test(text[at + 1]) && text[at + 1] !== char) {
      const end = closing(text, at, char);
      if (end > 0) { flush(); out.push(h(STYLES[char], {}, inline(text.slice(at + 1, end)))); at = end; continue; }
    }
    run += char;
  }
  flush();
  return out;
}

function closing(text, at, char) {
  for (let end = at + 2; end < text.length && text[end] !== "\n"; end++) {
    if (text[end] === "`") { const over = text.indexOf("`", end + 1); if (over > 0) { end = over; continue; } }
    if (text[end] === "<") { const over = text.indexOf(">", end + 1); if (over > 0) { end = over; continue; } }
    if (text[end] === char && !/\s/.test(text[end - 1]) && !wordy(text[end + 1])) return end;
  }
  return -1;
}

function lines(text) {
  const out = [];
  text.split("\n").forEach((line, number, all) => { out.push(...inline(line)); if (number < all.length - 1) out.push(h("br")); });
  return out;
}

/** Return mrkdwn as nodes: fences, quotes, then lines. */
export function mrkdwn(text) {
  const out = [];
  text.split("```").forEach((part, number, all) => {
    if (number % 2 && number < all.length - 1) { out.push(h("pre", {}, unescape(part.replace(/^\n/, "").replace(/\n$/, "")))); return; }
    const said = number % 2 ? "```" + part : part;
    out.push(...quoted(number ? said.replace(/^\n/, "") : said));
  });
  return out;
}

/** Return the words of mrkdwn as one line of plain text, as people read it: names for ids, and no marks. */
export function readable(text) {
  return text.split("\n").map((line) => h("div", {}, mrkdwn(line)).textContent).filter((line) => line.trim()).join(" ");
}

function quoted(text) {
  const out = [];
  let normal = [], quote = [], rest = false;
  const flush = () => {
    if (normal.length) out.push(...lines(normal.join("\n")));
    if (quote.length) out.push(h("blockquote", {}, lines(quote.join("\n"))));
    normal = []; quote = [];
  };
  for (const line of text.split("\n")) {
    const found = /^(?:&gt;){1,3} ?/.exec(line);
    if (line.startsWith("&gt;&gt;&gt;")) rest = true;
    if (found || rest) { if (normal.length) { if (normal.length === 1 && !normal[0]) normal = []; flush(); } quote.push(found ? line.slice(found[0].length) : line); }
    else { if (quote.length) flush(); normal.push(line); }
  }
  flush();
  return out;
}

/** Return a text object (plain_text, mrkdwn, raw_text) as nodes. */
export function textObject(object) {
  if (!object) return [];
  if (typeof object === "string") return plain(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text, object.emoji !== false);
}

/** Return the bare words of a text object, for labels. */
export const bare = (object) => (typeof object === "string" ? object : object?.text || "");

// --- Markdown, as the markdown block takes it ---------------------------------------------------------------------

const MARK = /(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])|~~(?=\S)(.+?)(?<=\S)~~|`([^`\n]+)`|!?\[([^\]\n]*)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]+)|<([@#!][^>\n]+)>|\\([\\`*_{}[\]()#+\-.!~|>])/s;

function markLine(text) {
  const out = [];
  let rest = text;
  for (let found = MARK.exec(rest); found; found = MARK.exec(rest)) {
    out.push(...plain(rest.slice(0, found.index)));
    const [whole, , strong, star, under, strike, code, label, url, bareUrl, mention, escaped] = found;
    if (strong) out.push(h("strong", {}, markLine(strong)));
    else if (star || under) out.push(h("em", {}, markLine(star || under)));
    else if (strike) out.push(h("s", {}, markLine(strike)));
    else if (code) out.push(h("code", {}, code));
    else if (url) out.push(anchor(url, label ? markLine(label) : undefined));
    else if (bareUrl) out.push(anchor(bareUrl));
    else if (mention) out.push(angle(mention));
    else if (escaped) out.push(escaped);
    rest = rest.slice(found.index + whole.length);
  }
  out.push(...plain(rest));
  return out;
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;
const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function list(rows) {
  const depth = rows[0].depth, ordered = /\d/.test(rows[0].mark);
  const made = h(ordered ? "ol" : "ul", ordered ? { start: parseInt(rows[0].mark, 10) } : {});
  for (let at = 0; at < rows.length;) {
    let end = at + 1;
    while (end < rows.length && rows[end].depth > depth) end++;
    const task = /^\[([ xX])\] (.*)$/.exec(rows[at].text);
    const said = task ? [h("input", { type: "checkbox", disabled: true, checked: task[1] !== " " }), " ", markLine(task[2])] : markLine(rows[at].text);
    made.append(h("li", {}, said, end > at + 1 ? list(rows.slice(at + 1, end)) : null));
    at = end;
  }
  return made;
}

/** Return Markdown as block elements. */
export function markdown(text) {
  const out = [], all = text.replaceAll("\r", "").split("\n");
  let paragraph = [];
  const flush = () => { if (paragraph.length) out.push(h("p", {}, paragraph.flatMap((line, number) => [...markLine(line), number < paragraph.length - 1 ? h("br") : ""]))); paragraph = []; };
  for (let at = 0; at < all.length; at++) {
    const line = all[at];
    const head = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (/^\s*```/.test(line)) {
      flush();
      const end = all.findIndex((other, number) => number > at && /^\s*```\s*$/.test(other));
      out.push(h("pre", {}, all.slice(at + 1, end < 0 ? all.length : end).join("\n")));
      at = end < 0 ? all.length : end;
    } else if (head) { flush(); out.push(h(`h${Math.min(6, head[1].length + 2)}`, { class: `md-h${head[1].length}` }, markLine(head[2]))); }
    else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) { flush(); out.push(h("hr")); }
    else if (line.includes("|") && RULE.test(all[at + 1] || "")) {
      flush();
      const rows = [cells(line)];
      for (at += 2; at < all.length && all[at].includes("|"); at++) rows.push(cells(all[at]));
      at--;
      out.push(h("div.table-wrap", {}, h("table.table", {}, h("thead", {}, h("tr", {}, rows[0].map((cell) => h("th", { scope: "col" }, markLine(cell))))), h("tbody", {}, rows.slice(1).map((row) => h("tr", {}, row.map((cell) => h("td", {}, markLine(cell)))))))));
    } else if (/^\s*>/.test(line)) {
      flush();
      const quote = [];
      for (; at < all.length && /^\s*>/.test(all[at]); at++) quote.push(all[at].replace(/^\s*> ?/, ""));
      at--;
      out.push(h("blockquote", {}, markdown(quote.join("\n"))));
    } else if (ITEM.test(line)) {
      flush();
      const rows = [];
      for (; at < all.length && (ITEM.test(all[at]) || (rows.length && /^\s+\S/.test(all[at]))); at++) {
        const found = ITEM.exec(all[at]);
        if (found) rows.push({ depth: found[1].length, mark: found[2], text: found[3] });
        else rows[rows.length - 1].text += ` ${all[at].trim()}`;
      }
      at--;
      for (let first = 0; first < rows.length;) {
        let end = first + 1; // a list ends where, at its own depth, bullets turn into numbers or back
        while (end < rows.length && (rows[end].depth > rows[first].depth || /\d/.test(rows[end].mark) === /\d/.test(rows[first].mark))) end++;
        out.push(list(rows.slice(first, end)));
        first = end;
      }
    } else if (line.trim()) paragraph.push(line);
    else flush();
  }
  flush();
  return out;
}
