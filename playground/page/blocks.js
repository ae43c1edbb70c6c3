// Block Kit, drawn. Each drawer takes a block and a `ctx` and returns an element; `ctx` says where the block stands
// ({channel, ts} of a message or {view} of a modal or Home tab) and what to do with an action.

import { confirmBox, h, icon, menu } from "./dom.js";
import { chart } from "./chart.js";
import { field } from "./fields.js";
import { anchor, bare, broadcast, channelMention, emojiNode, markdown, plain, slackDate, textObject, userMention } from "./mrkdwn.js";

/** Return drawn blocks. */
export function blocks(list, ctx) {
  return (list || []).map((block) => {
    const draw = DRAW[block.type];
    const made = draw ? draw(block, ctx) : h("div.unsupported", {}, `This block (${block.type}) can't be drawn here.`);
    made.dataset.block = block.block_id || "";
    made.classList.add("blk", `blk-${block.type}`);
    return made;
  });
}

const DRAW = {
  section: (block, ctx) => {
    const text = block.text ? h("div.txt", {}, textObject(block.text)) : null;
    const body = h("div.sec-body", {}, text, block.fields ? h("div.fields", {}, block.fields.map((one) => h("div.txt", {}, textObject(one)))) : null);
    if (text && !block.expand && bare(block.text).length > 1200) fold(text);
    return h("div.sec", {}, body, block.accessory ? h("div.sec-side", {}, element(block.accessory, block, ctx)) : null);
  },
  header: (block) => h(`h${Math.min(6, (block.level || 1) + 2)}.head`, { class: `head-${block.level || 1}` }, textObject(block.text)),
  divider: () => h("hr"),
  context: (block) => h("div.ctx", {}, block.elements.map((one) => one.type === "image" ? picture(one, "ctx-img") : h("span.txt", {}, textObject(one)))),
  actions: (block, ctx) => h("div.acts", {}, block.elements.map((one) => element(one, block, ctx))),
  context_actions: (block, ctx) => h("div.acts.quiet", {}, block.elements.map((one) => element(one, block, ctx))),
  image: (block) => {
    const shown = picture(block, "img");
    const toggle = h("button.img-title", { type: "button", "aria-expanded": "true", onclick: () => { shown.hidden = !shown.hidden; toggle.setAttribute("aria-expanded", String(!shown.hidden)); } }, h("span", {}, block.title ? textObject(block.title) : block.alt_text), icon("down", 16));
    return h("figure", {}, toggle, shown);
  },
  video: (block) => h("div.file-card", {}, h("span.file-icon", {}, icon("file", 24)), h("div", {}, h("div.file-name", {}, anchor(block.title_url || block.video_url, bare(block.title))), h("div.file-kind", {}, block.description ? bare(block.description) : block.provider_name || "Video"))),
  file: (block) => h("div.file-card", {}, h("span.file-icon", {}, icon("file", 24)), h("div", {}, `Remote file ${block.external_id}`)),
  rich_text: (block) => h("div.rich.txt", {}, block.elements.map(rich)),
  markdown: (block) => h("div.md.txt", {}, markdown(block.text)),
  table: (block) => h("div.table-wrap", { tabindex: "0", role: "region", "aria-label": "Table" }, h("table.table", {}, h("tbody", {}, block.rows.map((row, number) => h("tr", {}, row.map((one, column) => h(number ? "td" : "th", { style: { textAlign: block.column_settings?.[column]?.align || "left", whiteSpace: block.column_settings?.[column]?.is_wrapped === false ? "nowrap" : "" }, scope: number ? null : "col" }, cell(one)))))))),
  data_table: dataTable,
  data_visualization: (block) => chart(block),
  alert: (block) => h("div.alert", { class: `alert-${block.level || "default"}`, role: "note" }, icon({ warning: "warning", error: "warning", success: "check" }[block.level] || "info", 20), h("div.txt", {}, textObject(block.text))),
  card: (block, ctx) => card(block, ctx),
  carousel: (block, ctx) => {
    const strip = h("div.strip", { tabindex: "0", role: "group", "aria-label": "Cards" }, block.elements.map((one) => card(one, ctx)));
    const slide = (by) => strip.scrollBy({ left: by * 280, behavior: "smooth" });
    return h("div.carousel", {}, strip, block.elements.length > 1 ? h("div.slides", {}, h("button.ib.round", { type: "button", "aria-label": "Previous cards", onclick: () => slide(-1) }, icon("left")), h("button.ib.round", { type: "button", "aria-label": "Next cards", onclick: () => slide(1) }, icon("right"))) : null);
  },
  container: (block, ctx) => {
    const inner = h("div.box-body", {}, blocks(block.child_blocks, ctx));
    const name = [block.icon ? picture(block.icon, "box-icon") : null, h("span.box-titles", {}, h("span.box-title", {}, block.rich_text_title ? block.rich_text_title.elements.map(rich) : textObject(block.title)), block.subtitle ? h("span.box-sub", {}, textObject(block.subtitle)) : null)];
    const made = h("section.box", { class: `box-${block.width || "standard"}` });
    if (!block.is_collapsible) { made.append(h("div.box-head", { class: block.has_header_divider ? "ruled" : "" }, name), inner); return made; }
    const key = `${ctx.channel || ctx.view}:${ctx.ts || ""}:${block.block_id}`;
    const open = OPEN.has(key) ? OPEN.get(key) : !block.default_collapsed;
    inner.hidden = !open;
    const head = h("button.box-head", { type: "button", "aria-expanded": String(open), onclick: () => { inner.hidden = !inner.hidden; OPEN.set(key, !inner.hidden); head.setAttribute("aria-expanded", String(!inner.hidden)); } }, name, h("span.caret", {}, icon("down", 18)));
    made.append(head, inner);
    return made;
  },
  task_card: (block) => task(block),
  plan: (block) => h("div.plan", {}, h("div.plan-title", {}, block.title), (block.tasks || []).map(task)),
  input: (block, ctx) => {
    const control = element(block.element, block, ctx);
    const label = `l-${Math.random().toString(36).slice(2)}`;
    const target = control.matches("input,textarea,select,[role=group],[role=combobox]") ? control : control.querySelector("input,textarea,select,[role=combobox],[role=group]");
    target?.setAttribute("aria-labelledby", label);
    return h("div.field", { "data-input": block.block_id }, h("label.field-label", { id: label, onclick: () => target?.focus() }, textObject(block.label), block.optional ? h("span.optional", {}, " (optional)") : null), control, block.hint ? h("div.field-hint", {}, textObject(block.hint)) : null, h("div.field-error", { role: "alert", hidden: true }));
  },
};

