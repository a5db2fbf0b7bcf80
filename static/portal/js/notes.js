// Notes are saved while one types: a moment after the last letter, tried again when the network fails. What somebody
// else wrote meanwhile is never written over: the typed text stays on the screen and the server says who changed what.
const PAUSE = 1500;
const boxes = new Map();

function box(form) {
  const areas = [...form.querySelectorAll("textarea")];
  const state = { areas, kept: areas.map((a) => a.value), timer: 0, delay: 2000, busy: false, stopped: false };
  boxes.set(form, state);
  form.addEventListener("input", () => plan(form, PAUSE));
  form.addEventListener("submit", () => { state.stopped = true; clearTimeout(state.timer); });
}

const isDirty = (state) => state.areas.some((a, i) => a.value !== state.kept[i]);

function say(form, words) {
  form.querySelector("[data-note-status]").textContent = words;
}

function plan(form, pause) {
  const state = boxes.get(form);
  if (state.stopped) return;
  say(form, form.dataset.textWaiting);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), pause);
}

async function save(form) {
  const state = boxes.get(form);
  if (state.busy || state.stopped || !isDirty(state)) return;
  state.busy = true;
  const sent = state.areas.map((a) => a.value);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", credentials: "same-origin",
      signal: AbortSignal.timeout(15000), headers: { Accept: "application/json" },
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error("login");
    if (![200, 409, 422].includes(answer.status)) throw new Error("network");
    const said = await answer.json();
    state.delay = 2000;
    if (answer.ok) kept(form, state, sent, said);
    else if (answer.status === 409) conflict(form, state, said.error);
    else say(form, said.error);
  } catch (error) {
    say(form, error.message === "login" ? form.dataset.textLogin : form.dataset.textRetry);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form), state.delay);
    state.delay = Math.min(state.delay * 2, 30000);
  } finally {
    state.busy = false;
  }
  if (isDirty(state) && !state.stopped && !state.timer) plan(form, PAUSE);
}

function kept(form, state, sent, said) {
  form.elements.version.value = said.version;
  state.timer = 0;
  state.areas.forEach((area, i) => {
    const server = said[area.name];
    if (area.value === sent[i] && server !== area.value.trim()) area.value = server; // joined with another's words
    state.kept[i] = area.value === sent[i] ? area.value : sent[i];
  });
  say(form, said.said);
  if (isDirty(state)) plan(form, PAUSE);
}

function conflict(form, state, sentence) {
  state.stopped = true;
  form.querySelector("[data-note-error]").textContent = sentence;
  form.querySelector("[data-note-conflict]").hidden = false;
  say(form, "");
}

for (const form of document.querySelectorAll("form[data-note]")) box(form);
addEventListener("online", () => boxes.forEach((_state, form) => save(form)));
addEventListener("visibilitychange", () => { if (document.hidden) boxes.forEach((_state, form) => save(form)); });
addEventListener("beforeunload", (event) => {
  for (const state of boxes.values()) if (!state.stopped && isDirty(state)) event.preventDefault();
});
