// Passkeys: the only pages that need a script, because the browser alone speaks to the device.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

const asked = (options) => {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  if (key.excludeCredentials) key.excludeCredentials = known(key.excludeCredentials);
  if (key.allowCredentials) key.allowCredentials = known(key.allowCredentials);
  return { publicKey: key };
};

const answer = (credential) => {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[name]) said[name] = text(response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  });
};

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const got = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!got.ok) throw new Error(`${got.status}`);
  return (await got.json()).request_options;
};

const run = async (form, button) => {
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  button?.setAttribute("aria-busy", "true");
  try {
    const options = asked(await optionsOf(form));
    const how = form.dataset.passkey === "create" ? "create" : "get";
    form.elements.credential.value = answer(await navigator.credentials[how](options));
    form.submit();
  } catch {
    button?.removeAttribute("aria-busy");
    fault.hidden = false;
  }
};

const able = Boolean(window.PublicKeyCredential && navigator.credentials);
for (const note of document.querySelectorAll("[data-passkey-without]")) note.hidden = able;
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !able;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.querySelector("[aria-busy]") || !form.reportValidity()) return;
    run(form, event.submitter);
  });
}
