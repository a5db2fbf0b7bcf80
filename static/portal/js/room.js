// The room on a poor network: each tap is shown at once, sent, tried again until the server has it, and counted.
const form = document.querySelector("[data-room]");
const bar = document.querySelector("[data-netbar]");
const waiting = new Map(); // registration -> what is still to be sent
const refused = new Set(); // registrations whose last mark the server did not take, with its reason shown
let timer = 0;
let delay = 2000;

const row = (id) => form.querySelector(`[data-row="${id}"]`);
const field = (name, id) => form.elements[`${name}-${id}`];

function show() {
  for (const li of form.querySelectorAll("[data-row]")) {
    const lost = waiting.has(li.dataset.row) || refused.has(li.dataset.row);
    li.classList.toggle("is-waiting", lost);
    li.querySelector("[data-lost]").hidden = !lost;
  }
  bar.hidden = waiting.size === 0;
  if (waiting.size) bar.querySelector("[data-netbar-text]").textContent = form.dataset.textPending.replace("%n", waiting.size);
}

function say(id, sentence) {
  const place = row(id).querySelector("[data-row-error]");
  if (!place) return;
  place.textContent = sentence;
  place.hidden = !sentence;
  if (sentence) place.closest("details").open = true;
}

async function send(id) {
  const task = waiting.get(id);
  if (!task || task.busy) return;
  task.busy = true;
  const body = new URLSearchParams({ registration: id, mark: task.mark, arrived_at: task.arrived, left_at: task.left });
  try {
    const answer = await fetch(form.dataset.markUrl, {
      method: "POST", body, redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(15000),
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error("login");
    if (answer.status >= 500 || answer.status === 429) throw new Error("network");
    const said = await answer.json();
    if (waiting.get(id) === task) waiting.delete(id);
    refused[said.error ? "add" : "delete"](id);
    say(id, said.error ?? "");
    if (!said.error) tally(said);
    delay = 2000;
  } catch (error) {
    task.busy = false;
    later();
    show();
    if (error.message === "login") bar.querySelector("[data-netbar-text]").textContent = form.dataset.textLogin;
    return;
  }
  show();
  if (waiting.has(id)) send(id);
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => { for (const id of waiting.keys()) send(id); }, delay);
  delay = Math.min(delay * 2, 15000);
}

function tally(said) {
  document.querySelector("[data-present]").textContent = said.present;
  document.querySelector("[data-missing]").textContent = said.missing;
}

function note(id) {
  const chosen = form.querySelector(`input[name="mark-${id}"]:checked`);
  const mark = chosen ? chosen.value : "none";
  const hours = (name) => (mark === "present" ? field(name, id)?.value ?? "" : "");
  waiting.set(id, { mark, arrived: hours("arrived_at"), left: hours("left_at") });
  show();
  send(id);
}

if (form && form.querySelector(".marks")) {
  form.addEventListener("change", (event) => {
    const id = event.target.closest("[data-row]")?.dataset.row;
    if (!id) return;
    const none = form.querySelector(`input[name="mark-${id}"][value="none"]`);
    if (event.target.type === "radio") none.dataset.last = event.target.value;
    note(id);
  });
  // a second tap on the same mark takes it away
  form.addEventListener("pointerdown", (event) => {
    const input = event.target.closest(".mark")?.querySelector("input");
    if (input) input.dataset.was = input.checked ? "1" : "";
  });
  form.addEventListener("click", (event) => {
    if (event.target.type !== "radio" || event.target.dataset.was !== "1") return;
    event.target.dataset.was = "";
    const id = event.target.closest("[data-row]").dataset.row;
    form.querySelector(`input[name="mark-${id}"][value="none"]`).checked = true;
    note(id);
  });
  form.addEventListener("submit", (event) => { if (waiting.size === 0) event.preventDefault(); });
  addEventListener("online", () => { delay = 2000; for (const id of waiting.keys()) send(id); });
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "").replace(/[أإآ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase();
  document.querySelector("[data-find]")?.addEventListener("input", (event) => {
    const wanted = fold(event.target.value);
    for (const li of form.querySelectorAll("[data-row]")) li.hidden = !fold(li.dataset.name).includes(wanted);
  });
}
