"""views.*: modals and Home tabs."""

import hashlib
import json

from playground.method import Method, Visit
from playground.payload import Payload
from playground.posting import identified
from playground.refusal import Refusal
from playground.views import check_view
from playground.workspace import View

DEPTH = 3  # views in one stack


def make(visit_body: Payload, number: str, user: str, *, root: str | None = None, previous: str | None = None) -> View:
    """Return a view as Slack keeps it, its hash taken from what it says."""
    body = {**visit_body, "blocks": identified(visit_body.get("blocks", []), number)}
    digest = hashlib.sha256(json.dumps([number, body], sort_keys=True).encode()).hexdigest()[:8]
    return View(number, user, body, f"{number[-6:]}.{digest}", root or number, previous)


def _view(visit: Visit, kind: str) -> Payload:
    """Return the view a call brings, checked. Raises Refusal."""
    view = visit.args.mapping("view") or {}
    if view.get("type") != kind:
        raise Refusal("invalid_arguments", [f"unsupported type: {view.get('type')} [json-pointer:/view/type]"])
    check_view(view, kind)
    return view


def _same(visit: Visit, view: View | None) -> None:
    """Refuse an update that was made for an older state of the view."""
    if view is not None and visit.args.has("hash") and visit.args.text("hash") != view.hash:
        raise Refusal("hash_conflict")


async def _open(visit: Visit) -> Payload:
    body = _view(visit, "modal")
    trigger = visit.slack.use_trigger(visit.args.text("trigger_id"))
    view = make(body, visit.workspace.fresh_id("V"), trigger.user)
    visit.workspace.views[view.id] = view
    visit.workspace.tell("view", {"user": view.user, "id": view.id})
    return {"view": view.payload}


async def _push(visit: Visit) -> Payload:
    body = _view(visit, "modal")
    trigger = visit.slack.use_trigger(visit.args.text("trigger_id"))
    below = visit.workspace.views.get(trigger.view or "")
    if below is None:
        raise Refusal("view_not_found")
    stack = [view for view in visit.workspace.views.values() if view.root == below.root]
    if len(stack) >= DEPTH:
        raise Refusal("push_limit_reached")
    view = make(body, visit.workspace.fresh_id("V"), trigger.user, root=below.root, previous=below.id)
    visit.workspace.views[view.id] = view
    visit.workspace.tell("view", {"user": view.user, "id": view.id})
    return {"view": view.payload}


async def _update(visit: Visit) -> Payload:
    body = _view(visit, "modal")
    views = visit.workspace.views
    old = views.get(visit.args.text("view_id")) or next(
        (
            v
            for v in views.values()
            if visit.args.has("external_id") and v.body.get("external_id") == visit.args.text("external_id")
        ),
        None,
    )
    if old is None:
        raise Refusal("not_found")
    _same(visit, old)
    view = make(body, old.id, old.user, root=old.root, previous=old.previous)
    views[view.id] = view
    visit.workspace.tell("view", {"user": view.user, "id": view.id})
    return {"view": view.payload}


async def _publish(visit: Visit) -> Payload:
    user = visit.workspace.user(visit.args.text("user_id"))
    body = _view(visit, "home")
    old = visit.workspace.homes.get(user.id)
    _same(visit, old)
    view = make(body, old.id if old else visit.workspace.fresh_id("V"), user.id)
    visit.workspace.homes[user.id] = view
    visit.workspace.tell("home", {"user": user.id})
    return {"view": view.payload}


methods = (
    Method("views.open", "trigger_id! view! interactivity_pointer", _open),
    Method("views.push", "trigger_id! view! interactivity_pointer", _push),
    Method("views.update", "view! view_id external_id hash", _update),
    Method("views.publish", "user_id! view! hash", _publish),
)