const OPEN = new Map(); // which containers a person opened or closed, kept while messages are drawn anew

function fold(text) {
  text.classList.add("folded");
  const more = h("button.link.see", { type: "button", onclick: () => { const now = text.classList.toggle("folded"); more.textContent = now ? "See more" : "See less"; } }, "See more");
  queueMicrotask(() => text.after(more));
}

function picture(one, kind) {
  const source = one.image_url || one.slack_file?.url || "";
  const shown = h("img", { class: kind, src: source, alt: one.alt_text, loading: "lazy" });
  shown.addEventListener("error", () => shown.replaceWith(h("span.img-missing", { class: kind, role: "img", "aria-label": one.alt_text }, one.alt_text)), { once: true });
  return shown;
}

// --- rich text ----------------------------------------------------------------------------------------------------

function rich(part) {
  const inside = () => part.elements.map(richElement);
  if (part.type === "rich_text_quote") return h("blockquote", {}, inside());
  if (part.type === "rich_text_preformatted") return h("pre", {}, part.elements.map((one) => one.text || one.url || ""));
  if (part.type === "rich_text_list") return h(part.style === "ordered" ? "ol" : "ul", { class: `indent-${part.indent || 0}`, start: part.style === "ordered" ? (part.offset || 0) + 1 : null, style: { marginLeft: `${(part.indent || 0) * 24}px` } }, part.elements.map((one) => h("li", {}, one.elements.map(richElement))));
  return h("div.rich-sec", {}, inside());
}

function richElement(one) {
  const kinds = {
    text: () => h("span", {}, one.text),
    link: () => anchor(one.url, one.text),
    emoji: () => (one.unicode ? h("span.emoji", { role: "img", "aria-label": one.name }, String.fromCodePoint(...one.unicode.split("-").map((code) => parseInt(code, 16)))) : h("span", {}, emojiNode(one.name))),
    user: () => userMention(one.user_id),
    channel: () => channelMention(one.channel_id),
    usergroup: () => broadcast(one.usergroup_id),
    team: () => h("span", {}, one.team_id),
    broadcast: () => broadcast(one.range),
    color: () => h("span", {}, h("span.swatch", { style: { background: one.value } }), one.value),
    date: () => h("span", { title: one.fallback || "" }, slackDate(one.timestamp, one.format)),
  };
  let made = (kinds[one.type] || (() => h("span", {}, one.type)))();
  const style = one.style || {};
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"], ["highlight", "mark"], ["client_highlight", "mark"]]) if (style[name]) made = h(tag, {}, made);
  return made;
}

