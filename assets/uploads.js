// Sending files: chosen or dropped, one after the other, each with its progress and a way to stop it.
// Bound by portail_app/components/forms/upload.py. An element says where its files go: data-upload-to, and data-upload-name.

const WAITING = "En attente";
const CANCELLED = "Annulé";
const SENT = "Envoyé";
const LOST = "La connexion a été interrompue : ce fichier n’est pas enregistré. Réessayez.";

// A ref on the dialog. When it leaves the page, what is being sent is stopped.
export function takeFiles(dialog) {
  const ending = new AbortController();
  const { signal } = ending;
  const on = (target, event, listener) => target.addEventListener(event, listener, { signal });
  const input = dialog.querySelector("input[type=file]");
  const send = dialog.querySelector("[data-send]");
  const list = dialog.querySelector("[data-files]");
  const queue = [];
  let place = null;
  let isSending = false;

  const update = () => {
    send.disabled = isSending || !queue.some((entry) => entry.isWaiting);
    send.setAttribute("aria-busy", String(isSending));
  };
  const add = (files) => {
    for (const file of files) queue.push(line(list, file, Number(dialog.dataset.uploadMax), update));
    update();
  };
  const sendAll = async () => {
    isSending = true;
    update();
    const url = (place ?? dialog).dataset.uploadTo;
    let kept = 0;
    for (let next; (next = queue.find((entry) => entry.isWaiting)); ) kept += (await next.send(url)) ? 1 : 0;
    isSending = false;
    update();
    if (kept) document.getElementById(dialog.dataset.uploadThen)?.click();
    if (kept && queue.every((entry) => entry.isKept || entry.isCancelled)) {
      globalThis.showToast?.(kept > 1 ? `${kept} documents ont été envoyés.` : "Le document a été envoyé.", "success");
      dialog.close();
    }
  };
  const open = (target) => {
    place = target;
    const name = dialog.querySelector("[data-place]");
    if (name) name.textContent = (target ?? dialog).dataset.uploadName;
    if (!dialog.open) dialog.showModal();
  };

  on(input, "change", () => {
    add(input.files);
    input.value = "";
  });
  on(send, "click", sendAll);
  on(dialog, "close", () => {
    queue.splice(0).forEach((entry) => entry.cancel());
    list.replaceChildren();
    place = null;
    update();
  });
  on(document, "dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = target(event) ? "copy" : "none";
    mark(target(event));
  });
  on(document, "dragleave", (event) => event.relatedTarget ?? mark(null));
  on(document, "drop", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(null);
    const where = target(event);
    if (!where) return;
    open(where === dialog ? place : where);
    add([...event.dataTransfer.files]);
  });
  const target = (event) =>
    event.target.closest?.("[data-upload-to]") ?? (dialog.dataset.uploadTo && !document.querySelector("dialog[open]") ? dialog : null);

  dialog.addFilesFor = open;
  update();
  return () => {
    ending.abort();
    queue.forEach((entry) => entry.cancel());
  };
}

// The button that opens the dialog, for the folder on which it is where that says so.
export function addFiles(event) {
  const dialog = document.getElementById(event.currentTarget.getAttribute("aria-controls"));
  dialog.addFilesFor(event.currentTarget.closest("[data-upload-to]:not(dialog)"));
}

export function closeUploads(event) {
  event.currentTarget.closest("dialog").close();
}

function mark(place) {
  for (const other of document.querySelectorAll("[data-dropping]")) delete other.dataset.dropping;
  if (place) place.dataset.dropping = "";
}

function line(list, file, most, changed) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const said = document.createElement("span");
  const bar = document.createElement("progress");
  const stop = document.createElement("button");
  item.className = "upload";
  name.className = "upload-name";
  name.textContent = file.name;
  said.className = "muted";
  said.setAttribute("role", "status");
  bar.max = 1;
  bar.setAttribute("aria-label", file.name);
  stop.type = "button";
  stop.className = "button button-quiet";
  stop.textContent = "Annuler";
  stop.setAttribute("aria-label", `Annuler : ${file.name}`);
  item.append(name, stop, bar, said);
  list.append(item);

  const entry = { isWaiting: true, isKept: false, isCancelled: false, cancel: () => {}, send };
  const end = (words, state) => {
    Object.assign(entry, { isWaiting: false, ...state });
    item.dataset.state = state.isKept ? "kept" : state.isCancelled ? "cancelled" : "refused";
    said.textContent = words;
    bar.remove();
    stop.remove();
    changed();
  };
  entry.cancel = () => entry.isWaiting && end(CANCELLED, { isCancelled: true });
  stop.addEventListener("click", () => entry.cancel());
  said.textContent = WAITING;
  if (file.size > most) end(`Ce fichier est trop gros : ${size(most)} au plus.`, {});
  else if (!file.size) end("Ce fichier est vide.", {});
  bar.value = 0;
  return entry;

  function send(url) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      entry.isWaiting = false;
      entry.cancel = () => request.abort();
      request.upload.onprogress = ({ loaded }) => {
        bar.value = loaded / file.size;
        said.textContent = loaded < file.size ? `${Math.floor((100 * loaded) / file.size)} %` : "Vérification…";
      };
      request.onload = () => {
        const isKept = request.status === 201;
        end(isKept ? SENT : sentence(request), { isKept });
        if (isKept) sayKept(JSON.parse(request.responseText));
        done(isKept);
      };
      request.onerror = () => done(end(LOST, {}));
      request.onabort = () => done(end(CANCELLED, { isCancelled: true }));
      request.open("POST", `${url}?nom=${encodeURIComponent(file.name)}`);
      request.send(file);
    });
  }
}

// For a form that goes on with the file: a hidden field, and words.
function sayKept({ id, name }) {
  for (const field of document.querySelectorAll("[data-kept-id]")) field.value = id;
  for (const words of document.querySelectorAll("[data-kept-name]")) words.textContent = name;
}

function sentence(request) {
  try {
    return JSON.parse(request.responseText).sentence;
  } catch {
    return LOST;
  }
}

export function size(bytes) {
  const units = ["o", "ko", "Mo", "Go"];
  const step = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  return `${(bytes / 1000 ** step).toLocaleString("fr-FR", { maximumFractionDigits: step > 1 ? 1 : 0 })} ${units[step]}`;
}
