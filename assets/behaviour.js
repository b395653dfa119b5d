// What the browser does by itself, bound by portail_app/components/behaviour.py.

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