function cell(one) {
  return one.type === "rich_text" ? one.elements.map(rich) : one.text;
}

// --- tables, cards, tasks -----------------------------------------------------------------------------------------

const words = (one) => (one.type === "rich_text" ? JSON.stringify(one).replace(/"(?:type|rich_text_section|rich_text|elements|style)"/g, "") : one.text).toLowerCase();

function dataTable(block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size || 5, rowHead = block.row_header_column_index || 0;
  let page = 0, sorted = null, down = false, sought = "";
  const box = h("div.datatable");
  const found = () => {
    const kept = rows.filter((row) => !sought || row.some((one) => words(one).includes(sought)));
    if (sorted !== null) kept.sort((a, b) => { const [x, y] = [a[sorted], b[sorted]]; const order = x.type === "raw_number" && y.type === "raw_number" ? x.value - y.value : words(x).localeCompare(words(y), "en", { numeric: true }); return down ? -order : order; });
    return kept;
  };
  const search = h("input", { type: "search", placeholder: "Filter", "aria-label": `Filter ${block.caption}`, oninput: () => { sought = search.value.toLowerCase(); page = 0; draw(); } });
  const table = h("table.table", { role: "table" }), foot = h("div.dt-foot");
  const sort = (column) => { if (sorted === column) { if (down) { sorted = null; down = false; } else down = true; } else { sorted = column; down = false; } page = 0; draw(); };
  function draw() {
    const all = found(), pages = Math.max(1, Math.ceil(all.length / size));
    table.replaceChildren(
      h("caption.unseen", {}, block.caption),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head.map((one, column) => h("th", { scope: "col", role: "columnheader", "aria-sort": sorted === column ? (down ? "descending" : "ascending") : "none" }, h("button.dt-sort", { type: "button", onclick: () => sort(column) }, one.text, h("span", { class: sorted === column ? "on" : "" }, icon(sorted === column && down ? "down" : "up", 14))))))),
      h("tbody", { role: "rowgroup" }, all.slice(page * size, (page + 1) * size).map((row) => h("tr", { role: "row" }, row.map((one, column) => h(column === rowHead ? "th" : "td", { scope: column === rowHead ? "row" : null, role: column === rowHead ? "rowheader" : "cell", "data-column": bare(head[column]), class: one.type === "raw_number" ? "num" : "" }, cell(one))))), all.length ? null : h("tr", {}, h("td.none", { colspan: String(head.length) }, "No rows match."))));
    const turn = (by) => { page += by; draw(); };
    foot.replaceChildren(h("span", {}, `${all.length ? page * size + 1 : 0}–${Math.min(all.length, (page + 1) * size)} of ${all.length}`), h("span.dt-turn", {}, h("button.ib", { type: "button", "aria-label": "Previous rows", disabled: page === 0, onclick: () => turn(-1) }, icon("left", 18)), h("button.ib", { type: "button", "aria-label": "Next rows", disabled: page >= pages - 1, onclick: () => turn(1) }, icon("right", 18))));
  }
  draw();
  box.append(h("div.dt-head", {}, h("span.dt-title", {}, block.caption), rows.length > 3 ? h("label.dt-search", {}, icon("search", 16), search) : null), h("div.table-wrap", { tabindex: "0", role: "region", "aria-label": block.caption }, table), rows.length > size || rows.length > 3 ? foot : "");
  return box;
}

function card(block, ctx) {
  return h("article.card", { "data-block": block.block_id || "" }, block.hero_image ? picture(block.hero_image, "hero") : null, h("div.card-body", {}, h("div.card-top", {}, block.icon ? picture(block.icon, "card-icon") : null, h("div", {}, block.title ? h("div.card-title", {}, textObject(block.title)) : null, block.subtitle ? h("div.card-sub", {}, textObject(block.subtitle)) : null)), block.body ? h("div.card-text.txt", {}, textObject(block.body)) : null, block.subtext ? h("div.card-sub", {}, textObject(block.subtext)) : null), block.actions ? h("div.acts.card-acts", {}, block.actions.map((one) => element(one, block, ctx))) : null);
}

