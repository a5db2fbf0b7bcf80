// PASRI portal: small enhancements. Every page works without this file.
const root = document.documentElement;
root.classList.add("js");
const all = (selector, of = document) => [...of.querySelectorAll(selector)];
const on = (type, selector, fn) =>
  document.addEventListener(type, (e) => { const el = e.target.closest?.(selector); if (el) fn(el, e); });

// the error summary is where the reader goes first; a link in it opens what hides its field
document.getElementById("error-summary")?.focus();
on("click", ".error-summary a", (a, e) => {
  const field = document.getElementById(a.hash.slice(1));
  if (!field) return;
  e.preventDefault();
  for (let d = field.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  field.focus();
  field.closest(".field")?.scrollIntoView({ block: "nearest" });
});

// phone menu of the staff rail
on("click", ".rail-toggle", (b) => {
  const open = document.getElementById(b.getAttribute("aria-controls")).classList.toggle("is-open");
  b.setAttribute("aria-expanded", String(open));
});

// a menu closes by Escape and by a click elsewhere
document.addEventListener("keydown", (e) => {
  const menu = e.key === "Escape" && e.target.closest?.("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("click", (e) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(e.target)) menu.open = false;
});

// theme: switched at once, kept by the server in a cookie
on("submit", "[data-theme-form]", (form, e) => {
  e.preventDefault();
  const button = form.querySelector("button");
  const dark = root.dataset.bsTheme === "dark"
    || (!root.dataset.bsTheme && matchMedia("(prefers-color-scheme: dark)").matches);
  const data = new FormData(form);
  data.set("theme", root.dataset.bsTheme = dark ? "light" : "dark");
  button.value = dark ? "dark" : "light";
  button.setAttribute("aria-pressed", String(!dark));
  fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
});

// a button pressed twice sends once, and says that it is at work; a download gives it back after a while
const rest = (form) => {
  delete form.dataset.busy;
  all("[aria-busy]", form).forEach((b) => b.removeAttribute("aria-busy"));
};
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (e.defaultPrevented || form.method !== "post") return;
  if (form.dataset.busy) { e.preventDefault(); return; }
  form.dataset.busy = "1";
  e.submitter?.setAttribute("aria-busy", "true");
  setTimeout(rest, 10000, form);
});
addEventListener("pageshow", () => all("form[data-busy]").forEach(rest));

// leaving a form that was changed, or that came back with errors, asks first
const typed = (form) => new URLSearchParams([...new FormData(form)].map(([k, v]) => [k, v.name ?? v])).toString();
const refused = document.getElementById("error-summary");
const guarded = new Map(all("form[data-guard]").map((form) => [form, refused ? "" : typed(form)]));
addEventListener("beforeunload", (e) => {
  for (const [form, before] of guarded) {
    if (!form.dataset.busy && form.isConnected && typed(form) !== before) e.preventDefault();
  }
});

// another language in the middle of a form: what was typed goes along, and is forgotten once it has arrived
const fields = () => all("main form[method=post] :is(input, select, textarea)")
  .filter((i) => i.name && !["hidden", "password", "file"].includes(i.type));
on("click", "a[hreflang]", (a) => {
  const values = fields().map((i) => [i.name, i.value, i.checked]);
  if (values.length) sessionStorage.setItem("typed", JSON.stringify({ to: a.pathname, values }));
  for (const form of guarded.keys()) form.dataset.busy = "1";
});
const carried = JSON.parse(sessionStorage.getItem("typed") ?? "{}");
const brought = carried.to === location.pathname ? carried.values : [];
sessionStorage.removeItem("typed");
for (const i of brought.length ? fields() : []) {
  const tick = ["radio", "checkbox"].includes(i.type);
  const found = brought.find(([name, value]) => name === i.name && (!tick || value === i.value));
  if (found && tick) i.checked = found[2];
  else if (found) i.value = found[1];
}

// bulk actions: the bar appears with the first tick
const bulk = (form) => {
  const picks = all("[data-pick]", form);
  const n = picks.filter((p) => p.checked).length;
  picks.forEach((p) => p.closest("tr").classList.toggle("is-picked", p.checked));
  const bar = form.querySelector(".bulk");
  if (bar) { bar.hidden = n === 0; bar.querySelector("[data-count]").textContent = n; }
  const every = form.querySelector("[data-pick-all]");
  if (every) { every.checked = n > 0 && n === picks.length; every.indeterminate = n > 0 && n < picks.length; }
};
on("change", "[data-pick]", (c) => bulk(c.form));
on("change", "[data-pick-all]", (c) => {
  all("[data-pick]", c.form).forEach((p) => { p.checked = c.checked; });
  bulk(c.form);
});
all("form:has([data-pick])").forEach(bulk);

// file field: show the chosen name
on("change", ".filepick input", (i) => {
  if (i.files.length) document.querySelector(`[data-file="${i.id}"]`).textContent = i.files[0].name;
});

// copy an address or a code; print; take a message away
on("click", "[data-copy]", async (b) => {
  await navigator.clipboard?.writeText(b.dataset.copy);
  b.querySelector("span").textContent = b.dataset.done;
});
on("click", "[data-print]", () => print());
on("click", "[data-dismiss]", (b) => b.closest(b.dataset.dismiss).remove());
on("click", "[data-back]", () => history.back());

// coming back to a form: its token may have expired meanwhile, what was typed has not
addEventListener("pageshow", async (e) => {
  const back = e.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const old = all('input[name="csrfmiddlewaretoken"]');
  if (!back || !old.length) return;
  const page = await fetch(location.href, { cache: "reload" }).then((r) => r.text()).catch(() => "");
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector('input[name="csrfmiddlewaretoken"]');
  if (fresh) old.forEach((i) => { i.value = fresh.value; });
});
