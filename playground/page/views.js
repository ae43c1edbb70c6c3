// Modals and the Home tab.

import { act, h, iconButton } from "./dom.js";
import { blocks } from "./blocks.js";
import { values } from "./fields.js";
import { bare } from "./mrkdwn.js";

let open = null; // {id, hash, box}

function context(view, root) {
  return {
    view: view.id,
    act: (done) => act("click", { view: view.id, ...done, values: values(root()) }),
    suggest: async (action_id, typed) => (await act("suggest", { view: view.id, action_id, typed })).options,
  };
}

/** Show the topmost of a person's open modals, or close what is shown. */
export function showModals(list, avatar) {
  const view = list.filter((one) => one.type === "modal").at(-1);
  if (!view) { if (open) { open.box.close(); open.box.remove(); open.before?.focus?.(); } open = null; return; }
  if (open?.id === view.id && open.hash === view.hash) return;
  const kept = open?.id === view.id ? values(open.box) : {};
  const before = open ? open.before : document.activeElement;
  if (open) { open.box.close(); open.box.remove(); }
  const title = `m-${view.id}`;
  const body = h("div.modal-body", { tabindex: "-1" });
  body.append(...blocks(view.blocks, context(view, () => box)));
  const leave = () => act("close", { view: view.id });
  const send = h("button.btn.primary", { type: "submit", disabled: view.submit_disabled }, bare(view.submit) || "Submit");
  const form = h("form.modal-form", { method: "dialog", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(view, box, send); } },
    h("div.modal-head", {}, avatar("bot", 28), h("h2", { id: title }, bare(view.title)), iconButton("close", "Close", leave)),
    body,
    h("div.modal-foot", {}, h("button.btn", { type: "button", onclick: leave }, bare(view.close) || (view.previous_view_id ? "Back" : view.submit ? "Cancel" : "Close")), view.submit ? send : null));
  const box = h("dialog.modal", { "aria-labelledby": title, oncancel: (event) => { event.preventDefault(); leave(); } }, form);
  document.getElementById("layer").append(box);
  box.showModal();
  // A form begins in its first field; what is to be read begins at its top, where a button further down would not leave it.
  (box.querySelector("[autofocus]") || body.querySelector("input,textarea") || body).focus();
  for (const [action, held] of Object.entries(kept)) { const input = box.querySelector(`[data-action="${CSS.escape(action)}"]`); if (input && "value" in input && typeof held === "string") input.value = held; }
  open = { id: view.id, hash: view.hash, box, before };
}

async function submit(view, box, button) {
  box.querySelectorAll(".field-error").forEach((one) => { one.hidden = true; one.textContent = ""; });
  const given = values(box);
  let missing = false;
  for (const block of view.blocks.filter((one) => one.type === "input" && !one.optional)) {
    const held = given[block.element.action_id];
    if (held === null || held === undefined || held === "" || (Array.isArray(held) && !held.length)) { complain(box, block.block_id, "Please complete this required field."); missing = true; }
  }
  if (missing) return;
  button.setAttribute("aria-busy", "true");
  const done = await act("submit", { view: view.id, values: given });
  button.removeAttribute("aria-busy");
  for (const [block, text] of Object.entries(done.errors || {})) complain(box, block, text);
  if (!done.ok || done.taken === false) {
    let trouble = box.querySelector(".modal-trouble");
    if (!trouble) { trouble = h("div.modal-trouble", { role: "alert" }); box.querySelector(".modal-foot").before(trouble); }
    trouble.textContent = "We had some trouble connecting. Try again?";
  }
}

function complain(box, block, text) {
  const error = box.querySelector(`[data-input="${CSS.escape(block)}"] .field-error`);
  if (!error) return;
  error.textContent = text;
  error.hidden = false;
  error.closest(".field")?.querySelector("input,textarea")?.focus();
}

/** Return the Home tab drawn, or what stands there before the bot has published one. */
export function homeTab(view) {
  if (!view) return h("div.home.empty", {}, h("p.dim", {}, "This is a work in progress: Earshot has not published its Home tab yet."));
  const root = h("div.home");
  root.append(...blocks(view.blocks, context(view, () => root)));
  return root;
}