function task(one) {
  const looks = { pending: "clock", in_progress: "refresh", complete: "check", error: "warning" };
  const said = { pending: "Waiting", in_progress: "In progress", complete: "Done", error: "Failed" }[one.status] || one.status;
  return h("div.task", { class: `task-${one.status}` }, h("span.task-mark", { role: "img", "aria-label": said, title: said }, icon(looks[one.status] || "clock", 16)), h("div", {}, h("div.task-title", {}, one.title), one.details ? h("div.task-more", {}, one.details.elements.map(rich)) : null, one.output ? h("div.task-more", {}, one.output.elements.map(rich)) : null, one.sources ? h("div.task-more", {}, one.sources.map((source) => h("span", {}, anchor(source.url, source.text), " "))) : null));
}

// --- interactive elements -----------------------------------------------------------------------------------------

/** Return an element of `block`: something one can press, choose from or type into. */
export function element(one, block, ctx) {
  if (one.type === "image") return picture(one, "sec-img");
  const send = (choice, target) => act(one, block, ctx, choice, target);
  if (one.type === "button" || one.type === "workflow_button") return button(one, send);
  if (one.type === "feedback_buttons") return h("span.thumbs", { role: "group", "aria-label": "Feedback" }, thumb(one.positive_button, "positive_button", "thumbup", send), thumb(one.negative_button, "negative_button", "thumbdown", send));
  if (one.type === "icon_button") return h("button.ib.soft", { type: "button", "data-action": one.action_id, "aria-label": one.accessibility_label || bare(one.text), title: bare(one.text), onclick: async (event) => { const target = event.currentTarget; if (!one.confirm || await asked(one.confirm)) send(undefined, target); } }, icon("trash", 18));
  if (one.type === "overflow") return h("button.ib.boxed", { type: "button", "data-action": one.action_id, "aria-label": "More actions", "aria-haspopup": "menu", onclick: (event) => { const target = event.currentTarget; menu(target, one.options.map((option) => ({ label: bare(option.text), hint: option.description ? bare(option.description) : "", run: async () => { if (option.url) window.open(option.url, "_blank", "noopener"); if (!one.confirm || await asked(one.confirm)) send(option.value, target); } })), "More actions"); } }, icon("kebab"));
  return field(one, block, ctx, async (choice, target) => { if (!one.confirm || await asked(one.confirm)) send(choice, target); });
}

const asked = (given) => confirmBox({ title: bare(given.title), text: h("div.txt", {}, textObject(given.text)), confirm: bare(given.confirm), deny: bare(given.deny), style: given.style });

function button(one, send) {
  const inside = h("span.btn-text", {}, plain(bare(one.text), one.text?.emoji !== false));
  const pressed = async (event) => {
    const target = event.currentTarget;
    if (target.getAttribute("aria-busy")) return;
    if (one.confirm && !(await asked(one.confirm))) return;
    send(undefined, target);
  };
  if (one.url) return h("a.btn", { class: one.style || "", href: /^(https?:|mailto:|tel:|slack:)/i.test(one.url) ? one.url : "#", target: "_blank", rel: "noopener noreferrer", "data-action": one.action_id, "aria-label": one.accessibility_label, onclick: pressed }, inside);
  return h("button.btn", { type: "button", class: one.style || "", "data-action": one.action_id, "data-value": one.value || "", "aria-label": one.accessibility_label, onclick: pressed }, inside);
}

function thumb(side, choice, look, send) {
  return h("button.ib.soft", { type: "button", "data-action": `thumb:${choice}`, "data-choice": choice, "aria-label": side.accessibility_label || bare(side.text), title: bare(side.text), onclick: (event) => { event.currentTarget.classList.add("on"); event.currentTarget.setAttribute("aria-pressed", "true"); send(choice, event.currentTarget); } }, icon(look, 18));
}

/** Send an action to the bot; the element shows that it waits, and says so where nobody answers. */
async function act(one, block, ctx, choice, target) {
  target?.setAttribute("aria-busy", "true");
  target?.parentElement?.querySelector(`.trouble[data-for="${CSS.escape(one.action_id)}"]`)?.remove();
  const done = await ctx.act({ action_id: one.action_id, block_id: block.block_id, choice });
  setTimeout(() => target?.removeAttribute("aria-busy"), 120);
  if (done && done.ok && done.taken !== false) return;
  const why = done?.failure ? "This app did not respond in time." : "Something went wrong with that.";
  target?.after(h("span.trouble", { role: "alert", title: `${done?.failure || done?.error || ""}`, "data-for": one.action_id }, icon("warning", 16), why));
}
