// What the browser does by itself, bound by portail_app/components/basics/behaviour.py.

// The second press of a double click is a habit, not a wish: it would undo what the first did, or do it twice.
globalThis.document?.addEventListener("click", (event) => {
  if (event.detail < 2 || !event.target.closest?.("button, tr[data-active]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

export function revealPassword(event) {
  const button = event.currentTarget;
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  button.textContent = shown ? "Masquer" : "Afficher";
}

// A ref: the dialog opens when it enters the page; closing before it leaves gives the focus back.
export function openModal(dialog) {
  if (!dialog.open) dialog.showModal();
  return () => dialog.close();
}

export function showDialog(id) {
  document.getElementById(id).showModal();
}

export function closeDialog(id) {
  document.getElementById(id).close();
}

// Asked by the server (portail_app/states/browser.py).
globalThis.focusControl = (id) => document.getElementById(id)?.focus();
globalThis.leaveFor = (address) => location.assign(address);

// The file that was chosen for a form, where one was, goes to the address that the server says.
globalThis.sendFile = (id, action) => {
  const form = document.getElementById(id);
  const chosen = [...(form?.elements ?? [])].some((input) => input.files?.length);
  if (chosen) Object.assign(form, { action }).submit();
};

// Whether this browser lets the portal open a window when one presses a button.
export function popupOpens() {
  const opened = window.open("", "essai", "width=400,height=200");
  opened?.close();
  return Boolean(opened);
}

// Closes the window that was opened for a payment; what follows the button says it where the browser does not.
export function closeWindow(event) {
  const said = event.currentTarget.nextElementSibling;
  window.close();
  setTimeout(() => { said.hidden = false; }, 300);
}

const SECONDS_READ_PER_TOAST = 8;

// A ref on the live region: from then on, showToast(words, kind) says something there, above any dialog.
export function receiveToasts(region) {
  globalThis.showToast = (words, kind) => {
    const toast = document.createElement("div");
    toast.className = `notice toast notice-${kind}`;
    const text = document.createElement("p");
    text.textContent = words;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-quiet";
    close.textContent = "Fermer";
    const remove = () => {
      toast.remove();
      if (!region.childElementCount) region.hidePopover?.();
    };
    close.addEventListener("click", remove);
    toast.append(text, close);
    region.hidePopover?.();
    region.showPopover?.();
    region.append(toast);
    if (kind !== "danger") leaveWhenRead(toast, remove);
  };
}

// What is pointed at or focused stays: nobody is hurried.
function leaveWhenRead(toast, remove) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveWhenRead(toast, remove);
    else remove();
  }, SECONDS_READ_PER_TOAST * 1000);
}

// A ref on the place where it is said that there is no network, for as long as there is none.
export function tellOffline(place) {
  const tell = () => {
    place.className = navigator.onLine ? "" : "notice notice-warning";
    place.textContent = navigator.onLine ? "" : place.dataset.words;
  };
  tell();
  addEventListener("offline", tell);
  addEventListener("online", tell);
  return () => {
    removeEventListener("offline", tell);
    removeEventListener("online", tell);
  };
}

const DRAFT_PAUSE = 400;
const DRAFT_RETRY = 3000;
const DRAFT_ANEW = 30000;
const LONGEST_SENT = 60000;
const drawnAnew = new Map();

// A ref on what holds a form: what is typed in it is kept by the server while it is typed, when a field is left, and as
// the page goes away. Without a connection it stays in the page, and is kept as soon as there is one. A form that is drawn
// anew, with what the server knew a moment ago, keeps what was typed in it.
export function keepDraft(holder) {
  const form = holder.querySelector("form");
  const said = holder.querySelector("[data-draft-said]");
  const place = holder.dataset.draft;
  const typed = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  let kept = JSON.stringify(typed());
  let isTouched = false;
  let timer;
  const keep = async (leaving) => {
    clearTimeout(timer);
    const body = JSON.stringify(typed());
    if (body === kept) return;
    try {
      const answer = await fetch(`/brouillons/${encodeURIComponent(place)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body,
        keepalive: leaving === true && body.length < LONGEST_SENT,
      });
      if (answer.status >= 500) throw new Error(answer.status);
      kept = body;
      said.textContent = answer.ok ? `Brouillon gardé à ${hour()}.` : "Ce texte n’a pas pu être gardé : il reste dans cette page.";
    } catch {
      said.textContent = "Votre texte reste dans cette page. Il sera gardé dès que la connexion sera revenue.";
      timer = setTimeout(keep, DRAFT_RETRY);
    }
  };
  const later = () => { isTouched = true; clearTimeout(timer); timer = setTimeout(keep, DRAFT_PAUSE); };
  const leave = () => keep(true);
  const submit = (event) => { if (!refuseTooLong(event)) keep(); };
  const former = drawnAnew.get(place);
  if (former && former.typed.key === typed().key && Date.now() - former.at < DRAFT_ANEW) {
    for (const [name, value] of Object.entries(former.typed)) if (form.elements[name]) form.elements[name].value = value;
    later();
  }
  drawnAnew.delete(place);
  holder.addEventListener("input", later);
  holder.addEventListener("submit", submit, true);
  document.addEventListener("visibilitychange", leave);
  addEventListener("pagehide", leave);
  return () => {
    if (isTouched) drawnAnew.set(place, { typed: typed(), at: Date.now() });
    leave();
    document.removeEventListener("visibilitychange", leave);
    removeEventListener("pagehide", leave);
  };
}

function hour() {
  return new Date().toLocaleTimeString("fr-FR", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit" });
}

// The page's own connection carries no more: it would be cut, again and again.
function refuseTooLong(event) {
  const long = [...event.target.querySelectorAll("textarea")].find((area) => area.value.length > LONGEST_SENT);
  if (!long) return false;
  event.preventDefault();
  event.stopPropagation();
  long.setCustomValidity(`Votre texte compte ${long.value.length.toLocaleString("fr-FR")} caractères : raccourcissez-le, ou envoyez-le en plusieurs fois.`);
  long.reportValidity();
  long.addEventListener("input", () => long.setCustomValidity(""), { once: true });
  return true;
}
